package io.memlink.cluster;

import java.time.Instant;
import java.util.List;

import io.memlink.meta.Key;

/**
 * The nodes of a cluster at one time, and which keys they own. Immutable but for the
 * nodes themselves; a request looks at one topology, once.
 */
final class Topology {

    private final Node[] nodes;

    private final NodeLocator locator;

    private final long generation;

    private final Instant since = Instant.now();

    Topology(List<Node> nodes, NodeLocator locator, long generation) {
        this.nodes = nodes.toArray(new Node[0]);
        this.locator = locator;
        this.generation = generation;
    }

    /** Returns the node that a key belongs to, however it is. */
    Node owner(Key key) {
        Node[] nodes = this.nodes;
        return nodes[(nodes.length == 1) ? 0 : this.locator.locate(key.routingBytes())];
    }

    List<Node> nodes() {
        return List.of(this.nodes);
    }

    NodeLocator locator() {
        return this.locator;
    }

    /** Returns the addresses of the nodes. */
    List<ServerAddress> addresses() {
        return nodes().stream().map(Node::address).toList();
    }

    long generation() {
        return this.generation;
    }

    Instant since() {
        return this.since;
    }

}
