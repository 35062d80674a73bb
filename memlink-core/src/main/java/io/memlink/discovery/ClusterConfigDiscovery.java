package io.memlink.discovery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.memlink.meta.classic.ClusterConfig;
import io.memlink.placement.Backend;

/**
 * The nodes of a cluster, as its configuration endpoints tell them, or where none of them
 * answers a few of the nodes that are known, since they know it too. Safe for use by many
 * threads.
 * <p>
 * A configuration with a lower number than the one that is known comes from a node that
 * lags behind, unless the cluster was made anew: then it has other nodes, or none of
 * those that are known tells of the higher number any more, be it that they cannot be
 * reached or that their names mean the new ones.
 */
final class ClusterConfigDiscovery implements Discovery {

    private static final int MAX_NODES_ASKED = 3;

    private final List<Backend> endpoints;

    private final Function<Backend, CompletableFuture<ClusterConfig>> question;

    private final Random random;

    private Known known = new Known(Long.MIN_VALUE, List.of());

    ClusterConfigDiscovery(List<Backend> endpoints, Function<Backend, CompletableFuture<ClusterConfig>> question,
            Random random) {
        this.endpoints = endpoints;
        this.question = question;
        this.random = random;
    }

    @Override
    public CompletableFuture<List<Backend>> lookup() {
        Known before = known();
        List<Backend> servers = new ArrayList<>(this.endpoints);
        List<Backend> nodes = new ArrayList<>(before.nodes);
        // Each is asked in the end, though one lookup must not wait for all of them.
        Collections.shuffle(nodes, this.random);
        servers.addAll(nodes.subList(0, Math.min(nodes.size(), MAX_NODES_ASKED)));
        return ask(servers, 0).thenCompose((config) -> {
            Known told = Known.of(config);
            return told.isOlderThan(before) ? confirmed(before).thenApply((still) -> latest(told, !still))
                    : CompletableFuture.completedFuture(latest(told, false));
        });
    }

    /** Fails as the last one of the servers does, each of which is asked in turn. */
    private CompletableFuture<ClusterConfig> ask(List<Backend> servers, int index) {
        CompletableFuture<ClusterConfig> answer = this.question.apply(servers.get(index));
        if (index + 1 == servers.size()) {
            return answer;
        }
        return answer.exceptionallyCompose((failure) -> ask(servers, index + 1));
    }

    /** Asks all nodes whether there is still one that tells what is known. */
    private CompletableFuture<Boolean> confirmed(Known known) {
        CompletableFuture<Boolean> confirmed = CompletableFuture.completedFuture(false);
        for (Backend node : known.nodes) {
            CompletableFuture<Boolean> confirms = this.question.apply(node)
                .handle((config, failure) -> failure == null && config.version() >= known.version);
            confirmed = confirmed.thenCombine(confirms, Boolean::logicalOr);
        }
        return confirmed;
    }

    private synchronized Known known() {
        return this.known;
    }

    private synchronized List<Backend> latest(Known told, boolean madeAnew) {
        if (madeAnew || !told.isOlderThan(this.known)) {
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

        static Known of(ClusterConfig config) {
            return new Known(config.version(),
                    config.nodes().stream().map((node) -> Backend.of(node.host(), node.port())).toList());
        }

        /**
         * A cluster that was made anew counts from the beginning, and has other nodes, as
         * a rule.
         */
        boolean isOlderThan(Known other) {
            return this.version < other.version && !Collections.disjoint(this.nodes, Set.copyOf(other.nodes));
        }

    }

}
