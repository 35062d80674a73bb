package io.memlink.cluster.health;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The slow return of a backend that is used again: 64 requests at a time, twice as many
 * with each tenth of a second, and any number after half a second. It may be cold, and
 * all its callers wait for it. Safe for use by many threads.
 */
public final class SlowReturn {

    private static final int FIRST_REQUESTS = 64;

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int STEPS = 5;

    private final LongSupplier clock;

    private volatile long startNanos;

    private volatile boolean on;

    public SlowReturn(LongSupplier clock) {
        this.clock = clock;
    }

    public void begin() {
        this.startNanos = this.clock.getAsLong();
        this.on = true;
    }

    public boolean isOn() {
        return this.on;
    }

    /** Returns whether one more request may be sent. */
    public boolean admits(int inFlight) {
        long steps = (this.clock.getAsLong() - this.startNanos) / STEP_NANOS;
        if (steps >= STEPS) {
            this.on = false;
            return true;
        }
        return inFlight < FIRST_REQUESTS << steps;
    }

}
