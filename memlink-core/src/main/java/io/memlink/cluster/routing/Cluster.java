package io.memlink.cluster.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.memlink.check.Require;
import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.Failover;
import io.memlink.cluster.Membership;
import io.memlink.cluster.health.EjectionLimit;
import io.memlink.cluster.health.NodeHealth;
import io.memlink.cluster.journal.Journal;
import io.memlink.cluster.journal.Journals;
import io.memlink.cluster.journal.RequestEffect.Owed;
import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.Protocol;
import io.memlink.meta.Key;
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

    /** Stand in for the backends, and cannot be among them. */
    private final Failover failover;

    /** Outlive the nodes, and this cluster. */
    private final Journals journals;

    /** Left the list, and still end what was sent to them. */
    private final Set<Node> leaving = Collections.synchronizedSet(new LinkedHashSet<>());

    private volatile Topology topology;

    private volatile boolean closed;

    private volatile Instant closedAt = Instant.EPOCH;

    /** Whether the backends stand in for others until the first change. */
    private boolean provisional;

    /**
     * Creates a cluster; the reason says why there are no backends, where that is to be.
     */
    Cluster(List<Backend> backends, @Nullable MemlinkException undiscovered, ClusterOptions cluster, Journals journals,
            Protocol protocol, LinkOptions options, LinkResources resources) {
        this.journals = journals;
        this.provisional = undiscovered != null;
        List<Backend> known = (undiscovered != null) ? List.of(Backend.UNDISCOVERED) : backends;
        requireDistinct(known);
        this.locator = cluster::newLocator;
        this.failover = cluster.failover();
        this.timers = resources.timers();
        this.events = new ClusterEvents(cluster.listeners(), this.timers);
        // A locator that refuses the backends does so before there are connections.
        this.topology = new Topology(List.of(), this.locator.create(List.copyOf(known)), 0, this.timers.now());
        EjectionLimit limit = new EjectionLimit(this.timers::nanoTime,
                () -> this.topology.nodes().stream().map(Node::health).toList(),
                (used) -> this.events.tell((listener) -> listener.ejectionsSuspended(used)));
        this.factory = new NodeFactory(protocol, options, resources, this.timers, this.events,
                cluster.journalOverflow(), limit, cluster.slowRequestNanos(), journals);
        List<Node> nodes = (undiscovered != null)
                ? List.of(Node.undiscovered(this.factory, this.journals.of(Backend.UNDISCOVERED), undiscovered))
                : known.stream().map((backend) -> new Node(backend, this.journals.of(backend), this.factory)).toList();
        this.topology = new Topology(nodes, this.topology.locator(), (undiscovered != null) ? 0 : 1, this.timers.now());
        this.journals.belongTo(this::owe);
    }

    /**
     * Begins to deliver what is owed, once that of earlier runs was passed on; called
     * before anything else is sent.
     */
    void begin() {
        Topology topology = this.topology;
        if (topology.generation() > 0) {
            this.journals.keep(topology.addresses());
        }
        topology.nodes().forEach((node) -> node.delivery().begin());
    }

    /** Takes the first change for what was wanted from the beginning. */
    synchronized void provisional() {
        this.provisional = true;
    }

    /**
     * What a node is owed, its successor is owed too, and the one that has the key by
     * now. A copy of a lost request may reach only the former. The node may have been one
     * of an earlier run, whose requests may end long after this one has begun.
     */
    private void owe(Key key, Owed owed, Backend backend, Journal journal) {
        Topology topology = this.topology;
        Node owner = topology.owner(key);
        if (owner.journal() == journal && owner.address().id().equals(backend.id())) {
            return;
        }
        for (Node other : topology.nodes()) {
            boolean successor = other.address().id().equals(backend.id());
            if (other.journal() != journal && (successor || other == owner)) {
                other.owe(key, successor ? owed : Owed.DELETE);
            }
        }
    }

    private static void requireDistinct(List<Backend> backends) {
        if (backends.isEmpty()) {
            throw new IllegalArgumentException("backends: [] (expected: at least one)");
        }
        Require.distinct("backends", backends, Backend::id);
        Require.distinct("backends", backends, Backend::hostAndPort);
    }

    Topology topology() {
        return this.topology;
    }

    boolean isClosed() {
        return this.closed;
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
        List<BackendStatus> statuses = this.topology.nodes().stream().map(Node::status).toList();
        return this.closed ? statuses.stream().map(this::closed).toList() : statuses;
    }

    /** However it was last: nothing is sent to it any more. */
    private BackendStatus closed(BackendStatus last) {
        MemlinkException cause = new MemlinkClosedException(Outcome.NOT_SENT,
                last.address() + ": the client was closed", null);
        return new BackendStatus(last.address(), BackendStatus.State.DOWN, this.closedAt, cause, last.version(),
                last.connections(), last.poolSize(), last.inFlight(), last.pendingBytes(), last.journalDepth(),
                last.journalLost());
    }

    @Override
    public Map<String, Double> shares() {
        return this.topology.shares();
    }

    @Override
    public synchronized boolean apply(List<Backend> backends, boolean force) {
        requireDistinct(Require.present("backends", backends));
        this.failover.requireOutside(backends);
        Topology before = this.topology;
        if (this.closed || before.addresses().equals(backends)) {
            return false;
        }
        Map<String, Node> known = new HashMap<>();
        before.nodes().forEach((node) -> known.put(node.address().id(), node));
        if (!force && !this.provisional) {
            requireEnoughStay(backends, known);
        }
        Topology after = topology(backends, known, before);
        List<Node> removed = without(before.nodes(), after.nodes());
        List<Node> added = without(after.nodes(), before.nodes());
        List<Backend> addresses = before.addresses();
        // Before anybody reads from the new owners, and once more for what came
        // meanwhile.
        passOn(before, after);
        IntStream.range(0, backends.size()).forEach((i) -> after.nodes().get(i).be(backends.get(i)));
        this.topology = after;
        this.provisional = false;
        removed.forEach(this::retire);
        passOn(before, after);
        added.forEach((node) -> node.delivery().begin());
        this.journals.keep(backends);
        List<Backend> gone = addresses.stream().filter((backend) -> !backends.contains(backend)).toList();
        List<Backend> come = backends.stream().filter((backend) -> !addresses.contains(backend)).toList();
        this.events.tell((listener) -> listener.membershipChanged(after.generation(), come, gone));
        return true;
    }

    private Topology topology(List<Backend> backends, Map<String, Node> known, Topology before) {
        NodeLocator locator = this.locator.create(List.copyOf(backends));
        List<Node> nodes = new ArrayList<>(backends.size());
        try {
            for (Backend backend : backends) {
                nodes.add(nodeFor(backend, known.get(backend.id())));
            }
            return new Topology(nodes, locator, before.generation() + 1, this.timers.now());
        }
        catch (Throwable ex) {
            without(nodes, before.nodes()).forEach(this::retire);
            throw ex;
        }
    }

    private Node nodeFor(Backend backend, @Nullable Node known) {
        if (known != null && known.canBe(backend)) {
            return known;
        }
        return new Node(backend, this.journals.of(backend), this.factory);
    }

    // A client that is closed meanwhile has to close these too.
    private void retire(Node node) {
        this.leaving.add(node);
        node.retire(() -> this.leaving.remove(node));
    }

    /**
     * Whoever has a key from now on may have an older value of it than the one that its
     * owner so far is owed a delete of. Who found that owner before adds to its journal a
     * little later.
     */
    private static void passOn(Topology before, Topology after) {
        for (Node node : before.nodes()) {
            for (Journal.Entry entry : node.journal().entries()) {
                Node owner = after.owner(entry.key());
                if (owner != node && before.owner(entry.key()) == node) {
                    owner.oweHere(entry.key(), Owed.DELETE);
                }
            }
        }
    }

    /**
     * Those that cannot be used may go: there is nothing to lose.
     */
    private void requireEnoughStay(List<Backend> backends, Map<String, Node> known) {
        Map<String, Node> leaving = new HashMap<>(known);
        backends.forEach((backend) -> leaving.remove(backend.id()));
        leaving.values().removeIf((node) -> !node.isUsable());
        if (2 * leaving.size() > known.size()) {
            String reason = "backends: " + backends + " (expected: at least half of " + known.keySet()
                    + ", unless the change is forced or the others are down)";
            this.events.tell((listener) -> listener.membershipRefused(backends, reason));
            throw new IllegalArgumentException(reason);
        }
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

    Node node(String id) {
        return this.topology.nodes()
            .stream()
            .filter((node) -> node.address().id().equals(id))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(
                    "backend: " + id + " (expected: one of " + this.topology.addresses() + ")"));
    }

    synchronized CompletableFuture<Void> close(Duration timeout) {
        if (!this.closed) {
            this.closedAt = this.timers.now();
            this.closed = true;
        }
        Node[] leaving = this.leaving.toArray(Node[]::new);
        return CompletableFuture.allOf(Stream.concat(this.topology.nodes().stream(), Stream.of(leaving))
            .map((node) -> node.close(timeout))
            .toArray((length) -> new CompletableFuture<?>[length]));
    }

}
