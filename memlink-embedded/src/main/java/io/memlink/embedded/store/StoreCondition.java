package io.memlink.embedded.store;

import org.jspecify.annotations.Nullable;

/**
 * When a store is done. Immutable.
 *
 * @param mode what happens to the present item
 * @param vivify whether an append or prepend creates a missing item
 * @param compare the CAS id the present item must have, or null if any will do
 * @param acceptOlder whether a compare with an id older than the present one stores too,
 * and marks the item stale
 * @since 0.1.0
 */
public record StoreCondition(StoreMode mode, boolean vivify, @Nullable Long compare, boolean acceptOlder) {

    /**
     * A condition without a compare.
     * @param mode what happens to the present item
     * @return the condition
     */
    public static StoreCondition of(StoreMode mode) {
        return new StoreCondition(mode, false, null, false);
    }

    /**
     * The condition of a compare-and-swap.
     * @param compare the CAS id the present item must have
     * @return the condition
     */
    public static StoreCondition compare(long compare) {
        return new StoreCondition(StoreMode.SET, false, compare, false);
    }

    boolean joins() {
        return this.mode == StoreMode.APPEND || this.mode == StoreMode.PREPEND;
    }

}
