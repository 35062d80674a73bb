package io.memlink.link;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets one message through in a while. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class LogLimit {

    private final long intervalNanos;

    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

    /**
     * Creates a limit that lets the first message through.
     * @param intervalNanos from one message to the next
     */
    public LogLimit(long intervalNanos) {
        this.intervalNanos = intervalNanos;
    }

    /**
     * Returns whether a message may be written now.
     * @return whether it may; the next one may not for a while then
     */
    public boolean permits() {
        long now = System.nanoTime();
        long next = this.nextNanos.get();
        return now - next >= 0 && this.nextNanos.compareAndSet(next, now + this.intervalNanos);
    }

}
