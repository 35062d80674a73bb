package io.memlink.spring;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;

import io.memlink.BlockingValueOperations;
import io.memlink.BulkResult;
import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/**
 * Operations on objects that wait for their result. Safe for use by many threads, but not
 * by the event loops of the client. Does not own the client.
 * <p>
 * All methods throw the {@link io.memlink.error.MemlinkException} an operation failed
 * with, and {@link IllegalArgumentException} for what cannot be sent. A {@link Duration}
 * is rounded up to a second; zero expires at once.
 *
 * @since 0.1.0
 */
public final class MemlinkTemplate {

    private final MemlinkClient client;

    private final BlockingValueOperations<Object> values;

    /**
     * Creates a template.
     * @param client carries the operations
     * @param transcoder how objects become bytes
     */
    public MemlinkTemplate(MemlinkClient client, Transcoder<Object> transcoder) {
        this.client = Objects.requireNonNull(client, "client");
        this.values = client.blocking().with(transcoder);
    }

    /**
     * Returns what the operations are carried by, for asynchronous use.
     * @return the client
     */
    public MemlinkClient client() {
        return this.client;
    }

    /**
     * Reads a value.
     * @param key the key
     * @return the value, or {@code null} where there is none
     */
    public @Nullable Object get(String key) {
        return this.values.get(key);
    }

    /**
     * Reads a value of a type.
     * @param key the key
     * @param type the type
     * @param <T> the type
     * @return the value, or {@code null} where there is none
     * @throws IllegalStateException where the value is of another type
     */
    public <T> @Nullable T get(String key, Class<T> type) {
        Object value = get(key);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalStateException(
                    "value of " + key + ": " + value.getClass().getName() + " (expected: " + type.getName() + ")");
        }
        return type.cast(value);
    }

    /**
     * Reads many values.
     * @param keys the keys
     * @return what was found, and what could not be read
     */
    public BulkResult<Object> getAll(Collection<String> keys) {
        return this.values.getAll(keys);
    }

    /**
     * Reads a value and changes when it expires.
     * @param key the key
     * @param timeToLive from now on
     * @return the value, or {@code null} where there is none
     */
    public @Nullable Object getAndTouch(String key, Duration timeToLive) {
        return this.values.getAndTouch(key, Expiration.after(timeToLive));
    }

    /**
     * Stores a value that stays until it is evicted.
     * @param key the key
     * @param value the value
     */
    public void set(String key, Object value) {
        this.values.set(key, value, Expiration.never());
    }

    /**
     * Stores a value.
     * @param key the key
     * @param value the value
     * @param timeToLive when it expires
     */
    public void set(String key, Object value, Duration timeToLive) {
        this.values.set(key, value, Expiration.after(timeToLive));
    }

    /**
     * Stores a value where there is none.
     * @param key the key
     * @param value the value
     * @param timeToLive when it expires
     * @return whether it was stored
     */
    public boolean add(String key, Object value, Duration timeToLive) {
        return this.values.add(key, value, Expiration.after(timeToLive));
    }

    /**
     * Stores a value where there is one already.
     * @param key the key
     * @param value the value
     * @param timeToLive when it expires
     * @return whether it was stored
     */
    public boolean replace(String key, Object value, Duration timeToLive) {
        return this.values.replace(key, value, Expiration.after(timeToLive));
    }

    /**
     * Deletes a value.
     * @param key the key
     * @return whether there was one
     */
    public boolean delete(String key) {
        return this.client.blocking().delete(key);
    }

    /**
     * Changes when a value expires.
     * @param key the key
     * @param timeToLive from now on
     * @return whether there is a value
     */
    public boolean touch(String key, Duration timeToLive) {
        return this.client.blocking().touch(key, Expiration.after(timeToLive));
    }

    /**
     * Adds to a counter, which begins with the delta where there is none. Counters are
     * kept as the server counts, not as the transcoder writes numbers.
     * @param key the key
     * @param delta how much to add, unsigned
     * @param timeToLive when a counter that begins now expires
     * @return the new number
     */
    public long increment(String key, long delta, Duration timeToLive) {
        return this.client.blocking().increment(key, delta, delta, Expiration.after(timeToLive));
    }

    /**
     * Subtracts from a counter; stops at zero.
     * @param key the key
     * @param delta how much to subtract, unsigned
     * @return the new number, or {@code null} where there is no counter
     */
    public @Nullable Long decrement(String key, long delta) {
        return this.client.blocking().decrement(key, delta);
    }

}
