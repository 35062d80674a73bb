package io.memlink;

/**
 * The outcome of a compare-and-set.
 *
 * @since 0.1.0
 */
public enum CasResult {

    /** The value was stored. */
    STORED,

    /** The item was changed since its token was read; nothing was stored. */
    EXISTS,

    /** There is no item any more; nothing was stored. */
    NOT_FOUND

}
