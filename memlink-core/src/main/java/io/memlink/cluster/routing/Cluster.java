package io.memlink.cluster.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.Membership;
import io.memlink.cluster.health.EjectionLimit;
import io.memlink.cluster.health.NodeHealth;
import io.memlink.cluster.journal.Journal;
import io.memlink.error.MemlinkException;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.Protocol;
import io.memlink.meta.classic.ServerCommands;
import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;

/**
 * A set of nodes that changes while it is used. Whoever sends reads the topology, which
 * is replaced as a whole; one change is made at a time, under the lock of this object.
 * Owns the nodes.
 */
final class Cluster implements Membership {

    private final NodeLocator.Factory locator;

    private final ClusterEvents events;

    private final Timers timers;

    private final NodeFactory factory;

    private volatile Topology topology;

    private boolean closed;

    /**
     * Creates a cluster; the reason says why there are no backends, where that is to be.
     */
    Cluster(List<Backend> backends, @Nullable MemlinkException undiscovered, ClusterOptions cluster, Protocol protocol,
            LinkOptions options, LinkResources resources) {
        List<Backend> known = (undiscovered != null) ? List.of(Backend.UNDISCOVERED) : backends;
        requireDistinct(known);
        this.locator = cluster.locator();
        this.timers = resources.timers();
        this.events = new ClusterEvents(cluster.listeners(), this.timers);
        // A locator that refuses the backends does so before there are connections.
        this.topology = new Topology(List.of(), this.locator.create(List.copyOf(known)), 0);
        EjectionLimit limit = new EjectionLimit(this.timers::nanoTime,
                () -> this.topology.nodes().stream().map(Node::health).toList(),
                (used) -> this.events.tell((listener) -> listener.ejectionsSuspended(used)));
        this.factory = new NodeFactory(protocol, options, resources, this.timers, this.events,
                cluster.journalOverflow(), limit, cluster.slowRequestNanos());
        this.topology = (undiscovered != null)
                ? new Topology(List.of(Node.undiscovered(this.factory, undiscovered)), this.topology.locator(), 0)
                : new Topology(known.stream().map((backend) -> new Node(backend, new Journal(), this.factory)).toList(),
                        this.topology.locator(), 1);
    }

    private static void requireDistinct(List<Backend> backends) {
        if (backends.isEmpty()) {
            throw new IllegalArgumentException("backends: [] (expected: at least one)");
        }
        Set<String> seen = new HashSet<>();
        for (Backend backend : backends) {
            if (!seen.add("id " + backend.id()) | !seen.add("address " + backend.hostAndPort())) {
                throw new IllegalArgumentException(
                        "backends: " + backends + " (expected: different ones, but " + backend + " comes twice)");
            }
        }
    }

    Topology topology() {
        return this.topology;
    }

    @Override
    public long generation() {
        return this.topology.generation();
    }

    @Override
    public Instant since() {
        return this.topology.since();
    }

    @Override
    public List<BackendStatus> backends() {
        return this.topology.nodes().stream().map(Node::status).toList();
    }

    @Override
    public Map<String, Double> shares() {
        return this.topology.shares();
    }

    @Override
    public synchronized boolean apply(List<Backend> backends, boolean force) {
        requireDistinct(backends);
        Topology before = this.topology;
        if (this.closed || before.addresses().equals(backends)) {
            return false;
        }
        Map<String, Node> known = new HashMap<>();
        before.nodes().forEach((node) -> known.put(node.address().id(), node));
        boolean first = before.generation() == 0;
        requireEnoughStay(backends, known.keySet(), force || first);
        NodeLocator locator = this.locator.create(List.copyOf(backends));
        List<Node> nodes = new ArrayList<>(backends.size());
        for (Backend backend : backends) {
            nodes.add(nodeFor(backend, known.get(backend.id())));
        }
        Topology after = new Topology(nodes, locator, before.generation() + 1);
        if (first) {
            oweWhatWasMissed(before, after);
        }
        this.topology = after;
        List<Node> removed = without(before.nodes(), after.nodes());
        removed.forEach(Node::retire);
        List<Backend> addresses = removed.stream().map(Node::address).toList();
        List<Backend> added = without(after.nodes(), before.nodes()).stream().map(Node::address).toList();
        this.events.tell((listener) -> listener.membershipChanged(after.generation(), added, addresses));
        return true;
    }

    /**
     * The backends that have been found have to be told what was deleted before. Whoever
     * has just looked for them in vain adds to it a little later.
     */
    private void oweWhatWasMissed(Topology before, Topology after) {
        Runnable tell = () -> before.nodes()
            .forEach((node) -> node.journal().oldest(Integer.MAX_VALUE).forEach((entry) -> {
                after.owner(entry.key()).owe(entry.key());
                node.journal().delivered(entry);
            }));
        tell.run();
        this.timers.schedule(tell, Node.GRACE_NANOS);
    }

    private static void requireEnoughStay(List<Backend> backends, Set<String> known, boolean force) {
        Set<String> leaving = new HashSet<>(known);
        backends.forEach((backend) -> leaving.remove(backend.id()));
        if (!force && 2 * leaving.size() > known.size()) {
            throw new IllegalArgumentException("backends: " + backends + " (expected: at least half of " + known
                    + ", unless the change is forced)");
        }
    }

    private Node nodeFor(Backend backend, @Nullable Node known) {
        if (known == null) {
            return new Node(backend, new Journal(), this.factory);
        }
        boolean stays = known.address().equals(backend);
        // What replaces a machine may have got its memory too.
        return stays ? known : new Node(backend, known.journal().copy(), this.factory);
    }

    private static List<Node> without(List<Node> nodes, List<Node> others) {
        return nodes.stream().filter((node) -> !others.contains(node)).toList();
    }

    @Override
    public CompletableFuture<Map<String, String>> statistics(String id) {
        return node(id).sendAnyway(ServerCommands.stats());
    }

    @Override
    public void drain(String id) {
        NodeHealth health = node(id).health();
        this.timers.execute(health::drain);
    }

    @Override
    public void eject(String id) {
        NodeHealth health = node(id).health();
        this.timers.execute(health::eject);
    }

    @Override
    public void restore(String id) {
        NodeHealth health = node(id).health();
        this.timers.execute(health::restore);
    }

    private Node node(String id) {
        return this.topology.nodes()
            .stream()
            .filter((node) -> node.address().id().equals(id))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(
                    "backend: " + id + " (expected: one of " + this.topology.addresses() + ")"));
    }

    synchronized CompletableFuture<Void> close(Duration timeout) {
        this.closed = true;
        return CompletableFuture.allOf(this.topology.nodes()
            .stream()
            .map((node) -> node.close(timeout))
            .toArray((length) -> new CompletableFuture<?>[length]));
    }

}
