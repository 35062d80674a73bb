package io.memlink;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.Invalidation;
import io.memlink.cluster.KeyRoute;
import io.memlink.cluster.Membership;
import io.memlink.loading.BackgroundLoadStatus;
import io.memlink.meta.Expiration;
import io.memlink.meta.MetaRequest;
import org.jspecify.annotations.Nullable;

/**
 * A client of one or more memcached servers. Safe for use by many threads; one client
 * serves a whole application.
 * <p>
 * The client itself operates on byte arrays; {@link #with} gives the same operations on
 * any other type. What {@link ValueOperations} says about keys, futures, failures and
 * order holds for all methods. Building a client opens no connection: they are opened in
 * the background, and as long as a backend cannot be reached its keys fail with
 * {@link io.memlink.error.MemlinkConnectionException}.
 * <p>
 * Whoever built the client closes it. <pre>{@code
 * try (MemlinkClient client = MemlinkClient.builder()
 *     .backends(address)
 *     .poolSize(2)
 *     .requestTimeout(Duration.ofSeconds(5))
 *     .build()) {
 *     ValueOperations<String> texts = client.with(Transcoder.text());
 *     texts.set("greeting", "hello", Expiration.after(Duration.ofMinutes(10))).join();
 *     return texts.get("greeting").join();
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public interface MemlinkClient extends ValueOperations<byte[]>, AutoCloseable {

    /**
     * Returns a builder for a client.
     * @return a builder with the defaults
     */
    static MemlinkClientBuilder builder() {
        return new MemlinkClientBuilder();
    }

    /**
     * Returns a client that is built by {@link #start()} or by its first use, be it an
     * operation or a look at its backends, and anew by each start that follows a stop.
     * Where it is {@linkplain #stop() stopped} or closed before that, only a start builds
     * it: until then operations fail as those of any client that was closed, and there
     * are no backends.
     * <p>
     * What the settings throw is thrown by the start, or by the call that was to begin
     * it, which does nothing then: a delete that ends so is owed to nobody.
     * @param settings asked for a builder each time, so that addresses and credentials
     * may have changed
     * @return the client, which is not running yet
     */
    static MemlinkClient onDemand(Supplier<MemlinkClientBuilder> settings) {
        Objects.requireNonNull(settings, "settings");
        return new DefaultMemlinkClient(new ClientLifecycle((journals) -> built(settings).settings().apply(journals)));
    }

    private static MemlinkClientBuilder built(Supplier<MemlinkClientBuilder> settings) {
        MemlinkClientBuilder builder = settings.get();
        if (builder == null) {
            throw new IllegalArgumentException(
                    "settings: " + settings.getClass().getName() + " made null (expected: a builder)");
        }
        return builder;
    }

    /**
     * Returns the operations on values of another type. Cheap; may be kept.
     * @param transcoder how values become bytes
     * @param <V> the type of the values
     * @return the operations, valid as long as this client
     */
    <V> ValueOperations<V> with(Transcoder<V> transcoder);

    /**
     * Returns the operations that wait for their result.
     * @return the view, valid as long as this client
     */
    BlockingMemlinkClient blocking();

    /**
     * Deletes a value. A delete that fails is not forgotten: the key is journalled as
     * with {@link #invalidate}. On a leased key it takes the lease away, which counts as
     * a value: what is being loaded is not stored.
     * @param key the key
     * @return whether there was one
     */
    CompletableFuture<Boolean> delete(String key);

    /**
     * Deletes many values; see {@link #getAll} for how. Those that fail are journalled.
     * @param keys the keys; repeated ones are deleted once
     * @return what was there and was deleted, and what could not be deleted
     */
    CompletableFuture<BulkWriteResult> deleteAll(Collection<String> keys);

    /**
     * Deletes a value, now or as soon as its backend can be told: a backend that cannot
     * be reached keeps a journal of such keys, and none of them is read from it before it
     * was told.
     * @param key the key
     * @return what became of it; fails only where the journal is full or the client was
     * closed
     */
    CompletableFuture<Invalidation> invalidate(String key);

    /**
     * Marks a value as out of date instead of deleting it: {@link #getOrLoad} loads it
     * anew, and may use it until that is done. Of readers that do not load, the first one
     * misses it, the others go on finding it; those of many keys may find it at first.
     * @param key the key
     * @param staleFor for how long it is kept, rounded up to a second
     * @return whether there was one
     */
    CompletableFuture<Boolean> markStale(String key, Duration staleFor);

    /**
     * Changes when a value expires. There is no value on a leased key: its lease gets
     * back the time to live it had, in a second trip.
     * @param key the key
     * @param expiration when it expires from now on
     * @return whether there is a value
     */
    CompletableFuture<Boolean> touch(String key, Expiration expiration);

    /**
     * Adds to a number that is stored in decimal digits: unsigned, 64 bits, wrapping
     * round. There is none on a leased key.
     * @param key the key
     * @param delta how much to add, unsigned
     * @return the new number, or {@code null} where there is none
     */
    CompletableFuture<@Nullable Long> increment(String key, long delta);

    /**
     * Adds to a number, or stores the initial one where there is none, in place of a
     * lease too.
     * @param key the key
     * @param delta how much to add to a number that exists, unsigned
     * @param initial the number to store where there is none, unsigned
     * @param expiration when a number that is stored now expires
     * @return the new number
     */
    CompletableFuture<Long> increment(String key, long delta, long initial, Expiration expiration);

    /**
     * Subtracts from a number that is stored in decimal digits; stops at zero. There is
     * none on a leased key.
     * @param key the key
     * @param delta how much to subtract, unsigned
     * @return the new number, or {@code null} where there is none
     */
    CompletableFuture<@Nullable Long> decrement(String key, long delta);

    /**
     * Subtracts from a number, or stores the initial one where there is none, in place of
     * a lease too.
     * @param key the key
     * @param delta how much to subtract from a number that exists, unsigned
     * @param initial the number to store where there is none, unsigned
     * @param expiration when a number that is stored now expires
     * @return the new number
     */
    CompletableFuture<Long> decrement(String key, long delta, long initial, Expiration expiration);

    /**
     * Sends any request of the meta protocol to the backend its key belongs to; a
     * {@link io.memlink.meta.MetaSet} whose value is too large is refused as by all other
     * operations.
     * @param request the request
     * @param <R> the type of the reply
     * @return the reply
     */
    <R> CompletableFuture<R> send(MetaRequest<R> request);

    /**
     * Sends any request of the meta protocol to the backend its key belongs to, and says
     * what the reply means.
     * @param request the request
     * @param meaning called by the thread that completes the future, once there is a
     * reply; must not block. The future fails with what it throws
     * @param <R> the type of the reply
     * @param <T> the type of its meaning
     * @return the meaning of the reply
     */
    <R, T extends @Nullable Object> CompletableFuture<T> send(MetaRequest<R> request,
            Function<? super R, ? extends T> meaning);

    /**
     * Returns how the backends are at this moment. Asks nobody.
     * @return one entry for each backend, in the order they were configured; all are
     * {@code DOWN} once the client is closed
     */
    List<BackendStatus> backends();

    /**
     * Returns the backends, which can be changed while the client runs.
     * @return the membership, valid as long as this client, stops and starts included; a
     * start begins with the backends this client was built with
     */
    Membership membership();

    /**
     * Returns how the backends of the {@link MemlinkClientBuilder#failover gutter} are.
     * @return one entry for each; none where there is no gutter
     */
    List<BackendStatus> gutter();

    /**
     * Tells where a key lives, and why. Asks nobody.
     * @param key the key
     * @return where a request for it would be sent now
     */
    KeyRoute explain(String key);

    /**
     * Chooses backends for copies of an item, so that it survives the loss of some of
     * them: the owner of the key, and others in an order that all clients with these
     * backends agree on. A backend that comes or goes changes one of them at most. Asks
     * nobody.
     * @param key the key of each copy
     * @param atMost how many copies are wanted, 1 or more
     * @return where they can be, as many as there are backends at most
     */
    KeyCopies copies(String key, int atMost);

    /**
     * Returns how many values were read that could not be decoded.
     * @return the number since this client was built
     */
    long undecodableValues();

    /**
     * Returns how many values are being loaded anew without anybody waiting for them.
     * @return the state now
     * @see MemlinkClientBuilder#backgroundLoads
     */
    BackgroundLoadStatus backgroundLoads();

    /**
     * Starts the client again after it was stopped, with connections and counters of its
     * own. Deletes that it could not deliver, before the stop or since, are delivered
     * before their keys are read. Has no effect while it runs. What was obtained from the
     * client, such as {@link #with operations on other types}, goes on working.
     * @throws IllegalArgumentException as {@link MemlinkClientBuilder#build} does
     */
    void start();

    /**
     * Delivers the deletes that backends in use are owed, takes no more requests, lets
     * those that are pending finish, all within the
     * {@link MemlinkClientBuilder#closeTimeout close timeout}, fails the rest with
     * {@link io.memlink.error.MemlinkClosedException}, and ends all connections and
     * threads of this client. What other backends are owed is kept for the next
     * {@link #start() start}, if there is one. Blocks while this goes on, except on one
     * of its own event loops; an interrupt ends all at once. Has no effect on a client
     * that is not running.
     */
    void stop();

    /**
     * Returns whether the client takes requests.
     * @return whether it was started and not stopped since
     */
    boolean isRunning();

    /**
     * {@linkplain #stop() Stops} the client. Closing twice has no effect.
     */
    @Override
    void close();

}
