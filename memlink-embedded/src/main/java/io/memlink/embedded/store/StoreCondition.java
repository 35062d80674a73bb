package io.memlink.embedded.store;

import io.memlink.embedded.store.Store.Stored;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a store command. Immutable.
 *
 * @param mode what happens to the present item
 * @param vivify whether an append or prepend creates a missing item
 * @param compare the CAS id the present item must have, or null if any will do
 * @param acceptOlder whether a compare with an id older than the present one stores too,
 * and marks the item stale
 * @since 0.1.0
 */
public record StoreCondition(Mode mode, boolean vivify, @Nullable Long compare, boolean acceptOlder) {

    /**
     * A condition without a compare.
     * @param mode what happens to the present item
     * @return the condition
     */
    public static StoreCondition of(Mode mode) {
        return new StoreCondition(mode, false, null, false);
    }

    /**
     * The condition of a compare-and-swap.
     * @param compare the CAS id the present item must have
     * @return the condition
     */
    public static StoreCondition compare(long compare) {
        return new StoreCondition(Mode.SET, false, compare, false);
    }

    boolean joins() {
        return this.mode == Mode.APPEND || this.mode == Mode.PREPEND;
    }

    /**
     * Returns why nothing is stored.
     * @param present the item that is there, or null if there is none
     * @return the reason, or null if the condition holds
     */
    Stored.@Nullable Outcome refusal(@Nullable Item present) {
        return (present == null) ? refusalOfMissing() : refusalOf(present);
    }

    private Stored.@Nullable Outcome refusalOfMissing() {
        return switch (this.mode) {
            case ADD -> null;
            case SET -> (this.compare != null) ? Stored.Outcome.NOT_FOUND : null;
            case REPLACE -> (this.compare != null) ? Stored.Outcome.NOT_FOUND : Stored.Outcome.NOT_STORED;
            case APPEND, PREPEND -> this.vivify ? null : Stored.Outcome.NOT_STORED;
        };
    }

    private Stored.@Nullable Outcome refusalOf(Item present) {
        if (this.mode == Mode.ADD) {
            return Stored.Outcome.NOT_STORED;
        }
        if (this.compare == null || (this.compare == 0 && joins())) {
            return null;
        }
        boolean matches = this.compare != 0 && this.compare == present.cas();
        return (matches || isOlderThan(present)) ? null : Stored.Outcome.EXISTS;
    }

    /**
     * Tells whether what is stored is older than what is there, and takes its place as a
     * stale item all the same.
     */
    boolean isOlderThan(Item present) {
        return this.compare != null && this.compare != 0 && this.acceptOlder && !joins()
                && Long.compareUnsigned(this.compare, present.cas()) < 0;
    }

    /**
     * The treatment of the item that is, or is not, already there.
     */
    public enum Mode {

        /** Stores in any case. */
        SET,

        /** Stores if nothing is there. */
        ADD,

        /** Stores if something is there. */
        REPLACE,

        /** Puts the new bytes behind what is there. */
        APPEND,

        /** Puts the new bytes before what is there. */
        PREPEND

    }

}
