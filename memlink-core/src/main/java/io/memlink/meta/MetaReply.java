package io.memlink.meta;

/**
 * What a server answered: outcomes are values, not failures. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface MetaReply permits Hit, Done, Miss, NotStored, Exists {

}
