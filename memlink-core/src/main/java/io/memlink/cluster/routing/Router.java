package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.Failover;
import io.memlink.cluster.Invalidation;
import io.memlink.cluster.KeyRoute;
import io.memlink.cluster.KeyRoute.Why;
import io.memlink.cluster.Membership;
import io.memlink.cluster.RequestObserver;
import io.memlink.cluster.journal.ClientJournals;
import io.memlink.cluster.journal.RequestEffect;
import io.memlink.cluster.journal.RequestEffect.Owed;
import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.Outcome;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.Protocol;
import io.memlink.link.loop.CallFuture;
import io.memlink.meta.Done;
import io.memlink.meta.Key;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaRequest;
import io.memlink.placement.Backend;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;

/**
 * The way of each request to the backend its key belongs to. A key never moves because
 * that backend cannot be used, since the value it left behind would be read again one
 * day: the request fails at once then, or goes to the gutter. Safe for use by many
 * threads. Owns the connections, but not the {@link LinkResources} it was given.
 *
 * @since 0.1.0
 */
public final class Router {

    private final Cluster cluster;

    private final @Nullable Gutter gutter;

    private final @Nullable RequestObserver observer;

    private final Bulk bulk;

    private final KeyTurns turns;

    /**
     * Creates a router and begins to connect in the background.
     * @param backends at least one, with different identities and addresses
     * @param cluster how it decides
     * @param journals what was owed before
     * @param protocol how connections are greeted
     * @param options clocks and bounds of each backend's connections
     * @param resources threads
     * @throws IllegalArgumentException where there is no backend, or one twice
     */
    public Router(List<Backend> backends, ClusterOptions cluster, ClientJournals journals, Protocol protocol,
            LinkOptions options, LinkResources resources) {
        this(backends, null, cluster, journals, protocol, options, resources);
    }

    /**
     * Creates a router whose backends will be told later, with {@link Membership#apply}.
     * Until then all requests fail at once, and deletes are journalled.
     * @param undiscovered why there are no backends yet
     * @param cluster how it decides
     * @param journals what was owed before
     * @param protocol how connections are greeted
     * @param options clocks and bounds of each backend's connections
     * @param resources threads
     */
    public Router(MemlinkException undiscovered, ClusterOptions cluster, ClientJournals journals, Protocol protocol,
            LinkOptions options, LinkResources resources) {
        this(List.of(), undiscovered, cluster, journals, protocol, options, resources);
    }

    /**
     * Creates a router of backends that are used until others are told, any others.
     */
    static Router provisional(List<Backend> backends, ClusterOptions cluster, ClientJournals journals,
            Protocol protocol, LinkOptions options, LinkResources resources) {
        Router router = new Router(backends, cluster, journals, protocol, options, resources);
        router.cluster.provisional();
        return router;
    }

    private Router(List<Backend> backends, @Nullable MemlinkException undiscovered, ClusterOptions cluster,
            ClientJournals journals, Protocol protocol, LinkOptions options, LinkResources resources) {
        Failover failover = cluster.failover();
        failover.requireOutside(backends);
        this.cluster = new Cluster(backends, undiscovered, cluster, journals.backends(), protocol, options, resources);
        this.gutter = failover.hasGutter() ? new Gutter(
                new Cluster(failover.gutter(), null, cluster, journals.gutter(), protocol, options, resources),
                failover.maxTimeToLive()) : null;
        // All of them have to be known before what is owed is passed on to them.
        journals.passOn();
        this.cluster.begin();
        if (this.gutter != null) {
            this.gutter.cluster().begin();
        }
        this.observer = ClusterEvents.guarded(cluster.observer());
        this.bulk = new Bulk(this.cluster, BulkLimits.of(options), resources.timers(), new ConcurrentHashMap<>());
        this.turns = new KeyTurns(resources.timers(), options.requestTimeout().toNanos());
    }

    Bulk bulk() {
        return this.bulk;
    }

    /** Returns whether requests for keys are sent to their node without further ado. */
    boolean arePlain(Node node, Key[] keys) {
        for (Key key : keys) {
            if (!this.turns.isFree(key)) {
                return false;
            }
        }
        return node.arePlain(keys);
    }

    /**
     * The things that operations on many keys share.
     *
     * @param cluster the backends
     * @param limits how much may be pending at one backend
     * @param timers what sends again after a while
     * @param shares what is pending at each backend
     */
    record Bulk(Cluster cluster, BulkLimits limits, Timers timers, Map<Backend, BulkShare> shares) {

        /** Those of backends that left are dropped on occasion. */
        BulkShare share(Backend backend) {
            if (this.shares.size() > 2 * this.cluster.topology().nodes().size()) {
                this.shares.values().removeIf(BulkShare::isIdle);
            }
            return this.shares.computeIfAbsent(backend, (absent) -> new BulkShare(this.limits));
        }

        /** Returns what is another object after each change of the backends. */
        Object membership() {
            return this.cluster.topology();
        }

        Node owner(Key key) {
            return this.cluster.topology().owner(key);
        }

    }

