package io.memlink.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.memlink.link.ConnectionPool;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.Protocol;
import io.memlink.meta.Done;
import io.memlink.meta.Key;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaRequest;

/**
 * Sends each request to the backend its key belongs to, whether or not that backend is
 * well: a key never moves because a backend is ill, since the value it left behind would
 * be read again one day. Safe for use by many threads. Owns the connections, but not the
 * {@link LinkResources} it was given.
 *
 * @since 0.1.0
 */
public final class Router {

    private final Node[] nodes;

    private final NodeLocator locator;

    /**
     * Creates a router and begins to connect in the background.
     * @param backends at least one, with different identities and addresses
     * @param locator decides which backend a key belongs to
     * @param protocol how connections are greeted
     * @param options clocks and bounds of each backend's connections
     * @param resources threads
     * @throws IllegalArgumentException where there is no backend, or one twice
     */
    public Router(List<ServerAddress> backends, NodeLocator.Factory locator, Protocol protocol, LinkOptions options,
            LinkResources resources) {
        requireDistinct(backends);
        this.locator = locator.create(List.copyOf(backends));
        this.nodes = new Node[backends.size()];
        for (int i = 0; i < this.nodes.length; i++) {
            ServerAddress address = backends.get(i);
            this.nodes[i] = new Node(address, new ConnectionPool(address.endpoint(), protocol, options, resources));
        }
    }

    private static void requireDistinct(List<ServerAddress> backends) {
        if (backends.isEmpty()) {
            throw new IllegalArgumentException("backends: [] (expected: at least one)");
        }
        Set<String> seen = new HashSet<>();
        for (ServerAddress backend : backends) {
            if (!seen.add("id " + backend.id()) | !seen.add("address " + backend.hostAndPort())) {
                throw new IllegalArgumentException(
                        "backends: " + backends + " (expected: different ones, but " + backend + " comes twice)");
            }
        }
    }

    /**
     * Sends a request to the backend its key belongs to; never blocks.
     * @param request the request
     * @param <R> the type of the reply
     * @return the reply, as {@link io.memlink.link.Link#send} says
     */
    public <R> CompletableFuture<R> send(MetaRequest<R> request) {
        Node[] nodes = this.nodes;
        int index = (nodes.length == 1) ? 0 : this.locator.locate(request.key().routingBytes());
        return nodes[index].pool().send(request);
    }

    /**
     * Deletes an item, and never forgets to.
     * @param key the key
     * @return what became of it
     */
    public CompletableFuture<Invalidation> invalidate(Key key) {
        return send(MetaDelete.builder(key).build())
            .thenApply((reply) -> (reply instanceof Done) ? Invalidation.DELETED : Invalidation.NOT_FOUND);
    }

    /**
     * Returns how the backends are at this moment. Asks nobody.
     * @return one entry for each backend, in the order they were given
     */
    public List<BackendStatus> backends() {
        List<BackendStatus> backends = new ArrayList<>(this.nodes.length);
        for (Node node : this.nodes) {
            backends.add(node.status());
        }
        return backends;
    }

    /**
     * Takes no more requests, lets those under way finish, and closes all connections.
     * @param timeout what is still under way then fails with
     * {@link io.memlink.error.MemlinkClosedException}
     * @return completed when all connections are closed
     */
    public CompletableFuture<Void> close(Duration timeout) {
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        for (Node node : this.nodes) {
            closing.add(node.pool().close(timeout));
        }
        return CompletableFuture.allOf(closing.toArray(new CompletableFuture<?>[0]));
    }

}
