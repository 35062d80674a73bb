package io.memlink.meta;

/**
 * The item was changed since its CAS token was read; nothing was done. Immutable.
 *
 * @since 0.1.0
 */
public enum Exists implements MetaReply {

    /** The only one. */
    INSTANCE

}
