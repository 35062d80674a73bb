package io.memlink.time;

/**
 * A clock, and one thread that runs tasks at its times, one at a time and in their order.
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface Timers {

    /**
     * Returns the time.
     * @return nanoseconds since some moment
     */
    long nanoTime();

    /**
     * Runs a task as soon as possible. Does nothing once the
     * {@link io.memlink.link.LinkResources} are closed.
     * @param task must not block
     */
    void execute(Runnable task);

    /**
     * Runs a task after a while. Does nothing once the
     * {@link io.memlink.link.LinkResources} are closed.
     * @param task must not block
     * @param delayNanos nanoseconds; zero or less for at once
     */
    void schedule(Runnable task, long delayNanos);

}
