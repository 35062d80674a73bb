package io.memlink.cluster.routing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memlink.meta.Key;
import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a cluster at one time, and which keys they own. Immutable but for the
 * nodes themselves; a request looks at one topology, once.
 */
final class Topology {

    private static final int SAMPLES = 1 << 14;

    private final Node[] nodes;

    private final NodeLocator locator;

    private final long generation;

    private final Instant since;

    /** Measured when somebody asks. */
    private volatile @Nullable Map<String, Double> shares;

    Topology(List<Node> nodes, NodeLocator locator, long generation, Instant since) {
        this.nodes = nodes.toArray(new Node[0]);
        this.locator = locator;
        this.generation = generation;
        this.since = since;
    }

    /** Returns the node that a key belongs to, however it is. */
    Node owner(Key key) {
        return this.nodes[(this.nodes.length == 1) ? 0 : locate(key.routingBytes())];
    }

    private int locate(byte[] key) {
        int index = this.locator.locate(key);
        if (index < 0 || index >= this.nodes.length) {
            throw new IllegalStateException("locator: " + this.locator.getClass().getName() + " returned " + index
                    + " (expected: 0 to " + (this.nodes.length - 1) + ")");
        }
        return index;
    }

    List<Node> nodes() {
        return List.of(this.nodes);
    }

    NodeLocator locator() {
        return this.locator;
    }

    /** Returns the addresses of the nodes. */
    List<Backend> addresses() {
        return nodes().stream().map(Node::address).toList();
    }

    long generation() {
        return this.generation;
    }

    Instant since() {
        return this.since;
    }

    /** Returns which part of the keys each node owns, by its identity. */
    Map<String, Double> shares() {
        Map<String, Double> shares = this.shares;
        if (shares == null) {
            shares = measureShares();
            this.shares = shares;
        }
        return shares;
    }

    private Map<String, Double> measureShares() {
        int[] keys = new int[this.nodes.length];
        for (int i = 0; i < SAMPLES; i++) {
            keys[locate(("sample:" + i).getBytes(StandardCharsets.US_ASCII))]++;
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int i = 0; i < keys.length; i++) {
            shares.put(this.nodes[i].address().id(), keys[i] / (double) SAMPLES);
        }
        return Collections.unmodifiableMap(shares);
    }

}