    /**
     * Sends a request to the backend its key belongs to, or to the gutter; never blocks.
     * @param request the request
     * @param <R> the type of the reply
     * @return the reply, as {@link io.memlink.link.Link#send} says; fails at once with
     * {@link io.memlink.error.Outcome#NOT_SENT} where the backend cannot be used
     */
    public <R> CompletableFuture<R> send(MetaRequest<R> request) {
        return send(request, Function.identity());
    }

    /**
     * Sends a request as {@link #send(MetaRequest)} does, and yields what its reply
     * means.
     * @param request the request
     * @param meaning called where the future is completed; what it throws fails the
     * future
     * @param <R> the type of the reply
     * @param <T> the type of its meaning
     * @return the meaning of the reply
     */
    public <R, T extends @Nullable Object> CompletableFuture<T> send(MetaRequest<R> request,
            Function<? super R, ? extends T> meaning) {
        return this.turns.isFree(request.key()) ? sendNow(request, meaning)
                : this.turns.take(request.key(), () -> sendNow(request, meaning), (failure) -> owe(request, failure));
    }

    /**
     * Remembers what a request leaves to be done that never came to its backend: as much
     * as if it had not been sent.
     * @param request the request
     * @param failure why
     */
    public void owe(MetaRequest<?> request, Throwable failure) {
        Owed owed = RequestEffect.afterFailure(request, failure, false);
        if (owed != Owed.NOTHING) {
            this.cluster.topology().owner(request.key()).owe(request.key(), owed);
        }
    }

    /**
     * Operates on a key with several requests, one after the other. What is sent for that
     * key meanwhile, through this router, waits until they have ended.
     * @param key the key
     * @param operation sends its requests with what it is given
     * @param <T> the type of what it yields
     * @return what it yields; fails with {@link io.memlink.error.Outcome#NOT_SENT} where
     * the operations called before it take longer than the request timeout
     */
    public <T extends @Nullable Object> CompletableFuture<T> inTurn(Key key,
            Function<Turn, CompletableFuture<T>> operation) {
        return this.turns.take(key, () -> operation.apply(new Turn(this, this.bulk.timers().nanoTime())));
    }

    /** The requests of an operation on one key. */
    public static final class Turn {

        private final Router router;

        private final long begunNanos;

        private Turn(Router router, long begunNanos) {
            this.router = router;
            this.begunNanos = begunNanos;
        }

        /**
         * Sends a request for the key of the operation.
         * @param request the request
         * @param <R> the type of the reply
         * @return the reply
         */
        public <R> CompletableFuture<R> send(MetaRequest<R> request) {
            return this.router.sendNow(request, Function.identity());
        }

        /**
         * Returns whether the operation takes longer than a request may.
         * @return whether it has to end
         */
        public boolean isOver() {
            Bulk bulk = this.router.bulk;
            return bulk.timers().nanoTime() - this.begunNanos > bulk.limits().patience().toNanos();
        }

    }

    private <R, T extends @Nullable Object> CompletableFuture<T> sendNow(MetaRequest<R> request,
            Function<? super R, ? extends T> meaning) {
        RequestObserver observer = this.observer;
        try {
            Node owner = this.cluster.topology().owner(request.key());
            return (observer == null) ? send(request, meaning, owner)
                    : observer.observe(owner.address(), request, () -> send(request, meaning, owner));
        }
        catch (Throwable ex) {
            // Of a locator: it ends this request, and nothing else.
            return CompletableFuture.failedFuture(ex);
        }
    }

    /**
     * Sends a request to one backend, whoever owns its key, and never to the gutter.
     * @param id the identity of the backend
     * @param request the request
     * @param <R> the type of the reply
     * @return the reply, as {@link io.memlink.link.Link#send} says; fails where there is
     * no such backend any more
     */
    public <R> CompletableFuture<R> send(String id, MetaRequest<R> request) {
        try {
            return this.cluster.node(id).send(request, Function.identity());
        }
        catch (IllegalArgumentException ex) {
            return CompletableFuture
                .failedFuture(new MemlinkConnectionException(Reason.EJECTED, Outcome.NOT_SENT, id + ": has left", ex));
        }
    }

    private <R, T extends @Nullable Object> CompletableFuture<T> send(MetaRequest<R> request,
            Function<? super R, ? extends T> meaning, Node owner) {
        Gutter gutter = this.gutter;
        if (gutter != null && !owner.isUsable()) {
            Node standIn = standIn(gutter, request, owner);
            if (standIn != null) {
                return gutter.send(request, meaning, standIn, owner);
            }
        }
        return owner.send(request, meaning);
    }

    private static @Nullable Node standIn(Gutter gutter, MetaRequest<?> request, Node owner) {
        try {
            return gutter.standIn(request.key());
        }
        catch (Throwable ex) {
            // What a locator throws ends the request, which nobody gets.
            if (RequestEffect.afterFailure(request, ex, false) != Owed.NOTHING) {
                owner.outdate(request.key());
            }
            throw ex;
        }
    }

    /** Returns the backend that a key belongs to, whether or not it can be used. */
    public Backend owner(Key key) {
        return this.cluster.topology().owner(key).address();
    }

