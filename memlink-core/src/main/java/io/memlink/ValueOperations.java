package io.memlink;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.loading.LoadPolicy;
import io.memlink.loading.Loaded;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/**
 * The operations on values of one type. Safe for use by many threads; never blocks.
 * <p>
 * All methods have this in common:
 * <ul>
 * <li>Keys are 1 to 250 bytes of UTF-8 after encoding ({@link io.memlink.meta.Key}). An
 * illegal key, or a value that cannot be encoded, is an exception in the caller's thread,
 * before anything is queued.</li>
 * <li>The future is completed exactly once, within the request timeout, on the event loop
 * of a connection or on the executor given to the builder. Do not block in its
 * callbacks.</li>
 * <li>It fails with a {@link io.memlink.error.MemlinkException}, whose
 * {@link io.memlink.error.MemlinkException#outcome() outcome} tells whether the server
 * may have acted. Cancelling it gives up the reply, not the effect.</li>
 * <li>Operations on one key reach the server in the order in which they were called.</li>
 * <li>A value that was read and cannot be decoded is a miss, and is
 * {@linkplain MemlinkClient#undecodableValues() counted}, unless
 * {@link MemlinkClientBuilder#throwOnUndecodable the builder} was told otherwise.</li>
 * <li>A value that is too large for an {@linkplain MemlinkClientBuilder#maxItemBytes
 * item} is not sent: the future fails with
 * {@link io.memlink.error.MemlinkServerException.Reason#TOO_LARGE}, and the value that
 * was to be replaced or extended is deleted.</li>
 * <li>A key whose value is being loaded ({@link #getOrLoad}), and which has none so far,
 * is a missing key to all operations: its lease is not read, extended, replaced, counted
 * or kept alive. What is stored under it takes the lease away: what is being loaded is
 * not stored then.</li>
 * </ul>
 * <p>
 * Many values, written and read without a thread that waits: <pre>{@code
 * ValueOperations<String> texts = client.with(Transcoder.text());
 * Expiration expiration = Expiration.after(Duration.ofMinutes(10));
 * return texts.setAll(Map.of("en", "hello", "de", "hallo"), expiration)
 *     .thenCompose((written) -> texts.getAll(List.of("en", "de", "fr")))
 *     .thenApply(BulkResult::hits);
 * }</pre>
 *
 * @param <V> the type of the values
 * @since 0.1.0
 */
public interface ValueOperations<V> {

    /**
     * Reads a value.
     * @param key the key
     * @return the value, or {@code null} where there is none
     */
    CompletableFuture<@Nullable V> get(String key);

    /**
     * Reads a value with what the server knows about it.
     * @param key the key
     * @return the item, or {@code null} where there is none
     */
    CompletableFuture<@Nullable Item<V>> getItem(String key);

    /**
     * Reads a value and changes its expiration in the same trip. A leased key is a miss,
     * and its lease gets back the time to live it had, in a second trip.
     * @param key the key
     * @param expiration when the value expires from now on
     * @return the value, or {@code null} where there is none
     */
    CompletableFuture<@Nullable V> getAndTouch(String key, Expiration expiration);

    /**
     * Reads many values, from all backends at the same time, and with a bounded number of
     * requests pending at each. Never fails as a whole: a backend that is down, or lets a
     * request time out, costs only its own keys. A value that was marked stale may be
     * found or missed; a leased key is a miss.
     * @param keys the keys; each is in the result once
     * @return what was found, and what could not be read
     */
    CompletableFuture<BulkResult<V>> getAll(Collection<String> keys);

    /**
     * Stores a value, whether or not there was one: the verb for changes. Takes the lease
     * of a leased key away.
     * @param key the key
     * @param value the value
     * @param expiration when the value expires
     * @return completed when the server has stored it
     */
    CompletableFuture<Void> set(String key, V value, Expiration expiration);

