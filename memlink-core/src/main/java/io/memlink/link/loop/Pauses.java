package io.memlink.link.loop;

import java.util.function.LongSupplier;

/**
 * The times in which a thread of the JVM was kept waiting that had nothing to wait for:
 * the JVM stood still for a collection, or the machine had no processor for it. Known by
 * somebody who sleeps for short, again and again, and notices when that took long. Safe
 * for use by many threads.
 */
public final class Pauses {

    private final LongSupplier clock;

    private final long sleepNanos;

    private final Spans spans = new Spans();

    private boolean asleep;

    private long asleepSinceNanos;

    /**
     * Creates a record of no pause.
     * @param clock nanoseconds, from any moment on
     * @param sleepNanos how long the sleep should be
     */
    public Pauses(LongSupplier clock, long sleepNanos) {
        this.clock = clock;
        this.sleepNanos = sleepNanos;
    }

    /** The sleep begins. */
    synchronized void sleep() {
        this.asleep = true;
        this.asleepSinceNanos = this.clock.getAsLong();
    }

    /** The sleep has ended; returns whether there was a pause. */
    synchronized boolean wake() {
        long now = this.clock.getAsLong();
        boolean paused = this.asleep && isPause(now);
        if (paused) {
            this.spans.add(this.asleepSinceNanos + this.sleepNanos, now);
        }
        this.asleep = false;
        return paused;
    }

    private boolean isPause(long nowNanos) {
        return nowNanos - this.asleepSinceNanos > 3 * this.sleepNanos / 2;
    }

    /**
     * Returns for how long that was so within a time, as far as is remembered.
     * @param fromNanos its begin, by the clock
     * @param toNanos its end
     * @return nanoseconds
     */
    public synchronized long within(long fromNanos, long toNanos) {
        long nanos = this.spans.within(fromNanos, toNanos);
        long now = this.clock.getAsLong();
        if (this.asleep && isPause(now)) {
            // Whoever asks was woken before the one who sleeps.
            nanos += Spans.overlap(this.asleepSinceNanos + this.sleepNanos, now, fromNanos, toNanos);
        }
        return nanos;
    }

}
