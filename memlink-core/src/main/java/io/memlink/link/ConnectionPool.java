package io.memlink.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

import io.memlink.check.Require;
import io.memlink.error.MemlinkException;
import io.memlink.link.flow.Budget;
import io.memlink.link.flow.Lanes;
import io.memlink.link.loop.DrivenLoop;
import io.memlink.link.loop.LaneChoice;
import io.netty.util.concurrent.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of pipelined connections to one server, seen as one link. Safe for use
 * by many threads. Owns its connections, but not the {@link LinkResources} it was given.
 * <p>
 * Requests of one affinity use one connection as long as any of them is pending, and so
 * keep their order. Asynchronous ones use the first quarter of the connections, by
 * affinity; a caller that waits may use any, in an order that {@link LaneChoice} knows.
 * <p>
 * A request waits for its connection while it is dialed for the first time or again after
 * it was lost. When that dial has failed, it fails at once with
 * {@link io.memlink.error.Outcome#NOT_SENT} until a later one succeeds.
 *
 * @since 0.1.0
 */
public final class ConnectionPool implements Link {

    /** One that is used, and one that is being replaced. */
    private static final int MAX_CONNECTIONS_OF_SLOT = 2;

    /** One connection of so many is for asynchronous requests. */
    private static final int SHARE = 4;

    private final ConnectionSlot[] slots;

    /** Of no use to a single connection. */
    private final Lanes lanes = new Lanes();

    private final LaneChoice choice;

    private final Ticker ticker;

    private final Exchange.Terms terms;

    /** Those of requests that keep an order among several connections. */
    private final Exchange.Terms ordered;

    private final CloseCause closedCause;

    private volatile boolean closed;

    /**
     * Creates a pool and begins to connect in the background; needs nobody to listen yet.
     * @param endpoint where the server listens; names are looked up anew for each
     * connection
     * @param protocol how connections are greeted
     * @param options clocks and bounds
     * @param resources threads, shared with other pools
     */
    public ConnectionPool(Endpoint endpoint, Protocol protocol, LinkOptions options, LinkResources resources) {
        this(endpoint, protocol, options, resources, LinkListener.NONE);
    }

    /**
     * Creates a pool that tells what happens to it.
     * @param endpoint where the server listens; names are looked up anew for each
     * connection
     * @param protocol how connections are greeted
     * @param options clocks and bounds
     * @param resources threads, shared with other pools
     * @param listener who is told
     */
    public ConnectionPool(Endpoint endpoint, Protocol protocol, LinkOptions options, LinkResources resources,
            LinkListener listener) {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(resources, "resources");
        Objects.requireNonNull(listener, "listener");
        Dialer dialer = new Dialer(endpoint, protocol, options, resources);
        Budget budget = budget(options, resources.budget());
        resources.requestsTake(options.requestTimeoutNanos());
        this.closedCause = CloseCause.closed(dialer.server());
        this.terms = new Exchange.Terms(options.requestTimeoutNanos(), GuardedListener.of(listener),
                options.callbackExecutor(), null);
        this.ordered = new Exchange.Terms(this.terms.timeoutNanos(), this.terms.listener(), this.terms.executor(),
                this.lanes);
        this.choice = resources.laneChoice();
        this.ticker = resources.ticker();
        this.slots = new ConnectionSlot[options.poolSize()];
        List<DrivenLoop> loops = resources.loops(options.poolSize());
        try {
            for (int i = 0; i < this.slots.length; i++) {
                this.slots[i] = new ConnectionSlot(dialer, this.terms, budget, loops.get(i));
            }
        }
        catch (Throwable ex) {
            Stream.of(this.slots).filter(Objects::nonNull).forEach((slot) -> slot.close(0));
            throw ex;
        }
    }

    /**
     * Counting costs, so there is a bound for the pool only where it could be reached.
     */
    private static Budget budget(LinkOptions options, Budget client) {
        int connections = options.poolSize();
        long reachable = MAX_CONNECTIONS_OF_SLOT * connections * (long) options.maxInFlightBytes();
        if (reachable <= options.maxPendingBytesPerBackend()) {
            return client;
        }
        return new Budget("backend", connections * options.maxInFlight(), options.maxPendingBytesPerBackend(), client);
    }

    @Override
    public <R, T extends @Nullable Object> CompletableFuture<T> send(Request<R> request,
            Function<? super R, ? extends T> meaning) {
        ConnectionSlot[] slots = this.slots;
        if (this.closed || slots.length == 1) {
            return sendDown(0, request, meaning);
        }
        int wanted = this.choice.choose(home(request.affinity()), slots);
        Exchange<R, T> exchange = exchange(request, meaning, this.ordered);
        slots[this.lanes.enter(exchange.affinity(), wanted)].send(exchange);
        return exchange;
    }

    /**
     * Sends a request down one of the connections, whatever its affinity. It comes behind
     * those of an affinity where it {@linkplain #lane goes where they go}; others do not
     * wait for it.
     * @param <R> the type of the reply
     * @param lane the number of the connection, 0 to {@link #size()} - 1
     * @param request the request
     * @return the reply
     */
    public <R> CompletableFuture<R> sendDown(int lane, Request<R> request) {
        Objects.requireNonNull(request, "request");
        Require.within("lane", lane, 0, this.slots.length - 1);
        return sendDown(lane, request, Function.identity());
    }

    private <R, T extends @Nullable Object> CompletableFuture<T> sendDown(int lane, Request<R> request,
            Function<? super R, ? extends T> meaning) {
        if (this.closed) {
            Exchange<R, T> refused = new Exchange<>(request, meaning, 0, this.terms);
            refused.reject(this.closedCause.unwritten());
            return refused;
        }
        Exchange<R, T> exchange = exchange(request, meaning, this.terms);
        this.slots[lane].send(exchange);
        return exchange;
    }

    /**
     * Returns the connection that an asynchronous request of an affinity uses, behind
     * those that are pending.
     * @param affinity any number
     * @return the number of the connection, 0 to {@link #size()} - 1
     */
    public int lane(int affinity) {
        return (this.slots.length == 1) ? 0 : this.lanes.find(affinity, home(affinity));
    }

    Lanes lanes() {
        return this.lanes;
    }

    /**
     * Returns where asynchronous requests of an affinity go. Three of four connections
     * are left to callers that wait, as what many send at once is cheaper in fewer
     * pieces, unless none of the others is usable.
     */
    private int home(int affinity) {
        ConnectionSlot[] slots = this.slots;
        int home = Math.floorMod(affinity, Math.max(1, slots.length / SHARE));
        for (int i = 0; i < slots.length; i++) {
            int next = (home + i) % slots.length;
            if (slots[next].isUp()) {
                return next;
            }
        }
        return home;
    }

    private <R, T extends @Nullable Object> Exchange<R, T> exchange(Request<R> request,
            Function<? super R, ? extends T> meaning, Exchange.Terms terms) {
        return AwaitedExchange.unlessAsynchronous(request, meaning, this.ticker.nanoTime(), terms);
    }

    /**
     * Returns how many connections there should be.
     * @return the pool size
     */
    public int size() {
        return this.slots.length;
    }

    /**
     * Returns how many connections are usable.
     * @return 0 to {@link #size()}
     */
    public int connections() {
        int connections = 0;
        for (ConnectionSlot slot : this.slots) {
            connections += slot.isUp() ? 1 : 0;
        }
        return connections;
    }

    /**
     * Returns how many connections are being made at this moment; one that waits for the
     * next attempt is not.
     * @return 0 to {@link #size()}
     */
    public int dialing() {
        int dialing = 0;
        for (ConnectionSlot slot : this.slots) {
            dialing += slot.isDialing() ? 1 : 0;
        }
        return dialing;
    }

    /**
     * Returns how many connections are being replaced: they finish what was sent down
     * them, while their successors wait.
     * @return 0 to {@link #size()}
     */
    public int draining() {
        int draining = 0;
        for (ConnectionSlot slot : this.slots) {
            draining += (slot.draining() != null) ? 1 : 0;
        }
        return draining;
    }

    /**
     * Returns how many requests are in flight: written, and not answered yet.
     * @return at most {@link #pending()}, each of the two as it is at a moment of its own
     */
    public int inFlight() {
        return sum(Connection::inFlight);
    }

    /**
     * Returns how many requests are pending: accepted, and neither ended before they were
     * written nor answered.
     * @return requests, those in flight included
     */
    public int pending() {
        return sum((connection) -> connection.gate().requests());
    }

    /**
     * Returns how many bytes the requests have that are {@link #pending()}.
     * @return bytes, as {@link Request#encodedBytes()} counts them
     */
    public long pendingBytes() {
        long bytes = 0;
        for (ConnectionSlot slot : this.slots) {
            Connection draining = slot.draining();
            bytes += slot.connection().gate().bytes() + ((draining != null) ? draining.gate().bytes() : 0);
        }
        return bytes;
    }

    private int sum(ToIntFunction<Connection> count) {
        int sum = 0;
        for (ConnectionSlot slot : this.slots) {
            Connection draining = slot.draining();
            sum += count.applyAsInt(slot.connection()) + ((draining != null) ? count.applyAsInt(draining) : 0);
        }
        return sum;
    }

    /**
     * Returns what greeting found out about each usable connection: the version of the
     * server, where {@link Protocol#greet} tells that.
     * @return at most as many as there are {@link #connections()}
     */
    public List<Object> sessions() {
        List<Object> sessions = new ArrayList<>();
        for (ConnectionSlot slot : this.slots) {
            Object session = slot.session();
            if (session != null) {
                sessions.add(session);
            }
        }
        return sessions;
    }

    /**
     * Returns why a connection that should be usable is not.
     * @return the latest reason of one such connection; {@code null} where all are
     * usable, or are being dialed for the first time
     */
    public @Nullable MemlinkException lastFailure() {
        for (ConnectionSlot slot : this.slots) {
            MemlinkException failure = slot.lastFailure();
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    /**
     * Takes no more requests, lets pending ones finish, and closes the connections.
     * @param timeout what is still pending then fails with
     * {@link io.memlink.error.MemlinkClosedException}
     * @return completed when all connections are closed
     */
    public CompletableFuture<Void> close(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        this.closed = true;
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        for (ConnectionSlot slot : this.slots) {
            closing.add(slot.close(timeout.toNanos()));
        }
        return CompletableFuture.allOf(closing.toArray(new CompletableFuture<?>[0]));
    }

}
