package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.JournalOverflow;
import io.memlink.cluster.health.NodeHealth;
import io.memlink.cluster.health.SlowReturn;
import io.memlink.cluster.journal.Journal;
import io.memlink.cluster.journal.Journal.Added;
import io.memlink.cluster.journal.JournalDelivery;
import io.memlink.cluster.journal.OwedRequest;
import io.memlink.cluster.journal.RequestEffect;
import io.memlink.cluster.journal.RequestEffect.Owed;
import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.Outcome;
import io.memlink.link.ConnectionPool;
import io.memlink.link.Request;
import io.memlink.meta.Key;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaRequest;
import io.memlink.placement.Backend;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;

/**
 * One backend that is being used: its address, its connections, how it is, and the
 * journal of its machine, which it shares with those before and after it. Safe for use by
 * many threads. Owns its connections.
 */
final class Node {

    /** Whoever found this node in an older list of backends has sent by then. */
    static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

    /** Another one where only the weight differs. */
    private volatile Backend address;

    private final Timers timers;

    private final ClusterEvents events;

    private final NodeFactory factory;

    private final Journal journal;

    private final JournalDelivery delivery;

    /** One for all requests. */
    private final BiConsumer<MetaRequest<?>, MemlinkException> unbelieved = (request, failure) -> owe(request.key(),
            RequestEffect.afterFailure(request, failure, true));

    private final SlowReturn slowReturn;

    private final NodeHealth health;

    /**
     * Set before anybody but the connections themselves can find this node. Stays
     * {@code null} for backends that nobody knows.
     */
    private volatile @Nullable ConnectionPool pool;

    private volatile boolean retired;

    /** Whether its client is closed. */
    private volatile boolean closed;

    /** Creates a node, which begins to connect. */
    Node(Backend address, Journal journal, NodeFactory factory) {
        this(address, journal, factory, null);
    }

    /**
     * Creates a node that stands for backends that nobody knows yet. It has no
     * connections, and remembers the deletes that they will have to be told of.
     */
    static Node undiscovered(NodeFactory factory, Journal journal, MemlinkException reason) {
        return new Node(Backend.UNDISCOVERED, journal, factory, reason);
    }

    private Node(Backend address, Journal journal, NodeFactory factory, @Nullable MemlinkException unknown) {
        this.address = address;
        this.factory = factory;
        this.timers = factory.timers();
        this.events = factory.events();
        this.journal = journal;
        this.delivery = new JournalDelivery(journal, this.timers, this::sendAnyway, this::isDeliverable);
        this.slowReturn = new SlowReturn(this.timers::nanoTime);
        NodeWatch watch = new NodeWatch(this, factory);
        this.health = new NodeHealth(address, this.timers, watch);
        if (unknown != null) {
            this.health.unreachable(unknown);
            return;
        }
        if (journal.isOverflowed()) {
            this.health.unreachable(new MemlinkConnectionException(Reason.EJECTED, Outcome.NOT_SENT,
                    address + ": has to be settled first, since its journal overflowed", null));
        }
        this.pool = factory.connect(address, watch);
        watch.start();
    }

    Backend address() {
        return this.address;
    }

    /** Returns whether this node can go on as a backend of the next list. */
    boolean canBe(Backend backend) {
        return this.address.id().equals(backend.id()) && this.address.hostAndPort().equals(backend.hostAndPort());
    }

    /** Goes on as a backend that differs at most in its weight. */
    void be(Backend backend) {
        this.address = backend;
    }

    NodeHealth health() {
        return this.health;
    }

    Journal journal() {
        return this.journal;
    }

    JournalDelivery delivery() {
        return this.delivery;
    }

    SlowReturn slowReturn() {
        return this.slowReturn;
    }

    /**
     * Returns the connections; {@code null} while they are being created, and where there
     * are none.
     */
    @Nullable ConnectionPool pool() {
        return this.pool;
    }

    private ConnectionPool connections() {
        return Objects.requireNonNull(this.pool, "pool");
    }

    boolean isUsable() {
        return this.health.refusal() == null;
    }

    private boolean isDeliverable() {
        return isUsable() && !this.retired;
    }

    /** Returns whether this node is in use no more. */
    boolean isRetired() {
        return this.retired;
    }

    /** Sends a request, or fails it at once where this backend cannot be used. */
    <R, T extends @Nullable Object> CompletableFuture<T> send(MetaRequest<R> request,
            Function<? super R, ? extends T> meaning) {
        MemlinkException refusal = this.health.refusal();
        if (refusal != null) {
            return refuse(request, this.closed ? closed() : refusal);
        }
        ConnectionPool connections = connections();
        if (this.slowReturn.isOn() && !(request instanceof MetaDelete)
                && !this.slowReturn.admits(connections.pending())) {
            return refuse(request, new MemlinkOverloadedException(
                    this.address + ": has just returned; load is being increased gradually"));
        }
        return OwedRequest.send(request, meaning, this.journal, this.delivery, connections, this.unbelieved);
    }

    /** Returns whether requests for keys are sent without further ado. */
    boolean arePlain(Key[] keys) {
        if (!isUsable() || this.slowReturn.isOn()) {
            return false;
        }
        for (int i = 0; i < keys.length && this.journal.depth() > 0; i++) {
            if (this.journal.find(keys[i]) != null) {
                return false;
            }
        }
        return true;
    }

