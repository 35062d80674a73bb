package io.memlink.link.loop;

import java.util.function.LongSupplier;

/**
 * The times in which the JVM stood still as a whole, for a collection or because the
 * machine gave it no time. Known by somebody who sleeps for short, again and again, and
 * notices when that took long. Safe for use by many threads.
 */
public final class Pauses {

    private static final int KEPT = 16;

    private final LongSupplier clock;

    private final long sleepNanos;

    private final long[] begins = new long[KEPT];

    private final long[] ends = new long[KEPT];

    private int count;

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
            this.begins[this.count % KEPT] = this.asleepSinceNanos + this.sleepNanos;
            this.ends[this.count % KEPT] = now;
            this.count++;
        }
        this.asleep = false;
        return paused;
    }

    private boolean isPause(long nowNanos) {
        return nowNanos - this.asleepSinceNanos > 3 * this.sleepNanos / 2;
    }

    /**
     * Returns how long the JVM stood still within a time, as far as is remembered.
     * @param fromNanos its begin, by the clock
     * @param toNanos its end
     * @return nanoseconds
     */
    public synchronized long within(long fromNanos, long toNanos) {
        long nanos = 0;
        for (int i = 0; i < Math.min(this.count, KEPT); i++) {
            nanos += overlap(this.begins[i], this.ends[i], fromNanos, toNanos);
        }
        long now = this.clock.getAsLong();
        if (this.asleep && isPause(now)) {
            // Whoever asks was woken before the one who sleeps.
            nanos += overlap(this.asleepSinceNanos + this.sleepNanos, now, fromNanos, toNanos);
        }
        return nanos;
    }

    private static long overlap(long begin, long end, long fromNanos, long toNanos) {
        long first = (begin - fromNanos > 0) ? begin : fromNanos;
        long last = (end - toNanos < 0) ? end : toNanos;
        return Math.max(0, last - first);
    }

}