    /**
     * Has a bulk read observed, in the thread of its caller.
     * @param keys how many keys it reads
     * @param read begins it
     * @param <T> the type of the result
     * @return the result
     */
    public <T> CompletableFuture<T> observed(int keys, Supplier<CompletableFuture<T>> read) {
        RequestObserver observer = this.observer;
        return (observer != null) ? observer.observeBulkRead(keys, read) : read.get();
    }

    /**
     * Reads the values and client flags of many keys, those of one connection together; a
     * bounded number of them is pending. Never blocks. A stale value is a hit like any
     * other, unless this read took the turn to replace it, which few do.
     * @param keys the keys; kept until all have been read
     * @param results told what became of each of them
     */
    public void getAll(List<Key> keys, Results results) {
        new BatchedGet(this, keys, results).begin();
    }

    /**
     * Is told what became of each of several keys: once for each, on the thread that
     * completes futures, or at once on the caller's.
     */
    public interface Results {

        /**
         * Tells how the read of a key ended.
         * @param index its place
         * @param reply the reply; {@code null} where it failed
         * @param failure why it failed; {@code null} where it did not
         */
        void ended(int index, @Nullable MetaReply reply, @Nullable Throwable failure);

        /**
         * Tells that what locates keys has thrown something: no more keys end.
         * @param failure what it has thrown
         */
        void broken(Throwable failure);

    }

    /**
     * Deletes an item, and never forgets to: where its backend cannot be told, the key is
     * journalled, and is not read from that backend before it was told.
     * @param key the key
     * @return what became of it; fails only where the journal is full or the client was
     * closed
     */
    public CompletableFuture<Invalidation> invalidate(Key key) {
        MetaDelete delete = MetaDelete.builder(key).build();
        Node owner;
        try {
            owner = this.cluster.topology().owner(key);
        }
        catch (Throwable ex) {
            return CompletableFuture.failedFuture(ex);
        }
        // What the gutter says of a delete tells nothing about the owner's item.
        boolean direct = this.gutter == null || owner.isUsable();
        CompletableFuture<Invalidation> invalidated = new CallFuture<>();
        send(delete).whenComplete((reply, failure) -> {
            if (failure == null && direct) {
                invalidated.complete((reply instanceof Done) ? Invalidation.DELETED : Invalidation.NOT_FOUND);
            }
            else if (isJournalled(owner, delete, failure)) {
                invalidated.complete(Invalidation.JOURNALLED);
            }
            else {
                invalidated.completeExceptionally((failure != null) ? failure
                        : new MemlinkOverloadedException(owner.address() + ": its journal is full"));
            }
        });
        return invalidated;
    }

    /** It may have been delivered meanwhile, where the journal did not overflow. */
    private boolean isJournalled(Node owner, MetaDelete delete, @Nullable Throwable failure) {
        boolean closed = failure instanceof MemlinkClosedException && this.cluster.isClosed();
        boolean owed = failure == null || RequestEffect.afterFailure(delete, failure, true) != Owed.NOTHING;
        return owed && !closed && (!owner.journal().isOverflowed() || owner.journal().find(delete.key()) != null);
    }

    /**
     * Tells where a key lives, and why. Asks nobody.
     * @param key the key
     * @return where a request for it would be sent now
     */
    public KeyRoute explain(Key key) {
        Topology topology = this.cluster.topology();
        List<Backend> addresses = topology.addresses();
        List<Backend> candidates = topology.locator()
            .candidates(key.routingBytes())
            .stream()
            .map(addresses::get)
            .toList();
        Node owner = topology.owner(key);
        Node standIn = (this.gutter != null && !owner.isUsable()) ? this.gutter.standIn(key) : null;
        boolean usable = owner.isUsable() && !this.cluster.isClosed();
        Why why = usable ? Why.OWNER : (standIn != null) ? Why.GUTTER : Why.OWNER_UNAVAILABLE;
        return new KeyRoute(key.encodedText(), topology.locator().hash(key.routingBytes()), candidates,
                this.cluster.isClosed() ? State.DOWN : owner.health().state(), owner.journal().find(key) != null,
                ((standIn != null) ? standIn : owner).address(), why);
    }

    /**
     * Returns the backends, which can be changed.
     * @return the membership, valid as long as this router
     */
    public Membership membership() {
        return this.cluster;
    }

    /**
     * Returns how the backends of the gutter are.
     * @return one entry for each; none where there is no gutter
     */
    public List<BackendStatus> gutter() {
        return (this.gutter != null) ? this.gutter.cluster().backends() : List.of();
    }

    /**
     * Delivers what is owed to backends in use, takes no more requests, lets pending ones
     * finish, and closes all connections.
     * @param timeout what is still pending then fails with
     * {@link io.memlink.error.MemlinkClosedException}
     * @return completed when all connections are closed
     */
    public CompletableFuture<Void> close(Duration timeout) {
        CompletableFuture<Void> closed = this.cluster.close(timeout);
        return (this.gutter == null) ? closed : CompletableFuture.allOf(closed, this.gutter.cluster().close(timeout));
    }

}
