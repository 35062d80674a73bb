package io.memlink.link.flow;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The permits of a backend or a client: how many requests, and how many bytes of them,
 * may be pending on its connections together. Safe for use by many threads; never blocks.
 */
public final class Budget {

    /** Requests are counted above this bit, bytes below it. */
    private static final int BYTES_BITS = 40;

    private static final long ONE_REQUEST = 1L << BYTES_BITS;

    private static final long BYTES_MASK = ONE_REQUEST - 1;

    /** Half of what can be counted, so that what exceeds it can still be counted. */
    public static final long MAX_BYTES = ONE_REQUEST / 2;

    /** Half of what can be counted, as with the bytes. */
    public static final int MAX_REQUESTS = 1 << (Long.SIZE - BYTES_BITS - 1);

    private final String owner;

    private final int maxRequests;

    private final long maxBytes;

    private final @Nullable Budget parent;

    private final AtomicLong taken = new AtomicLong();

    /**
     * Creates the budget of an owner, for messages, whose permits count for the parent
     * too.
     */
    public Budget(String owner, int maxRequests, long maxBytes, @Nullable Budget parent) {
        this.owner = owner;
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
        this.parent = parent;
    }

    /**
     * Takes a permit for one request; where that exceeds a bound, returns whose it is.
     */
    public @Nullable Budget acquire(int bytes) {
        long taken = this.taken.addAndGet(ONE_REQUEST + bytes);
        Budget exceeded = null;
        if ((taken >>> BYTES_BITS) > this.maxRequests || (taken & BYTES_MASK) > this.maxBytes) {
            exceeded = this;
        }
        else if (this.parent != null) {
            exceeded = this.parent.acquire(bytes);
        }
        if (exceeded != null) {
            this.taken.addAndGet(-(ONE_REQUEST + bytes));
        }
        return exceeded;
    }

    /** Takes a permit for one request even where that exceeds a bound. */
    public void force(int bytes) {
        this.taken.addAndGet(ONE_REQUEST + bytes);
        if (this.parent != null) {
            this.parent.force(bytes);
        }
    }

    /** Returns the permit of one request. */
    public void release(int bytes) {
        this.taken.addAndGet(-(ONE_REQUEST + bytes));
        if (this.parent != null) {
            this.parent.release(bytes);
        }
    }

    public int requests() {
        return (int) (this.taken.get() >>> BYTES_BITS);
    }

    public long bytes() {
        return this.taken.get() & BYTES_MASK;
    }

    @Override
    public String toString() {
        return this.owner + ": " + requests() + " of " + this.maxRequests + " requests, " + bytes() + " of "
                + this.maxBytes + " bytes";
    }

}
