package io.memlink.meta;

import java.time.Duration;

import io.memlink.link.Request;

/**
 * A request that belongs to one key. Immutable.
 *
 * @param <R> the type of the reply
 * @since 0.1.0
 */
public sealed interface MetaRequest<R> extends Request<R> permits MetaCommand, MetaDebug {

    /**
     * Returns the key, which decides on the backend and the connection.
     * @return the key
     */
    Key key();

    /**
     * Returns a request that does the same, but leaves no item that lives longer than a
     * time; one that expires sooner keeps its expiration. What leaves a value as it is
     * leaves it the time that it has.
     * @param limit the longest that an item may live, 1 second or more; rounded up to a
     * second
     * @return the request; this one where it sets no expiration
     */
    MetaRequest<R> expiringWithin(Duration limit);

    /**
     * {@inheritDoc}
     * @return the hash of the key, so that requests for one key keep their order
     */
    @Override
    default int affinity() {
        return key().hashCode();
    }

}
