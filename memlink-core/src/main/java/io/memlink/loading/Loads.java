package io.memlink.loading;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.cluster.routing.Router;
import io.memlink.error.MemlinkException;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaRequest;
import io.memlink.time.LogLimit;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loads of one client: reads values, and has one of all callers load what is missing.
 * Safe for use by many threads; closed before the connections are.
 */
public final class Loads {

    private static final Logger logger = LoggerFactory.getLogger(LeasedLoad.class);

    private static final Duration LOG_INTERVAL = Duration.ofSeconds(5);

    private final Router router;

    private final Rules rules;

    private final Timers timers;

    private final BackgroundLoads background;

    private final Flights flights = new Flights();

    /** In their order, in which they end with the client. */
    private final Set<Wait> waiting = Collections.synchronizedSet(new LinkedHashSet<>());

    private final LogLimit logLimit;

    private volatile boolean closed;

    /**
     * Makes the loads of a client.
     * @param router where requests are sent
     * @param rules what holds for values of every type
     * @param timers the clock, and what reads again after a while
     * @param background calls loaders for which nobody waits, and which may block
     * @param maxBackground how many of those may go on at the same time
     * @param maxQueued how many more may wait
     */
    @SuppressWarnings("exports") // for the client of this module
    public Loads(Router router, Rules rules, Timers timers, Executor background, int maxBackground, int maxQueued) {
        this.router = router;
        this.rules = rules;
        this.timers = timers;
        this.background = new BackgroundLoads(background, maxBackground, maxQueued);
        this.logLimit = new LogLimit(LOG_INTERVAL, timers::nanoTime);
    }

    /**
     * The rules for values of every type, as far as a load has to know them.
     */
    public interface Rules {

        /**
         * Refuses a value that is too large for an item.
         * @param key the key
         * @param value the value
         * @throws io.memlink.error.MemlinkServerException where it is too large
         */
        void requireSize(Key key, EncodedValue value);

        /**
         * Counts a value that cannot be decoded, and is loaded anew.
         * @param value the value
         * @param cause what decoding it threw
         */
        void missed(EncodedValue value, RuntimeException cause);

    }

    /**
     * The coding of values of one type as bytes, and back.
     *
     * @param encoder throws what the load then fails with
     * @param decoder throws where the bytes are not such a value
     * @param <V> the type of the values
     */
    public record Coding<V>(Function<? super V, EncodedValue> encoder,
            Function<? super EncodedValue, ? extends V> decoder) {
    }

    /**
     * Reads a value, and loads it where it is missing.
     * @param key the key
     * @param loader called at most once
     * @param coding how the value becomes bytes
     * @param policy who loads, and how long values are kept
     * @param <V> the type of the value
     * @return the value, and where it comes from
     */
    public <V> CompletableFuture<Loaded<V>> load(Key key,
            Supplier<? extends CompletionStage<? extends @Nullable V>> loader, Coding<V> coding, LoadPolicy policy) {
        LeasedLoad<V> load = new LeasedLoad<>(this, key, loader, coding, policy);
        load.read();
        return load;
    }

    /**
     * Reads many values, and loads those that are missing together.
     * @param keys the keys; repeated ones are read once
     * @param loader gives the values that exist by their keys
     * @param coding how values become bytes
     * @param policy who loads, and how long values are kept
     * @param <V> the type of the values
     * @return the values that exist, by key
     */
    public <V> CompletableFuture<Map<String, V>> loadAll(Collection<String> keys,
            Function<? super List<String>, ? extends CompletionStage<? extends Map<String, ? extends V>>> loader,
            Coding<V> coding, LoadPolicy policy) {
        return new BulkLoad<>(this, loader, coding, policy).load(keys);
    }

    /**
     * Keeps later callers from joining a load that began before a change.
     * @param key the key that is changed
     */
    public void forget(Key key) {
        this.flights.forget(key);
    }

    Router router() {
        return this.router;
    }

    Rules rules() {
        return this.rules;
    }

    /** Sends a request; whatever is thrown meanwhile is a failure of it. */
    <R> CompletableFuture<R> send(MetaRequest<R> request) {
        try {
            return this.router.send(request);
        }
        catch (Throwable ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    Flights flights() {
        return this.flights;
    }

    /** Calls loaders for which nobody waits, and which may block. */
    BackgroundLoads background() {
        return this.background;
    }

    /**
     * Returns how many loads go on for which nobody waits.
     * @return the state
     */
    public BackgroundLoadStatus backgroundStatus() {
        return this.background.status();
    }

    boolean isClosed() {
        return this.closed;
    }

    long nanoTime() {
        return this.timers.nanoTime();
    }

    /** Ends a wait in vain after a while, unless it has ended by then. */
    void await(Wait wait, long nanos) {
        this.waiting.add(wait);
        if (wait.hasEnded() || this.closed) {
            end(wait);
        }
        else {
            this.timers.schedule(() -> end(wait), nanos);
        }
    }

    private void end(Wait wait) {
        this.waiting.remove(wait);
        wait.end();
    }

    /**
     * Says what became of a load that nobody waits for. What the loader throws may have
     * keys and values in its text.
     */
    void logUnattended(Key key, Throwable failure) {
        if (this.logLimit.permits()) {
            logger.warn("Background load failed ({} more since the last message): {}", this.logLimit.takeSkipped(),
                    (failure instanceof MemlinkException) ? failure.toString() : failure.getClass().getName());
            logger.trace("It was the load of {}", key);
        }
    }

    /**
     * Ends all waits for other callers: whoever waits reads once more at once, which
     * fails, and loads for itself.
     */
    public void close() {
        this.closed = true;
        List.of(this.waiting.toArray(Wait[]::new)).forEach(this::end);
    }

    /**
     * Returns the request that reads an item, or takes a lease where there is none.
     * Asking whether it was hit before makes the server lock the item, so that one reader
     * wins.
     */
    MetaGet read(Key key, LoadPolicy policy) {
        MetaGet.Builder read = MetaGet.builder(key)
            .vivify(Expiration.after(LoadPolicy.longestLoad(policy.leaseTime())))
            .value()
            .clientFlags()
            .casToken()
            .timeToLive()
            .hitBefore();
        Duration recacheBelow = policy.recacheBelow();
        return ((recacheBelow != null) ? read.recacheBelow(recacheBelow) : read).build();
    }

}
