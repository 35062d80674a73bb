package io.memlink.spring;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

import io.memlink.BlockingValueOperations;
import io.memlink.BulkResult;
import io.memlink.BulkWriteResult;
import io.memlink.CasResult;
import io.memlink.Item;
import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.ValueOperations;
import io.memlink.loading.LoadPolicy;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/**
 * Operations on values of one type that wait for their result. Safe for use by many
 * threads, but not by the event loops of the client. Does not own the client.
 * <p>
 * All methods throw the {@link io.memlink.error.MemlinkException} an operation failed
 * with, and {@link IllegalArgumentException} for what cannot be sent. A {@link Duration}
 * is rounded up to a second; zero expires at once.
 *
 * @param <V> the type of the values
 * @since 0.1.0
 */
public class ValueTemplate<V> {

    private final BlockingValueOperations<V> values;

    private final ValueOperations<V> async;

    ValueTemplate(MemlinkClient client, Transcoder<V> transcoder) {
        this.values = client.blocking().with(transcoder);
        this.async = client.with(transcoder);
    }

    /**
     * Returns the same operations, which return futures instead of waiting: those of the
     * client, with the transcoder of this template.
     * @return the operations, valid as long as the client
     */
    public ValueOperations<V> async() {
        return this.async;
    }

    /**
     * Reads a value.
     * @param key the key
     * @return the value, or {@code null} where there is none
     */
    public @Nullable V get(String key) {
        return this.values.get(key);
    }

    /**
     * Reads a value with what the server knows about it.
     * @param key the key
     * @return the item, or {@code null} where there is none
     */
    public @Nullable Item<V> getItem(String key) {
        return this.values.getItem(key);
    }

    /**
     * Reads many values.
     * @param keys the keys
     * @return what was found, and what could not be read
     */
    public BulkResult<V> getAll(Collection<String> keys) {
        return this.values.getAll(keys);
    }

    /**
     * Reads a value and changes when it expires.
     * @param key the key
     * @param timeToLive from now on
     * @return the value, or {@code null} where there is none
     */
    public @Nullable V getAndTouch(String key, Duration timeToLive) {
        return this.values.getAndTouch(key, Expiration.after(timeToLive));
    }

    /**
     * Reads a value, and loads it where it is missing: of all callers that miss it, in
     * all applications, one loads it, and the others wait for it.
     * @param key the key
     * @param timeToLive how long a value that is loaded is kept, more than zero
     * @param loader called in this thread; {@code null} is not stored
     * @return the value; {@code null} where the loader has none
     */
    public @Nullable V getOrLoad(String key, Duration timeToLive, Callable<? extends V> loader) {
        return getOrLoad(key, LoadPolicy.timeToLive(timeToLive), loader);
    }

    /**
     * Reads a value, and loads it where it is missing, is about to expire or is out of
     * date.
     * @param key the key
     * @param policy who loads, and what the others do meanwhile
     * @param loader called in this thread, but in one of the client where a value that
     * can be used is loaded anew; {@code null} is not stored
     * @return the value; {@code null} where the loader has none
     * @see BlockingValueOperations#getOrLoad
     */
    public @Nullable V getOrLoad(String key, LoadPolicy policy, Callable<? extends V> loader) {
        return this.values.getOrLoad(key, loader, policy);
    }

    /**
     * Reads many values, and loads those that are missing with one call.
     * @param keys the keys
     * @param policy who loads, and what the others do meanwhile
     * @param loader gives the values that exist, of the keys it is given; called in this
     * thread
     * @return the values that exist, by key
     * @see BlockingValueOperations#getAllOrLoad
     */
    public Map<String, V> getAllOrLoad(Collection<String> keys, LoadPolicy policy,
            Function<? super List<String>, ? extends Map<String, ? extends V>> loader) {
        return this.values.getAllOrLoad(keys, loader, policy);
    }

    /**
     * Stores a value that stays until it is evicted.
     * @param key the key
     * @param value the value
     */
    public void set(String key, V value) {
        this.values.set(key, value, Expiration.never());
    }

    /**
     * Stores a value.
     * @param key the key
     * @param value the value
     * @param timeToLive when it expires
     */
    public void set(String key, V value, Duration timeToLive) {
        this.values.set(key, value, Expiration.after(timeToLive));
    }

    /**
     * Stores many values.
     * @param values the values by their keys
     * @param timeToLive when they expire
     * @return what was stored, and what was not
     */
    public BulkWriteResult setAll(Map<String, ? extends V> values, Duration timeToLive) {
        return this.values.setAll(values, Expiration.after(timeToLive));
    }

    /**
     * Stores a value where there is none.
     * @param key the key
     * @param value the value
     * @param timeToLive when it expires
     * @return whether it was stored
     */
    public boolean add(String key, V value, Duration timeToLive) {
        return this.values.add(key, value, Expiration.after(timeToLive));
    }

    /**
     * Stores a value where there is one already.
     * @param key the key
     * @param value the value
     * @param timeToLive when it expires
     * @return whether it was stored
     */
    public boolean replace(String key, V value, Duration timeToLive) {
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
    public CasResult compareAndSet(String key, V value, Duration timeToLive, long casToken) {
        return this.values.compareAndSet(key, value, Expiration.after(timeToLive), casToken);
    }

}
