package io.memlink.spring.cache.generation;

import org.jspecify.annotations.Nullable;

/**
 * Knows in which generation the operations have begun that wait for an answer: what is
 * called after them must not begin before them. Safe for use by many threads.
 */
final class WaitingOperations {

    private volatile int count;

    /** Whether one could not begin, whose change is made again with the next answer. */
    private volatile boolean lost;

    /** Where all of them have begun; {@code null} where some have not, or elsewhere. */
    private @Nullable String begunIn;

    /** Returns whether what is called now may begin in a generation at once. */
    boolean haveBegunIn(String generation) {
        return !this.lost && (this.count == 0 || haveAllBegunIn(generation));
    }

    private synchronized boolean haveAllBegunIn(String generation) {
        return this.count == 0 || generation.equals(this.begunIn);
    }

    /**
     * Adds one.
     * @param generation in which it has begun; {@code null} where it has not
     */
    synchronized void add(@Nullable String generation) {
        boolean same = this.count == 0 || (generation != null && generation.equals(this.begunIn));
        this.begunIn = same ? generation : null;
        this.count++;
    }

    /**
     * Takes one out.
     * @param begun whether it has begun; {@code false} where it never will
     */
    synchronized void remove(boolean begun) {
        this.count--;
        this.lost |= !begun;
    }

    /** All changes have been made that could not begin before. */
    synchronized void madeAgain() {
        this.lost = false;
    }

}
