package io.memlink.meta;

/**
 * The item was not stored, because there is one already ({@link MetaSet.Mode#ADD}) or
 * because there is none (the other modes). Immutable.
 *
 * @since 0.1.0
 */
public enum NotStored implements MetaReply {

    /** The only one. */
    INSTANCE

}
