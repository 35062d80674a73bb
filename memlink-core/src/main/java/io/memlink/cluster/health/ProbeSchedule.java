package io.memlink.cluster.health;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

import io.memlink.time.Backoff;

/**
 * The schedule of probes: when to probe a backend that cannot be used, and when it has
 * answered often enough: at once, then after 50 ms, twice as long after each failure up
 * to a bound, half of it random, so that many clients do not probe at the same moment.
 * Confined to the timers of its cluster.
 */
final class ProbeSchedule {

    private static final long BASE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final DoubleSupplier random;

    private int needed;

    private Backoff backoff = new Backoff(BASE_NANOS, BASE_NANOS);

    private int good;

    private int failures;

    ProbeSchedule(DoubleSupplier random) {
        this.random = random;
    }

    /** Starts anew. */
    void begin(int needed, long capNanos) {
        this.needed = needed;
        this.backoff = new Backoff(BASE_NANOS, capNanos);
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

    /** Returns whether the latest result was a failure, so that there is a pause. */
    boolean hasFailed() {
        return this.failures > 0;
    }

    boolean isSatisfied() {
        return this.good >= this.needed;
    }

    /** Returns how long to wait for the next probe. */
    long delayNanos() {
        return this.backoff.delayNanos(Math.max(1, this.failures), this.random.getAsDouble());
    }

}
