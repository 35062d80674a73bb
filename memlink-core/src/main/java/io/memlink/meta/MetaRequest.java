package io.memlink.meta;

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
     * {@inheritDoc}
     * @return the hash of the key, so that requests for one key keep their order
     */
    @Override
    default int affinity() {
        return key().hashCode();
    }

}
