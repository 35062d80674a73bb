package io.memlink.spring;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.BulkResult;
import io.memlink.BulkWriteResult;
import io.memlink.CasResult;
import io.memlink.Item;
import io.memlink.ValueOperations;
import io.memlink.loading.LoadPolicy;
import io.memlink.loading.Loaded;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/**
 * Operations on values of one type that hold no thread. Safe for use by many threads.
 * <p>
 * What {@link ValueOperations} says about futures holds for these: they are completed on
 * an event loop of the client, unless the client was given an executor, and must not be
 * made to wait there. A {@link Duration} is rounded up to a second; zero expires at once.
 *
 * @param <V> the type of the values
 * @since 0.1.0
 * @see ValueTemplate
 */
public class AsyncValueTemplate<V> {

    private final ValueOperations<V> values;

    AsyncValueTemplate(ValueOperations<V> values) {
        this.values = values;
    }

    /**
     * Reads a value.
     * @param key the key
     * @return the value, or {@code null} where there is none
     */
    public CompletableFuture<@Nullable V> get(String key) {
        return this.values.get(key);
    }

    /**
     * Reads a value with what the server knows about it.
     * @param key the key
     * @return the item, or {@code null} where there is none
     */
    public CompletableFuture<@Nullable Item<V>> getItem(String key) {
        return this.values.getItem(key);
    }

    /**
     * Reads many values.
     * @param keys the keys
     * @return what was found, and what could not be read
     */
    public CompletableFuture<BulkResult<V>> getAll(Collection<String> keys) {
        return this.values.getAll(keys);
    }

    /**
     * Reads a value and changes when it expires.
     * @param key the key
     * @param timeToLive from now on
     * @return the value, or {@code null} where there is none
     */
    public CompletableFuture<@Nullable V> getAndTouch(String key, Duration timeToLive) {
        return this.values.getAndTouch(key, Expiration.after(timeToLive));
    }

    /**
     * Reads a value, and loads it where it is missing.
     * @param key the key
     * @param timeToLive how long a value that is loaded is kept, more than zero
     * @param loader must not block; {@code null} is not stored
     * @return the value, and where it comes from
     */
    public CompletableFuture<Loaded<V>> getOrLoad(String key, Duration timeToLive,
            Supplier<? extends CompletionStage<V>> loader) {
        return getOrLoad(key, LoadPolicy.timeToLive(timeToLive), loader);
    }

    /**
     * Reads a value, and loads it where it is missing, is about to expire or is out of
     * date.
     * @param key the key
     * @param policy who loads, and what the others do meanwhile
     * @param loader must not block; {@code null} is not stored
     * @return the value, and where it comes from
     * @see ValueOperations#getOrLoad
     */
    public CompletableFuture<Loaded<V>> getOrLoad(String key, LoadPolicy policy,
            Supplier<? extends CompletionStage<V>> loader) {
        return this.values.getOrLoad(key, loader, policy);
    }

    /**
     * Reads many values, and loads those that are missing with one call.
     * @param keys the keys
     * @param policy who loads, and what the others do meanwhile
     * @param loader gives the values that exist, of the keys it is given; must not block
     * @return the values that exist, by key
     * @see ValueOperations#getAllOrLoad
     */
    public CompletableFuture<Map<String, V>> getAllOrLoad(Collection<String> keys, LoadPolicy policy,
            Function<? super List<String>, ? extends CompletionStage<? extends Map<String, ? extends V>>> loader) {
        return this.values.getAllOrLoad(keys, loader, policy);
    }

    /**
     * Stores a value that stays until it is evicted.
     * @param key the key
     * @param value the value
     * @return completed when the server has stored it
     */
    public CompletableFuture<Void> set(String key, V value) {
        return this.values.set(key, value, Expiration.never());
    }

    /**
     * Stores a value.
     * @param key the key
     * @param value the value
     * @param timeToLive when it expires
     * @return completed when the server has stored it
     */
    public CompletableFuture<Void> set(String key, V value, Duration timeToLive) {
        return this.values.set(key, value, Expiration.after(timeToLive));
    }

    /**
     * Stores many values.
     * @param values the values by their keys
     * @param timeToLive when they expire
     * @return what was stored, and what was not
     */
    public CompletableFuture<BulkWriteResult> setAll(Map<String, ? extends V> values, Duration timeToLive) {
        return this.values.setAll(values, Expiration.after(timeToLive));
    }

    /**
     * Stores a value where there is none.
     * @param key the key
     * @param value the value
     * @param timeToLive when it expires
     * @return whether it was stored
     */
    public CompletableFuture<Boolean> add(String key, V value, Duration timeToLive) {
        return this.values.add(key, value, Expiration.after(timeToLive));
    }

    /**
     * Stores a value where there is one already.
     * @param key the key
     * @param value the value
     * @param timeToLive when it expires
     * @return whether it was stored
     */
    public CompletableFuture<Boolean> replace(String key, V value, Duration timeToLive) {
        return this.values.replace(key, value, Expiration.after(timeToLive));
    }

    /**
     * Stores a value where nobody has changed the old one since it was read.
     * @param key the key
     * @param value the value
     * @param timeToLive when it expires
     * @param casToken of the {@link #getItem item} that was read
     * @return whether it was stored, and why not
     */
    public CompletableFuture<CasResult> compareAndSet(String key, V value, Duration timeToLive, long casToken) {
        return this.values.compareAndSet(key, value, Expiration.after(timeToLive), casToken);
    }

}
