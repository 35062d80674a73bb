package io.memlink.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * A bound on how often something is logged: once in an interval, with the number of
 * messages that were left out since. Safe for use by many threads.
 */
public final class LogLimit {

    private final long intervalNanos;

    private final LongSupplier clock;

    private final AtomicLong nextNanos;

    private final LongAdder skipped = new LongAdder();

    /**
     * Makes a limit by the clock of the JVM, which permits the first message.
     * @param interval the time between two messages
     */
    public LogLimit(Duration interval) {
        this(interval, System::nanoTime);
    }

    /**
     * Makes a limit, which permits the first message.
     * @param interval the time between two messages
     * @param clock nanoseconds, from any moment on
     */
    public LogLimit(Duration interval, LongSupplier clock) {
        this.intervalNanos = interval.toNanos();
        this.clock = clock;
        this.nextNanos = new AtomicLong(clock.getAsLong());
    }

    /**
     * Asks to log a message; one that is not permitted is counted as left out.
     * @return whether it may be logged
     */
    public boolean permits() {
        long now = this.clock.getAsLong();
        long next = this.nextNanos.get();
        boolean permitted = now - next >= 0 && this.nextNanos.compareAndSet(next, now + this.intervalNanos);
        if (!permitted) {
            this.skipped.increment();
        }
        return permitted;
    }

    /**
     * Returns how many messages were left out, and starts to count anew.
     * @return the number since this was asked last
     */
    public long takeSkipped() {
        return this.skipped.sumThenReset();
    }

}
