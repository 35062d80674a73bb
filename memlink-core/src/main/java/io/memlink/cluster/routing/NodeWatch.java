package io.memlink.cluster.routing;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.JournalOverflow;
import io.memlink.cluster.health.EjectionLimit;
import io.memlink.cluster.health.FailureDetector;
import io.memlink.cluster.health.HangCheck;
import io.memlink.cluster.health.NodeHealth;
import io.memlink.cluster.journal.Journal;
import io.memlink.cluster.journal.JournalDelivery;
import io.memlink.cluster.journal.RequestEffect;
import io.memlink.error.MemlinkException;
import io.memlink.link.ConnectionPool;
import io.memlink.link.LinkListener;
import io.memlink.link.Request;
import io.memlink.meta.MetaNoop;
import io.memlink.meta.MetaRequest;
import io.memlink.meta.classic.ServerCommands;
import io.memlink.placement.Backend;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;

/**
 * The way of what happens on the connections of a node to its health, and of what its
 * health asks for to the connections. Signals come from any thread; what they lead to is
 * done on the timers of the cluster.
 */
final class NodeWatch implements LinkListener, NodeHealth.Actions {

    private final Node node;

    private final Timers timers;

    private final ClusterEvents events;

    private final EjectionLimit limit;

    private final JournalOverflow overflow;

    private final FailureDetector detector;

    private final HangCheck hangCheck;

    private final RequestLog log;

    NodeWatch(Node node, NodeFactory factory) {
        this.node = node;
        this.timers = factory.timers();
        this.events = factory.events();
        this.limit = factory.limit();
        this.overflow = factory.overflow();
        this.detector = new FailureDetector(this.timers::nanoTime);
        this.hangCheck = new HangCheck(this.timers, node::lanes, (lane) -> node.sendDown(lane, MetaNoop.INSTANCE),
                this::suspect);
        this.log = new RequestLog(node.address(), this.timers::nanoTime, factory.slowRequestNanos());
    }

    /** Catches up on what happened before the node knew its connections. */
    void start() {
        this.timers.execute(() -> look(null));
    }

    @Override
    public void connected() {
        this.timers.execute(() -> look(null));
        Backend address = this.node.address();
        this.events.tell((listener) -> listener.connected(address));
    }

    @Override
    public void disconnected(MemlinkException cause) {
        Backend address = this.node.address();
        this.events.tell((listener) -> listener.disconnected(address, cause));
    }

    @Override
    public void lateReply(Request<?> request) {
        this.hangCheck.answered();
        this.events.replyLate(this.node.address(), request);
    }

    @Override
    public void dialFailed(MemlinkException cause) {
        this.timers.execute(() -> look(cause));
    }

    private void look(@Nullable MemlinkException dialFailure) {
        ConnectionPool pool = this.node.pool();
        if (pool == null) {
            return;
        }
        if (pool.connections() == 0) {
            MemlinkException failure = (dialFailure != null) ? dialFailure : missedFailure(pool);
            if (failure != null) {
                this.node.health().unreachable(failure);
            }
        }
        else if (dialFailure == null) {
            this.node.health().reachable();
        }
    }

    private static @Nullable MemlinkException missedFailure(ConnectionPool pool) {
        return (pool.dialing() < pool.size()) ? pool.lastFailure() : null;
    }

    @Override
    public void ended(Request<?> request, @Nullable Object reply, @Nullable Throwable failure, long queuedNanos,
            long wireNanos) {
        // First, since nothing that fails may keep it from being done.
        if (failure != null && request instanceof MetaRequest<?> keyed && !this.node.delivery().isSending(request)) {
            this.node.owe(keyed.key(), RequestEffect.afterFailure(request, failure, wireNanos > 0));
        }
        MemlinkException unhealthy = this.detector.count(failure);
        if (unhealthy != null) {
            suspect(unhealthy);
        }
        if (this.node.isUsable()) {
            this.hangCheck.count(failure);
        }
        this.log.ended(request, failure, queuedNanos, wireNanos);
        this.events.requestEnded(this.node.address(), request, reply, failure, queuedNanos, wireNanos);
    }

    private void suspect(MemlinkException cause) {
        this.timers.execute(() -> this.node.health().suspected(cause));
    }

    @Override
    public void stateChanged(State before, State after, @Nullable MemlinkException cause) {
        if (after == State.UP) {
            this.detector.reset();
            if (before != State.CONNECTING) {
                this.node.slowReturn().begin();
            }
            if (this.node.journal().depth() > 0) {
                this.node.delivery().wake();
            }
        }
        Backend address = this.node.address();
        this.events.tell((listener) -> listener.stateChanged(address, before, after, cause));
    }

    @Override
    public boolean mayEject() {
        return this.limit.mayEject(this.node.health());
    }

    @Override
    public void probe(int turn, long delayNanos) {
        this.timers.schedule(() -> probeNow(turn), delayNanos);
    }

    private void probeNow(int turn) {
        NodeHealth health = this.node.health();
        if (health.isTurn(turn)) {
            this.node.sendAnyway(probe())
                .whenComplete((reply, failure) -> this.timers
                    .execute(() -> health.probed(turn, JournalDelivery.failureOf(failure))));
        }
    }

    /**
     * Returns one of two by chance, as neither has an opaque: where a connection is out
     * of step, the reply to one is taken for that to the other sooner or later, and ends
     * it.
     */
    private Request<?> probe() {
        return (this.timers.random() < 0.5) ? MetaNoop.INSTANCE : ServerCommands.version();
    }

    @Override
    public boolean isSettled() {
        Journal journal = this.node.journal();
        return !journal.isOverflowed() && journal.due(this.timers.nanoTime()) == 0;
    }

    @Override
    public void settle(int turn) {
        new JournalSettlement(this.node, this.overflow, this.timers, this.events)
            .begin((failure) -> this.node.health().settled(turn, failure));
    }

    @Override
    public String toString() {
        return "NodeWatch[" + this.node + "]";
    }

}
