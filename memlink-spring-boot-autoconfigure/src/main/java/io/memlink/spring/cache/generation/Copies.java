package io.memlink.spring.cache.generation;

import java.util.concurrent.CompletableFuture;

/**
 * The copies of one number. Each is a register that can be lost, and that only grows as
 * long as it is not. Safe for use by many threads.
 */
interface Copies {

    /** Returns how many there are. */
    int count();

    /**
     * Reads a copy.
     * @param index which one
     * @return its number, {@link GenerationNumber#NONE} where it has none
     */
    CompletableFuture<Long> read(int index);

    /**
     * Raises a copy to a number, unless it has that or a higher one.
     * @param index which one
     * @param number the number
     * @param make whether it is given the number too where it has none
     * @return what it has then
     */
    CompletableFuture<Raised> raise(int index, long number, boolean make);

    /**
     * Gives a copy a new number if it still has what was read. Otherwise somebody has
     * given it one since, which is used already, perhaps.
     * @param index which one
     * @param number the number
     * @param read what was read
     * @return what it has then: the number, or what it was found with instead
     */
    CompletableFuture<Raised> renew(int index, long number, long read);

    /**
     * Returns the highest number that was seen of late, for somebody who is to make a
     * higher one; what is missed here is seen when copies are raised.
     */
    long highestSeen();

    /**
     * A copy that was raised.
     *
     * @param number what it has now; none where it had none and is not given one
     * @param hadNone whether it had no number before
     */
    record Raised(long number, boolean hadNone) {
    }

}
