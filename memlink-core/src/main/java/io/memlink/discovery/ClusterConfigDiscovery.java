package io.memlink.discovery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.memlink.meta.classic.ClusterConfig;
import io.memlink.placement.Backend;

/**
 * Asks configuration endpoints for the nodes of their cluster, and where none of them
 * answers a few of the nodes that are known, since they know it too. Safe for use by many
 * threads.
 */
final class ClusterConfigDiscovery implements Discovery {

    private static final int MAX_NODES_ASKED = 3;

    private final List<Backend> endpoints;

    private final Function<Backend, CompletableFuture<ClusterConfig>> question;

    private Known known = new Known(Long.MIN_VALUE, List.of());

    ClusterConfigDiscovery(List<Backend> endpoints, Function<Backend, CompletableFuture<ClusterConfig>> question) {
        this.endpoints = endpoints;
        this.question = question;
    }

    @Override
    public CompletableFuture<List<Backend>> lookup() {
        List<Backend> servers = new ArrayList<>(this.endpoints);
        List<Backend> nodes = new ArrayList<>(known().nodes);
        // Each is asked in the end, though one lookup must not wait for all of them.
        Collections.shuffle(nodes);
        servers.addAll(nodes.subList(0, Math.min(nodes.size(), MAX_NODES_ASKED)));
        return ask(servers, 0).thenApply(this::latest);
    }

    /** Fails as the last one of the servers does, each of which is asked in turn. */
    private CompletableFuture<ClusterConfig> ask(List<Backend> servers, int index) {
        CompletableFuture<ClusterConfig> answer = this.question.apply(servers.get(index));
        if (index + 1 == servers.size()) {
            return answer;
        }
        return answer.exceptionallyCompose((failure) -> ask(servers, index + 1));
    }

    private synchronized Known known() {
        return this.known;
    }

    private synchronized List<Backend> latest(ClusterConfig config) {
        Known told = new Known(config.version(),
                config.nodes().stream().map((node) -> Backend.of(node.host(), node.port())).toList());
        if (!told.isOlderThan(this.known)) {
            this.known = told;
        }
        return this.known.nodes;
    }

    /**
     * The latest answer.
     *
     * @param version grows with each change
     * @param nodes the nodes of the cluster
     */
    private record Known(long version, List<Backend> nodes) {

        /**
         * A cluster that was made anew counts from the beginning, and has other nodes.
         */
        boolean isOlderThan(Known other) {
            return this.version < other.version && !Collections.disjoint(this.nodes, Set.copyOf(other.nodes));
        }

    }

}
