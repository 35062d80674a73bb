package io.memlink;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.memlink.cluster.Router;
import io.memlink.link.Timers;
import io.memlink.meta.Expiration;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaRequest;

/**
 * What all loads of one client share. Safe for use by many threads; closed before the
 * connections are.
 */
final class LoadContext {

    private final Router router;

    private final ValueRules rules;

    private final Timers timers;

    private final Executor background;

    private final Flights flights = new Flights();

    private final Set<LeasedLoad<?>> waiting = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    LoadContext(Router router, ValueRules rules, Timers timers, Executor background) {
        this.router = router;
        this.rules = rules;
        this.timers = timers;
        this.background = background;
    }

    Router router() {
        return this.router;
    }

    ValueRules rules() {
        return this.rules;
    }

    <R> CompletableFuture<R> send(MetaRequest<R> request) {
        return this.router.send(request);
    }

    Flights flights() {
        return this.flights;
    }

    /** Calls loaders for which nobody waits, and which may block. */
    Executor background() {
        return this.background;
    }

    /** Reads again after a while. */
    void readAfter(LeasedLoad<?> load, Duration wait) {
        this.waiting.add(load);
        if (this.closed) {
            readNow(load);
        }
        else {
            this.timers.schedule(() -> readNow(load), wait.toNanos());
        }
    }

    private void readNow(LeasedLoad<?> load) {
        if (this.waiting.remove(load) && !load.isDone()) {
            load.read();
        }
    }

    /** Ends all waiting: what is read from now on fails, and so is loaded. */
    void close() {
        this.closed = true;
        this.waiting.forEach(this::readNow);
    }

    /**
     * Returns the request that reads an item, or takes a lease where there is none.
     * Asking whether it was hit before makes the server lock the item, so that one reader
     * wins.
     */
    MetaGet read(Key key, LoadPolicy policy) {
        MetaGet.Builder read = MetaGet.builder(key)
            .vivify(Expiration.after(policy.leaseTime()))
            .value()
            .clientFlags()
            .casToken()
            .timeToLive()
            .hitBefore();
        Duration recacheBelow = policy.recacheBelow();
        return ((recacheBelow != null) ? read.recacheBelow(recacheBelow) : read).build();
    }

}
