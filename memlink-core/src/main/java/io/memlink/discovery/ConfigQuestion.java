package io.memlink.discovery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.memlink.link.ConnectionPool;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.Protocol;
import io.memlink.meta.classic.ClusterConfig;
import io.memlink.meta.classic.ServerCommands;
import io.memlink.placement.Backend;

/**
 * The question to a server for the nodes of its cluster, over a connection that is made
 * for the question: the endpoint is a name that moves from node to node.
 *
 * @param protocol how the connection is greeted
 * @param options clocks, and TLS where the nodes want it
 * @param resources threads
 */
record ConfigQuestion(Protocol protocol, LinkOptions options,
        LinkResources resources) implements Function<Backend, CompletableFuture<ClusterConfig>> {

    /** For looking up, connecting, TLS, greeting and the answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Override
    public CompletableFuture<ClusterConfig> apply(Backend server) {
        LinkOptions options = this.options.toBuilder().poolSize(1).requestTimeout(TIMEOUT).build();
        ConnectionPool pool = new ConnectionPool(server.endpoint(), this.protocol, options, this.resources);
        return pool.send(ServerCommands.clusterConfig()).whenComplete((config, failure) -> pool.close(Duration.ZERO));
    }

}
