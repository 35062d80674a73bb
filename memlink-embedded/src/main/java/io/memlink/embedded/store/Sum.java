package io.memlink.embedded.store;

import java.util.function.LongUnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of an increment or decrement.
 *
 * @param outcome whether it was done, or why not
 * @param number the new number, unsigned; 0 unless done
 * @param item the item that was changed, null unless done; when the number grew longer
 * this is the item that was replaced, and changing it further has no effect on what is
 * stored (a quirk of real servers)
 * @since 0.1.0
 */
public record Sum(Outcome outcome, long number, @Nullable Item item) {

    /** The outcomes of an increment or decrement. */
    public enum Outcome {

        /** It is done. */
        DONE,

        /** There is no item. */
        NOT_FOUND,

        /** The item has another CAS id. */
        EXISTS,

        /** The value is no number. */
        NON_NUMERIC

    }

    /**
     * Returns what adds to a number, or subtracts from it: beyond 64 bits it begins anew
     * with 0, below 0 it stays there.
     * @param up whether it adds
     * @param delta how much, unsigned
     * @return the change
     */
    public static LongUnaryOperator change(boolean up, long delta) {
        return up ? (number) -> number + delta
                : (number) -> (Long.compareUnsigned(number, delta) < 0) ? 0 : number - delta;
    }

    static Sum failed(Outcome outcome) {
        return new Sum(outcome, 0, null);
    }

}
