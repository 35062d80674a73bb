package io.memlink;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.cluster.Invalidation;
import io.memlink.meta.Expiration;
import io.memlink.meta.MetaRequest;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a {@link MemlinkClient} that wait for their result. Safe for use by
 * many threads, virtual ones too. Callbacks of futures run on an event loop, unless they
 * were given an executor: there each method throws an {@link IllegalStateException},
 * since it would wait for what this very thread has to read.
 * <p>
 * Each method waits until the future of the method of the same name is completed, which
 * is seldom longer than the request timeout, and throws the
 * {@link io.memlink.error.MemlinkException} it failed with. No wait is longer than four
 * times that timeout and a second, whatever happens to the future; with many keys, once
 * that timeout for each key is added, and with loaders, what their policy allows. A
 * thread that is interrupted while it waits gets a
 * {@link io.memlink.error.MemlinkTimeoutException} and stays interrupted.
 * <p>
 * A value that is changed unless somebody else has changed it meanwhile: <pre>{@code
 * BlockingValueOperations<String> texts = client.blocking().with(Transcoder.text());
 * Expiration expiration = Expiration.after(Duration.ofMinutes(10));
 * texts.set("greeting", "hello", expiration);
 * Item<String> item = texts.getItem("greeting");
 * if (item != null) {
 *     String longer = item.value() + ", world";
 *     texts.compareAndSet("greeting", longer, expiration, item.casToken());
 * }
 * return texts.get("greeting");
 * }</pre>
 *
 * @since 0.1.0
 */
public final class BlockingMemlinkClient extends BlockingValueOperations<byte[]> {

    private final MemlinkClient client;

    private BlockingMemlinkClient(MemlinkClient client) {
        super(client);
        this.client = client;
    }

    /**
     * Makes the blocking view of a client; what {@link MemlinkClient#blocking()} returns.
     * @param client the client, which remains its owner's to close
     * @return the view
     */
    public static BlockingMemlinkClient of(MemlinkClient client) {
        return new BlockingMemlinkClient(Objects.requireNonNull(client, "client"));
    }

    /**
     * Returns the operations on values of another type.
     * @param transcoder how values become bytes
     * @param <V> the type of the values
     * @return the operations, valid as long as the client
     */
    public <V> BlockingValueOperations<V> with(Transcoder<V> transcoder) {
        return new BlockingValueOperations<>(this.client.with(transcoder));
    }

    /**
     * Deletes a value.
     * @param key the key
     * @return whether there was one
     * @see MemlinkClient#delete
     */
    public boolean delete(String key) {
        return await(() -> this.client.delete(key));
    }

    /**
     * Deletes many values.
     * @param keys the keys
     * @return what was there and was deleted, and what could not be deleted
     * @see MemlinkClient#deleteAll
     */
    public BulkWriteResult deleteAll(Collection<String> keys) {
        Objects.requireNonNull(keys, "keys");
        return awaitAll(() -> this.client.deleteAll(keys), keys.size());
    }

    /**
     * Marks a value as out of date instead of deleting it.
     * @param key the key
     * @param staleFor for how long it is kept
     * @return whether there was one
     * @see MemlinkClient#markStale
     */
    public boolean markStale(String key, Duration staleFor) {
        return await(() -> this.client.markStale(key, staleFor));
    }

    /**
     * Deletes a value, now or as soon as its backend can be told.
     * @param key the key
     * @return what became of it
     * @see MemlinkClient#invalidate
     */
    public Invalidation invalidate(String key) {
        return await(() -> this.client.invalidate(key));
    }

    /**
     * Changes when a value expires.
     * @param key the key
     * @param expiration when it expires from now on
     * @return whether there is a value
     * @see MemlinkClient#touch
     */
    public boolean touch(String key, Expiration expiration) {
        return await(() -> this.client.touch(key, expiration));
    }

    /**
     * Adds to a number.
     * @param key the key
     * @param delta how much to add, unsigned
     * @return the new number, or {@code null} where there is none
     * @see MemlinkClient#increment(String, long)
     */
    public @Nullable Long increment(String key, long delta) {
        return awaitNullable(() -> this.client.increment(key, delta));
    }

    /**
     * Adds to a number, or stores the initial one where there is none.
     * @param key the key
     * @param delta how much to add to a number that exists, unsigned
     * @param initial the number to store where there is none, unsigned
     * @param expiration when a number that is stored now expires
     * @return the new number
     * @see MemlinkClient#increment(String, long, long, Expiration)
     */
    public long increment(String key, long delta, long initial, Expiration expiration) {
        return await(() -> this.client.increment(key, delta, initial, expiration));
    }

    /**
     * Subtracts from a number.
     * @param key the key
     * @param delta how much to subtract, unsigned
     * @return the new number, or {@code null} where there is none
     * @see MemlinkClient#decrement(String, long)
     */
    public @Nullable Long decrement(String key, long delta) {
        return awaitNullable(() -> this.client.decrement(key, delta));
    }

    /**
     * Subtracts from a number, or stores the initial one where there is none.
     * @param key the key
     * @param delta how much to subtract from a number that exists, unsigned
     * @param initial the number to store where there is none, unsigned
     * @param expiration when a number that is stored now expires
     * @return the new number
     * @see MemlinkClient#decrement(String, long, long, Expiration)
     */
    public long decrement(String key, long delta, long initial, Expiration expiration) {
        return await(() -> this.client.decrement(key, delta, initial, expiration));
    }

    /**
     * Waits for operations that return futures, as many as belong together. What they
     * read is decoded in this thread, and callbacks on their futures run here where they
     * were added in time. Event loops, which must not wait for anything, do both on a
     * virtual thread, and may do so for operations of several requests: those on many
     * keys, loads, and those on a key that another one is in progress on. This thread may
     * wait for some of these futures itself, which takes a few tenths of a second, as
     * only then others see to what it would.
     * @param operations sends at once, and returns the future of what is waited for
     * @param <T> the type of the result
     * @return the result; an unchecked exception with which it fails is thrown as it is
     */
    public <T extends @Nullable Object> T call(Supplier<CompletableFuture<T>> operations) {
        return awaitAsIs(Objects.requireNonNull(operations, "operations"));
    }

    /**
     * Sends any request of the meta protocol.
     * @param request the request
     * @param <R> the type of the reply
     * @return the reply
     * @see MemlinkClient#send(MetaRequest)
     */
    public <R> R send(MetaRequest<R> request) {
        return await(() -> this.client.send(request));
    }

    /**
     * Sends any request of the meta protocol, and says what the reply means.
     * @param request the request
     * @param meaning called by this thread or by one of the client; must not block. What
     * it throws is thrown if it is unchecked
     * @param <R> the type of the reply
     * @param <T> the type of its meaning
     * @return the meaning of the reply
     * @see MemlinkClient#send(MetaRequest, Function)
     */
    public <R, T extends @Nullable Object> T send(MetaRequest<R> request, Function<? super R, ? extends T> meaning) {
        return call(() -> this.client.send(request, meaning));
    }

}
