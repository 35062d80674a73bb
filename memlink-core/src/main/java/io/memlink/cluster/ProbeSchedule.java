package io.memlink.cluster;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * When to probe a backend that cannot be used, and when it has answered often enough: at
 * once, then after 50 ms, twice as long after each failure up to a bound, half of it
 * random, so that many clients do not probe at the same moment. Confined to the timers of
 * its cluster.
 */
final class ProbeSchedule {

    private static final long BASE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int MAX_DOUBLINGS = 20;

    private final DoubleSupplier random;

    private int needed;

    private long capNanos;

    private int good;

    private int failures;

    ProbeSchedule(DoubleSupplier random) {
        this.random = random;
    }

    /** Starts anew. */
    void begin(int needed, long capNanos) {
        this.needed = needed;
        this.capNanos = capNanos;
        this.good = 0;
        this.failures = 0;
    }

    void succeeded() {
        this.good++;
        this.failures = 0;
    }

    void failed() {
        this.good = 0;
        this.failures++;
    }

    boolean isSatisfied() {
        return this.good >= this.needed;
    }

    /** Returns how long to wait for the next probe. */
    long delayNanos() {
        int doublings = Math.min(Math.max(0, this.failures - 1), MAX_DOUBLINGS);
        long delay = Math.min(this.capNanos, BASE_NANOS << doublings);
        return delay / 2 + (long) (delay / 2 * this.random.getAsDouble());
    }

}
