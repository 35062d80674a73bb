package io.memlink.embedded.store;

/**
 * What a store does with the item that is, or is not, already there.
 *
 * @since 0.1.0
 */
public enum StoreMode {

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
