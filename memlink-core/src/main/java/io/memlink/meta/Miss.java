package io.memlink.meta;

/**
 * There is no such item. Immutable.
 *
 * @since 0.1.0
 */
public enum Miss implements MetaReply {

    /** The only one. */
    INSTANCE

}
