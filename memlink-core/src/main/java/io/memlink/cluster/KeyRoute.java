package io.memlink.cluster;

import java.util.List;
import java.util.OptionalLong;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.placement.Backend;

/**
 * The place of a key, and why it is there. Immutable.
 *
 * @param encodedKey the key as it travels
 * @param hash the number the locator has reduced the key to, to be read without a sign;
 * empty where it uses none
 * @param candidates the backends in the order in which they come into question; the first
 * one owns the key
 * @param ownerState how the owner is
 * @param journalled whether the owner has yet to be told of a delete of this key
 * @param chosen where a request would be sent now: the owner, or a backend of the gutter
 * @param why why it would be sent there
 * @since 0.1.0
 */
public record KeyRoute(String encodedKey, OptionalLong hash, List<Backend> candidates, State ownerState,
        boolean journalled, Backend chosen, Why why) {

    public KeyRoute {
        candidates = List.copyOf(candidates);
    }

    /** The reason why a request would be sent to a backend. */
    public enum Why {

        /** It owns the key, and can be used. */
        OWNER,

        /** It owns the key and cannot be used, but keys do not move: requests fail. */
        OWNER_UNAVAILABLE,

        /** The owner cannot be used, and this backend of the gutter stands in for it. */
        GUTTER

    }

}