    /** Returns how many connections there are. */
    int lanes() {
        ConnectionPool pool = this.pool;
        return (pool != null) ? pool.size() : 1;
    }

    /** Returns which of the connections requests for a key use. */
    int lane(Key key) {
        ConnectionPool pool = this.pool;
        return (pool != null) ? pool.lane(key.hashCode()) : 0;
    }

    /**
     * Sends a request down one of the connections, whether or not this backend is used.
     */
    <R> CompletableFuture<R> sendDown(int lane, Request<R> request) {
        ConnectionPool pool = this.pool;
        MemlinkException refusal = this.health.refusal();
        return (pool == null && refusal != null) ? CompletableFuture.failedFuture(refusal)
                : connections().sendDown(lane, request);
    }

    /** Sends a request whether or not this backend is used. */
    <R> CompletableFuture<R> sendAnyway(Request<R> request) {
        return sendAnyway(request, Function.identity());
    }

    private <R, T extends @Nullable Object> CompletableFuture<T> sendAnyway(Request<R> request,
            Function<? super R, ? extends T> meaning) {
        ConnectionPool pool = this.pool;
        MemlinkException refusal = this.health.refusal();
        return (pool == null && refusal != null) ? CompletableFuture.failedFuture(refusal)
                : connections().send(request, meaning);
    }

    /** Whether or not it was used until then: it will not be any more. */
    private MemlinkException closed() {
        return new MemlinkClosedException(Outcome.NOT_SENT, this.address + ": the client was closed", null);
    }

    private <T extends @Nullable Object> CompletableFuture<T> refuse(MetaRequest<?> request, MemlinkException refusal) {
        owe(request.key(), RequestEffect.afterFailure(request, refusal, false));
        this.events.requestEnded(this.address, request, null, refusal, 0, 0);
        return CompletableFuture.failedFuture(refusal);
    }

    /**
     * Remembers that this backend has to delete a key; tells it soon if it can be. One
     * that has left will be told when it returns. Whoever has the key by now, if that is
     * another one, may have an older value, and so may whoever stands in.
     */
    void owe(Key key, Owed owed) {
        if (owed != Owed.NOTHING) {
            oweHere(key, owed);
            this.factory.journals().oweElsewhere(key, owed, this.address, this.journal);
        }
    }

    /** Remembers to delete a key, since whoever stands in for this backend changes it. */
    void outdate(Key key) {
        oweHere(key, Owed.DELETE);
        this.factory.journals().oweOwner(key, Owed.DELETE, this.address, this.journal);
    }

    /** Remembers that this backend has to delete a key, whoever has it by now. */
    void oweHere(Key key, Owed owed) {
        Added added = this.journal.add(key, this.timers.nanoTime(), owed == Owed.DELETE_AND_QUARANTINE);
        if (added != Added.KEPT) {
            lose(added);
        }
    }

    private void lose(Added added) {
        if (added == Added.OVERFLOWED) {
            int depth = this.journal.depth();
            this.events.tell((listener) -> listener.journalOverflowed(this.address, depth));
        }
        if (this.factory.overflow() == JournalOverflow.FLUSH && isUsable()) {
            this.timers.execute(this.health::unsettle);
        }
    }

    BackendStatus status() {
        ConnectionPool pool = this.pool;
        if (pool == null) {
            return new BackendStatus(this.address, this.health.state(), this.health.since(), this.health.lastFailure(),
                    null, 0, 0, 0, 0, this.journal.depth(), this.journal.lost());
        }
        List<Object> sessions = pool.sessions();
        String version = sessions.isEmpty() ? null : String.valueOf(sessions.get(0));
        return new BackendStatus(this.address, this.health.state(), this.health.since(), this.health.lastFailure(),
                version, pool.connections(), pool.size(), pool.inFlight(), pool.pendingBytes(), this.journal.depth(),
                this.journal.lost());
    }

    /**
     * Lets what is pending finish, and closes the connections.
     * @param closed is told when they are
     */
    void retire(Runnable closed) {
        this.retired = true;
        this.delivery.end();
        this.timers.execute(this.health::retire);
        this.timers.schedule(() -> close(DRAIN_TIMEOUT).whenComplete((nothing, failure) -> closed.run()), GRACE_NANOS);
    }

    /**
     * Ends what is pending, within a while, and closes the connections. The journal ends
     * with its client, so what can be delivered of it is delivered before.
     */
    CompletableFuture<Void> close(Duration timeout) {
        this.closed = !this.retired;
        ConnectionPool pool = this.pool;
        if (pool == null) {
            return CompletableFuture.completedFuture(null);
        }
        return (this.journal.depth() == 0 || timeout.isZero()) ? pool.close(timeout)
                : settle(timeout).thenCompose(pool::close);
    }

    /** Returns how much is left of the time once nothing can be delivered any more. */
    private CompletableFuture<Duration> settle(Duration timeout) {
        long endNanos = this.timers.nanoTime() + timeout.toNanos();
        CompletableFuture<Void> settled = new CompletableFuture<>();
        this.delivery.settle(() -> settled.complete(null));
        this.timers.schedule(() -> settled.complete(null), timeout.toNanos());
        return settled.thenApply((nothing) -> Duration.ofNanos(Math.max(0, endNanos - this.timers.nanoTime())));
    }

    @Override
    public String toString() {
        return "Node[" + this.address + ", " + this.health.state() + "]";
    }

}
