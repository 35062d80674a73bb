package io.memlink.spring;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

import io.memlink.BulkWriteResult;
import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.ValueOperations;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/**
 * Operations on objects that hold no thread: what {@link MemlinkTemplate#async()}
 * returns. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class AsyncMemlinkTemplate extends AsyncValueTemplate<Object> {

    private final MemlinkClient client;

    private final ValueOperations<String> text;

    AsyncMemlinkTemplate(MemlinkClient client, Transcoder<Object> transcoder) {
        super(client.with(transcoder));
        this.client = client;
        this.text = client.with(Transcoder.text());
    }

    /**
     * Adds text at the end of text that was stored without compression.
     * @param key the key
     * @param text what to add
     * @return whether there was a value
     */
    public CompletableFuture<Boolean> append(String key, String text) {
        return this.text.append(key, text);
    }

    /**
     * Adds text at the beginning of text that was stored without compression.
     * @param key the key
     * @param text what to add
     * @return whether there was a value
     */
    public CompletableFuture<Boolean> prepend(String key, String text) {
        return this.text.prepend(key, text);
    }

    /**
     * Deletes a value.
     * @param key the key
     * @return whether there was one
     */
    public CompletableFuture<Boolean> delete(String key) {
        return this.client.delete(key);
    }

    /**
     * Deletes many values.
     * @param keys the keys
     * @return what was there and was deleted, and what could not be deleted
     */
    public CompletableFuture<BulkWriteResult> deleteAll(Collection<String> keys) {
        return this.client.deleteAll(keys);
    }

    /**
     * Marks a value as out of date instead of deleting it: {@code getOrLoad} loads it
     * anew, and may use it until that is done.
     * @param key the key
     * @param staleFor for how long it is kept
     * @return whether there was one
     */
    public CompletableFuture<Boolean> markStale(String key, Duration staleFor) {
        return this.client.markStale(key, staleFor);
    }

    /**
     * Changes when a value expires.
     * @param key the key
     * @param timeToLive from now on
     * @return whether there is a value
     */
    public CompletableFuture<Boolean> touch(String key, Duration timeToLive) {
        return this.client.touch(key, Expiration.after(timeToLive));
    }

    /**
     * Adds to a counter, or begins one. Counters are kept as the server counts, not as
     * the transcoder writes numbers.
     * @param key the key
     * @param delta how much to add to a counter that exists, unsigned
     * @param initial what a counter begins with, unsigned
     * @param timeToLive when a counter that begins now expires
     * @return the new number
     */
    public CompletableFuture<Long> increment(String key, long delta, long initial, Duration timeToLive) {
        return this.client.increment(key, delta, initial, Expiration.after(timeToLive));
    }

    /**
     * Subtracts from a counter, or begins one; stops at zero.
     * @param key the key
     * @param delta how much to subtract from a counter that exists, unsigned
     * @param initial what a counter begins with, unsigned
     * @param timeToLive when a counter that begins now expires
     * @return the new number
     */
    public CompletableFuture<Long> decrement(String key, long delta, long initial, Duration timeToLive) {
        return this.client.decrement(key, delta, initial, Expiration.after(timeToLive));
    }

    /**
     * Subtracts from a counter; stops at zero.
     * @param key the key
     * @param delta how much to subtract, unsigned
     * @return the new number, or {@code null} where there is no counter
     */
    public CompletableFuture<@Nullable Long> decrement(String key, long delta) {
        return this.client.decrement(key, delta);
    }

}
