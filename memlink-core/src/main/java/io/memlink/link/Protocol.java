package io.memlink.link;

import java.util.concurrent.CompletableFuture;

/**
 * The part of a protocol that concerns a connection as such: greeting it, and keeping it
 * alive. Immutable.
 *
 * @since 0.1.0
 */
public interface Protocol {

    /**
     * Makes a fresh connection usable: logs in, and makes sure that the peer speaks this
     * protocol. Called once per connection, on its event loop, before any other request.
     * @param connection sends directly down the new connection
     * @return completed with what is known about the connection from then on
     * ({@link RequestWriter#session()}), or with the reason why it cannot be used: a
     * {@link io.memlink.error.MemlinkConnectionException} is reported as it is
     */
    CompletableFuture<?> greet(Link connection);

    /**
     * Returns a request without effect, sent down connections that are idle.
     * @return the request
     */
    Request<?> ping();

}