    /**
     * Stores many values, whether or not there were any; see {@link #getAll} for how. All
     * are encoded before the first is sent; large ones may be encoded again when they are
     * sent, by threads for background work, so that not all of them are in memory twice.
     * What has to wait for room is sent when there is some: a later call on such a key
     * may reach the server before.
     * @param values the values by their keys; not to be changed before the end
     * @param expiration when the values expire
     * @return what was stored, and what was not
     */
    CompletableFuture<BulkWriteResult> setAll(Map<String, ? extends V> values, Expiration expiration);

    /**
     * Stores a value where there is none: the verb for filling a cache. There is none on
     * a leased key: the value is stored, and the lease is lost.
     * @param key the key
     * @param value the value
     * @param expiration when the value expires
     * @return whether it was stored
     */
    CompletableFuture<Boolean> add(String key, V value, Expiration expiration);

    /**
     * Stores a value where there is one already, in two trips. There is none on a leased
     * key.
     * @param key the key
     * @param value the value
     * @param expiration when the value expires
     * @return whether it was stored
     */
    CompletableFuture<Boolean> replace(String key, V value, Expiration expiration);

    /**
     * Stores a value where nobody has changed the old one since it was read. A leased key
     * is {@link CasResult#NOT_FOUND}.
     * @param key the key
     * @param value the value
     * @param expiration when the value expires
     * @param casToken the {@link Item#casToken() token} that was read with the old value
     * @return whether it was stored, and why not
     */
    CompletableFuture<CasResult> compareAndSet(String key, V value, Expiration expiration, long casToken);

    /**
     * Adds bytes at the end of a value, in two trips; its flags and expiration stay.
     * There is no value on a leased key, whose lease is left alone.
     * @param key the key
     * @param value what to add
     * @return whether there was a value
     */
    CompletableFuture<Boolean> append(String key, V value);

    /**
     * Adds bytes at the beginning of a value, in two trips; its flags and expiration
     * stay. There is no value on a leased key, whose lease is left alone.
     * @param key the key
     * @param value what to add
     * @return whether there was a value
     */
    CompletableFuture<Boolean> prepend(String key, V value);

    /**
     * Reads a value, and loads it where it is missing. Of all callers that miss it, in
     * all clients, one loads it; what the others do meanwhile the policy tells. What was
     * loaded is not stored if the item was changed or deleted meanwhile, or the lease ran
     * out; the call then has the value, with
     * {@link io.memlink.error.MemlinkServerException.Reason#LEASE_LOST} as its failure.
     * The call that loads ends when the value is stored. Nobody gets a value that was
     * loaded before a deletion that preceded the call, and nobody waits for the load of
     * another caller for more than twice {@link LoadPolicy.Builder#maxWait}.
     * <p>
     * A cache that cannot be asked does not fail the call, unless the policy says so: the
     * value is loaded then. A stored value that cannot be decoded is loaded and replaced.
     * @param key the key
     * @param loader called where the value is missing, at most once, on an event loop or
     * a thread of the client: must not block. It may give {@code null} for a value that
     * does not exist, which is not stored
     * @param policy who loads, and how long values are kept
     * @return the value; fails with what the loader failed with, as far as
     * {@link LoadPolicy.Builder#staleOnError} has no answer
     */
    CompletableFuture<Loaded<V>> getOrLoad(String key, Supplier<? extends CompletionStage<V>> loader,
            LoadPolicy policy);

    /**
     * Reads many values, and loads those that are missing: the loader is called once with
     * the keys this call has to load. A key that another client is loading, and has not
     * loaded in time, leads to a further call with that key alone.
     * @param keys the keys; repeated ones are read once
     * @param loader gives the values that exist by their keys; see {@link #getOrLoad}
     * @param policy who loads, and how long values are kept
     * @return the values that exist, by key, in the order of the keys; fails where one of
     * them cannot be loaded
     */
    CompletableFuture<Map<String, V>> getAllOrLoad(Collection<String> keys,
            Function<? super List<String>, ? extends CompletionStage<? extends Map<String, ? extends V>>> loader,
            LoadPolicy policy);

}
