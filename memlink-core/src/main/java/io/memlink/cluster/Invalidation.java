package io.memlink.cluster;

/**
 * The outcome of a delete that must not be forgotten.
 *
 * @since 0.1.0
 */
public enum Invalidation {

    /** The server has deleted the item. */
    DELETED,

    /** The server had no item. */
    NOT_FOUND,

    /**
     * The backend could not be told, or did not answer. The key is in its journal: this
     * client does not read it there before the server has deleted it. Other clients may,
     * until then.
     */
    JOURNALLED

}
