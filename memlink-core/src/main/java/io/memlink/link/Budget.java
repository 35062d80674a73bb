package io.memlink.link;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many requests, and how many bytes of them, may be under way. Safe for use by many
 * threads; never blocks.
 */
final class Budget {

    /** Requests are counted above this bit, bytes below it. */
    private static final int BYTES_BITS = 40;

    private static final long ONE_REQUEST = 1L << BYTES_BITS;

    private static final long BYTES_MASK = ONE_REQUEST - 1;

    private final int maxRequests;

    private final long maxBytes;

    private final AtomicLong taken = new AtomicLong();

    Budget(int maxRequests, long maxBytes) {
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
    }

    /** Takes a permit for one request, unless that would exceed a bound. */
    boolean acquire(int bytes) {
        long taken = this.taken.addAndGet(ONE_REQUEST + bytes);
        if ((taken >>> BYTES_BITS) > this.maxRequests || (taken & BYTES_MASK) > this.maxBytes) {
            release(bytes);
            return false;
        }
        return true;
    }

    /** Returns the permit of one request. */
    void release(int bytes) {
        this.taken.addAndGet(-(ONE_REQUEST + bytes));
    }

    int requests() {
        return (int) (this.taken.get() >>> BYTES_BITS);
    }

    long bytes() {
        return this.taken.get() & BYTES_MASK;
    }

    @Override
    public String toString() {
        return requests() + " of " + this.maxRequests + " requests, " + bytes() + " of " + this.maxBytes + " bytes";
    }

}
