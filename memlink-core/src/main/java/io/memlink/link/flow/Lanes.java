package io.memlink.link.flow;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The connections of a pool that pending requests use, by affinity: as long as one of an
 * affinity is pending, those behind it use the same connection, and so keep their order.
 * Once none is, the next one may use any. Safe for use by many threads; never blocks.
 * <p>
 * Affinities share a fixed number of stripes. Two that share one follow each other, which
 * costs them the choice of a connection and nothing else.
 */
public final class Lanes {

    /*
     * A stripe is one word: how many requests are pending, and on which connection.
     *
     * 1. The connection changes only while none is pending, in the step that makes it
     * one. So all that are pending in a stripe use the same one.
     *
     * 2. A request enters before it is handed to its connection, and leaves after it has
     * left that one. So one that finds the stripe empty comes behind nobody.
     */

    private static final int STRIPES = 8192;

    /** Connections are counted above this bit, requests below it. */
    private static final int REQUEST_BITS = 25;

    private static final int REQUESTS_MASK = (1 << REQUEST_BITS) - 1;

    private static final int GOLDEN_RATIO = 0x9E3779B9;

    private final AtomicIntegerArray stripes = new AtomicIntegerArray(STRIPES);

    private static int stripe(int affinity) {
        return (affinity * GOLDEN_RATIO) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(STRIPES));
    }

    /**
     * One more request is pending; {@link #leave} has to follow.
     * @param wanted the connection that it would use, 0 to 63
     * @return the connection that it has to use
     */
    public int enter(int affinity, int wanted) {
        int stripe = stripe(affinity);
        while (true) {
            int before = this.stripes.get(stripe);
            boolean free = (before & REQUESTS_MASK) == 0;
            int after = (free ? wanted << REQUEST_BITS : before) + 1;
            if (this.stripes.compareAndSet(stripe, before, after)) {
                return after >>> REQUEST_BITS;
            }
        }
    }

    /** One request less is pending. */
    public void leave(int affinity) {
        this.stripes.decrementAndGet(stripe(affinity));
    }

    /**
     * Returns the connection behind whose requests one of an affinity comes; the wanted
     * one where there are none. Holds for what is sent by whoever asks, also later.
     */
    public int find(int affinity, int wanted) {
        int word = this.stripes.get(stripe(affinity));
        return ((word & REQUESTS_MASK) == 0) ? wanted : word >>> REQUEST_BITS;
    }

    /** Returns how many requests are pending; costs a look at each stripe. */
    public int requests() {
        int requests = 0;
        for (int i = 0; i < STRIPES; i++) {
            requests += this.stripes.get(i) & REQUESTS_MASK;
        }
        return requests;
    }

    @Override
    public String toString() {
        return "Lanes[" + requests() + " requests]";
    }

}
