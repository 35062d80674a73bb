package io.memlink.time;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A clock, and one thread that runs tasks at its times, one at a time and in their order;
 * also the wall clock and the randomness of whoever uses it, so that nothing in a
 * simulation comes from elsewhere. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface Timers {

    /**
     * Returns the clock of this JVM, and a thread that it has anyway.
     * @return timers, for whoever has no event loop
     */
    static Timers ofThisJvm() {
        return JvmTimers.INSTANCE;
    }

    /**
     * Returns the time.
     * @return nanoseconds since some moment
     */
    long nanoTime();

    /**
     * Returns the time of day.
     * @return the time; may be set back
     */
    default Instant now() {
        return Instant.now();
    }

    /**
     * Returns a random number.
     * @return from 0 to less than 1
     */
    default double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /**
     * Runs a task as soon as possible. Does nothing once the {@code LinkResources} are
     * closed.
     * @param task must not block
     */
    void execute(Runnable task);

    /**
     * Runs a task after a while. Does nothing once the {@code LinkResources} are closed.
     * @param task must not block
     * @param delayNanos nanoseconds; zero or less for at once
     */
    void schedule(Runnable task, long delayNanos);

    /**
     * Runs a task after a while, or when the {@code LinkResources} are closed: what
     * somebody waits for ends then as well.
     * @param task must not block
     * @param delayNanos nanoseconds; zero or less for at once
     */
    default void scheduleInAnyCase(Runnable task, long delayNanos) {
        schedule(task, delayNanos);
    }

}
