package io.memlink.meta;

/**
 * The answer of a server to a command: outcomes are values, not failures. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface MetaReply permits Hit, Done, MetaReply.Miss, MetaReply.NotStored, MetaReply.Exists {

    /** There is no such item. */
    enum Miss implements MetaReply {

        /** The only one. */
        INSTANCE

    }

    /**
     * The item was not stored, because there is one already ({@link MetaSet.Mode#ADD}) or
     * because there is none (the other modes).
     */
    enum NotStored implements MetaReply {

        /** The only one. */
        INSTANCE

    }

    /** The item was changed since its CAS token was read; nothing was done. */
    enum Exists implements MetaReply {

        /** The only one. */
        INSTANCE

    }

}
