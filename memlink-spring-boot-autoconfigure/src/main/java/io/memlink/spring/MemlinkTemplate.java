package io.memlink.spring;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;

import io.memlink.BlockingMemlinkClient;
import io.memlink.BlockingValueOperations;
import io.memlink.BulkWriteResult;
import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Operations on objects of any type that wait for their result. Safe for use by many
 * threads, but not by the event loops of the client. Does not own the client.
 * <p>
 * {@link #forType} gives the same operations on values of one type. {@link #async()}
 * gives the operations on values without waiting; those that need no transcoder, such as
 * deletes and counters, are on the {@link #client() client} itself, which never waits.
 *
 * @since 0.1.0
 */
public final class MemlinkTemplate extends ValueTemplate<Object> {

    private final MemlinkClient client;

    private final BlockingMemlinkClient blocking;

    private final BlockingValueOperations<String> text;

    private final TypedTranscoders types;

    /**
     * Creates a template that keeps values of known types in the format of all.
     * @param client carries the operations
     * @param transcoder encodes and decodes objects
     */
    public MemlinkTemplate(MemlinkClient client, Transcoder<Object> transcoder) {
        this(client, transcoder, new CheckedTranscoders(transcoder));
    }

    /**
     * Creates a template.
     * @param client carries the operations
     * @param transcoder encodes and decodes objects
     * @param types the transcoders of values whose type is declared
     */
    public MemlinkTemplate(MemlinkClient client, Transcoder<Object> transcoder, TypedTranscoders types) {
        super(client, transcoder);
        this.client = client;
        this.blocking = client.blocking();
        this.text = client.blocking().with(Transcoder.text());
        this.types = Objects.requireNonNull(types, "types");
    }

    /**
     * Returns the client that carries the operations, whose own operations do not wait.
     * @return the client
     */
    public MemlinkClient client() {
        return this.client;
    }

    /**
     * Returns the operations on values of one type. Cheap; may be kept.
     * @param type the type
     * @param <T> the type
     * @return the operations; a value that is not of this type is a miss to them
     */
    public <T> ValueTemplate<T> forType(Class<T> type) {
        return forType(ParameterizedTypeReference.forType(type));
    }

    /**
     * Returns the operations on values of one generic type. Cheap; may be kept.
     * @param type the type
     * @param <T> the type
     * @return the operations; a value that is not of this type is a miss to them
     */
    public <T> ValueTemplate<T> forType(ParameterizedTypeReference<T> type) {
        return new ValueTemplate<>(this.client, this.types.of(type));
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
                    "value: " + value.getClass().getName() + " (expected: " + type.getName() + ")");
        }
        return type.cast(value);
    }

    /**
     * Adds text at the end of text that was stored without compression.
     * @param key the key
     * @param text what to add
     * @return whether there was a value
     */
    public boolean append(String key, String text) {
        return this.text.append(key, text);
    }

    /**
     * Adds text at the beginning of text that was stored without compression.
     * @param key the key
     * @param text what to add
     * @return whether there was a value
     */
    public boolean prepend(String key, String text) {
        return this.text.prepend(key, text);
    }

    /**
     * Deletes a value.
     * @param key the key
     * @return whether there was one
     */
    public boolean delete(String key) {
        return this.blocking.delete(key);
    }

    /**
     * Deletes many values.
     * @param keys the keys
     * @return what was there and was deleted, and what could not be deleted
     */
    public BulkWriteResult deleteAll(Collection<String> keys) {
        return this.blocking.deleteAll(keys);
    }

    /**
     * Marks a value as out of date instead of deleting it: {@code getOrLoad} loads it
     * anew, and may use it until that is done.
     * @param key the key
     * @param staleFor for how long it is kept
     * @return whether there was one
     */
    public boolean markStale(String key, Duration staleFor) {
        return this.blocking.markStale(key, staleFor);
    }

    /**
     * Changes when a value expires.
     * @param key the key
     * @param timeToLive from now on
     * @return whether there is a value
     */
    public boolean touch(String key, Duration timeToLive) {
        return this.blocking.touch(key, Expiration.after(timeToLive));
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
        return increment(key, delta, delta, timeToLive);
    }

    /**
     * Adds to a counter, or begins one.
     * @param key the key
     * @param delta how much to add to a counter that exists, unsigned
     * @param initial what a counter begins with, unsigned
     * @param timeToLive when a counter that begins now expires
     * @return the new number
     */
    public long increment(String key, long delta, long initial, Duration timeToLive) {
        return this.blocking.increment(key, delta, initial, Expiration.after(timeToLive));
    }

    /**
     * Adds to a counter.
     * @param key the key
     * @param delta how much to add, unsigned
     * @return the new number, or {@code null} where there is no counter
     */
    public @Nullable Long increment(String key, long delta) {
        return this.blocking.increment(key, delta);
    }

    /**
     * Subtracts from a counter, which begins with zero where there is none; stops at
     * zero.
     * @param key the key
     * @param delta how much to subtract, unsigned
     * @param timeToLive when a counter that begins now expires
     * @return the new number
     */
    public long decrement(String key, long delta, Duration timeToLive) {
        return decrement(key, delta, 0, timeToLive);
    }

    /**
     * Subtracts from a counter; stops at zero.
     * @param key the key
     * @param delta how much to subtract, unsigned
     * @return the new number, or {@code null} where there is no counter
     */
    public @Nullable Long decrement(String key, long delta) {
        return this.blocking.decrement(key, delta);
    }

    /**
     * Subtracts from a counter, or begins one; stops at zero.
     * @param key the key
     * @param delta how much to subtract from a counter that exists, unsigned
     * @param initial what a counter begins with, unsigned
     * @param timeToLive when a counter that begins now expires
     * @return the new number
     */
    public long decrement(String key, long delta, long initial, Duration timeToLive) {
        return this.blocking.decrement(key, delta, initial, Expiration.after(timeToLive));
    }

}
