package io.memlink.cluster;

/**
 * The treatment of a backend that returns after it missed more deletes than its journal
 * holds.
 *
 * @since 0.1.0
 */
public enum JournalOverflow {

    /**
     * It is told of those in the journal and used again; items whose delete was lost may
     * be read until they expire.
     */
    SERVE,

    /** All its items are dropped before it is used again. */
    FLUSH

}
