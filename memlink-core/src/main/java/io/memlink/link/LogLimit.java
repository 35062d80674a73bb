package io.memlink.link;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets one message through in a while. Safe for use by many threads.
 */
final class LogLimit {

    private final long intervalNanos;

    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

    LogLimit(long intervalNanos) {
        this.intervalNanos = intervalNanos;
    }

    /** Returns whether a message may be written now. */
    boolean permits() {
        long now = System.nanoTime();
        long next = this.nextNanos.get();
        return now - next >= 0 && this.nextNanos.compareAndSet(next, now + this.intervalNanos);
    }

}
