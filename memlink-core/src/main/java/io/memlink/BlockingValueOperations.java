package io.memlink;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.link.LinkOptions;
import io.memlink.link.loop.SyncCaller;
import io.memlink.loading.LoadPolicy;
import io.memlink.loading.Loaded;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/**
 * The operations of {@link ValueOperations} that wait for their result. Safe for use by
 * many threads; see {@link BlockingMemlinkClient} for how waiting ends.
 *
 * @param <V> the type of the values
 * @since 0.1.0
 */
public sealed class BlockingValueOperations<V> permits BlockingMemlinkClient {

    /** A request may go to the gutter after its backend, each after a delete it owes. */
    private static final int MAX_REQUESTS = 4;

    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ValueOperations<V> values;

    BlockingValueOperations(ValueOperations<V> values) {
        this.values = values;
    }

    /** An event loop that waits for a reply is the one that would have to read it. */
    static void requireThatMayWait() {
        SyncCaller.refuseToWaitOnLoop("blocking()");
    }

    /**
     * Reads a value.
     * @param key the key
     * @return the value, or {@code null} where there is none
     * @see ValueOperations#get
     */
    public @Nullable V get(String key) {
        return awaitNullable(() -> this.values.get(key));
    }

    /**
     * Reads a value with what the server knows about it.
     * @param key the key
     * @return the item, or {@code null} where there is none
     * @see ValueOperations#getItem
     */
    public @Nullable Item<V> getItem(String key) {
        return awaitNullable(() -> this.values.getItem(key));
    }

    /**
     * Reads a value and changes its expiration in the same trip.
     * @param key the key
     * @param expiration when the value expires from now on
     * @return the value, or {@code null} where there is none
     * @see ValueOperations#getAndTouch
     */
    public @Nullable V getAndTouch(String key, Expiration expiration) {
        return awaitNullable(() -> this.values.getAndTouch(key, expiration));
    }

    /**
     * Reads many values.
     * @param keys the keys
     * @return what was found, and what could not be read
     * @see ValueOperations#getAll
     */
    public BulkResult<V> getAll(Collection<String> keys) {
        Objects.requireNonNull(keys, "keys");
        if (this.values instanceof DefaultValueOperations<V> known) {
            return known.decoded(awaitAll(() -> known.replies(keys), keys.size()));
        }
        return awaitAll(() -> this.values.getAll(keys), keys.size());
    }

    /**
     * Stores a value, whether or not there was one.
     * @param key the key
     * @param value the value
     * @param expiration when the value expires
     * @see ValueOperations#set
     */
    public void set(String key, V value, Expiration expiration) {
        awaitNullable(() -> this.values.set(key, value, expiration));
    }

    /**
     * Stores many values, whether or not there were any.
     * @param values the values by their keys
     * @param expiration when the values expire
     * @return what was stored, and what was not
     * @see ValueOperations#setAll
     */
    public BulkWriteResult setAll(Map<String, ? extends V> values, Expiration expiration) {
        Objects.requireNonNull(values, "values");
        return awaitAll(() -> this.values.setAll(values, expiration), values.size());
    }

    /**
     * Stores a value where there is none.
     * @param key the key
     * @param value the value
     * @param expiration when the value expires
     * @return whether it was stored
     * @see ValueOperations#add
     */
    public boolean add(String key, V value, Expiration expiration) {
        return await(() -> this.values.add(key, value, expiration));
    }

    /**
     * Stores a value where there is one already.
     * @param key the key
     * @param value the value
     * @param expiration when the value expires
     * @return whether it was stored
     * @see ValueOperations#replace
     */
    public boolean replace(String key, V value, Expiration expiration) {
        return await(() -> this.values.replace(key, value, expiration));
    }

    /**
     * Stores a value where nobody has changed the old one since it was read.
     * @param key the key
     * @param value the value
     * @param expiration when the value expires
     * @param casToken the token that was read with the old value
     * @return whether it was stored, and why not
     * @see ValueOperations#compareAndSet
     */
    public CasResult compareAndSet(String key, V value, Expiration expiration, long casToken) {
        return await(() -> this.values.compareAndSet(key, value, expiration, casToken));
    }

    /**
     * Adds bytes at the end of a value.
     * @param key the key
     * @param value what to add
     * @return whether there was a value
     * @see ValueOperations#append
     */
    public boolean append(String key, V value) {
        return await(() -> this.values.append(key, value));
    }

    /**
     * Adds bytes at the beginning of a value.
     * @param key the key
     * @param value what to add
     * @return whether there was a value
     * @see ValueOperations#prepend
     */
    public boolean prepend(String key, V value) {
        return await(() -> this.values.prepend(key, value));
    }

    /**
     * Reads a value, and loads it where it is missing. What is read is decoded by event
     * loops, which a transcoder must not block.
     * @param key the key
     * @param loader called in this thread where this call has to load; in a thread of the
     * client where a value that can be used is loaded anew
     * @param policy who loads, and how long values are kept
     * @return the value; {@code null} where the loader has none
     * @throws CompletionException where the loader failed with a checked exception, which
     * is its cause; unchecked ones are thrown as they are
     * @see ValueOperations#getOrLoad
     */
    public @Nullable V getOrLoad(String key, Callable<? extends V> loader, LoadPolicy policy) {
        return load(key, loader, policy).value();
    }

    /**
     * Reads a value, loads it where it is missing, and says where it comes from.
     * @param key the key
     * @param loader called as {@link #getOrLoad} does
     * @param policy who loads, and how long values are kept
     * @return the value, and how it was come by
     * @throws CompletionException as {@link #getOrLoad} does
     * @see ValueOperations#getOrLoad
     */
    public Loaded<V> load(String key, Callable<? extends V> loader, LoadPolicy policy) {
        Objects.requireNonNull(loader, "loader");
        CallerThread caller = new CallerThread(this::callInBackground);
        return load(caller, () -> this.values.getOrLoad(key, () -> caller.call(loader::call), policy));
    }

    /**
     * Reads many values, and loads those that are missing.
     * @param keys the keys; repeated ones are read once
     * @param loader gives the values that exist by their keys; called in this thread
     * @param policy who loads, and how long values are kept
     * @return the values that exist, by key
     * @see ValueOperations#getAllOrLoad
     */
    public Map<String, V> getAllOrLoad(Collection<String> keys,
            Function<? super List<String>, ? extends Map<String, ? extends V>> loader, LoadPolicy policy) {
        Objects.requireNonNull(loader, "loader");
        CallerThread caller = new CallerThread(this::callInBackground);
        return load(caller,
                () -> this.values.getAllOrLoad(keys, (missing) -> caller.call(() -> loader.apply(missing)), policy));
    }

    private void callInBackground(Runnable loader) {
        // Others have no threads of their own.
        Executor background = (this.values instanceof DefaultValueOperations<?> known)
                ? known.lifecycle().runtime().resources().background() : Runnable::run;
        background.execute(loader);
    }

    private static <T> T load(CallerThread caller, Supplier<CompletableFuture<T>> operation) {
        requireThatMayWait();
        return SyncCaller.aside(() -> {
            CompletableFuture<T> load = operation.get();
            caller.await(load);
            return loaded(load);
        });
    }

    private static <T> T loaded(CompletableFuture<T> done) {
        try {
            return done.join();
        }
        catch (CompletionException ex) {
            if (ex.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (ex.getCause() instanceof Error error) {
                throw error;
            }
            throw ex;
        }
    }

    final <T> T await(Supplier<CompletableFuture<T>> operation) {
        return Objects.requireNonNull(awaitNullable(operation::get));
    }

    /**
     * Waits for one operation, whose work this thread does itself where that is faster.
     * @throws IllegalStateException where the current thread must not wait
     */
    final <T> @Nullable T awaitNullable(Supplier<CompletableFuture<@Nullable T>> operation) {
        requireThatMayWait();
        long nanos = waitNanos();
        try {
            return SyncCaller.call(operation, nanos);
        }
        catch (InterruptedException | TimeoutException | ExecutionException ex) {
            throw thrown(ex, nanos);
        }
    }

    /**
     * Waits for operations that belong together, and throws what they failed with as it
     * is, if it is unchecked.
     */
    final <T extends @Nullable Object> T awaitAsIs(Supplier<CompletableFuture<T>> operations) {
        requireThatMayWait();
        long nanos = waitNanos();
        try {
            return SyncCaller.call(operations, nanos);
        }
        catch (InterruptedException | TimeoutException | ExecutionException ex) {
            if (ex instanceof ExecutionException && ex.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw thrown(ex, nanos);
        }
    }

    /** Waits for many requests, which may have to go one after the other. */
    final <T> T awaitAll(Supplier<CompletableFuture<T>> operation, int requests) {
        requireThatMayWait();
        long nanos = waitNanos() + requests * requestTimeoutNanos();
        return SyncCaller.aside(() -> {
            try {
                return SyncCaller.await(operation.get(), nanos);
            }
            catch (InterruptedException | TimeoutException | ExecutionException ex) {
                throw thrown(ex, nanos);
            }
        });
    }

    private long waitNanos() {
        return MAX_REQUESTS * requestTimeoutNanos() + MARGIN_NANOS;
    }

    private long requestTimeoutNanos() {
        return (this.values instanceof DefaultValueOperations<V> known)
                ? known.lifecycle().runtime().resources().longestRequestNanos()
                : LinkOptions.MAX_REQUEST_TIMEOUT.toNanos();
    }

    /** Returns what is thrown where waiting has ended without a result. */
    private static RuntimeException thrown(Exception end, long nanos) {
        if (end instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new MemlinkTimeoutException(Outcome.UNKNOWN, "Interrupted while waiting for the reply");
        }
        if (end instanceof TimeoutException) {
            return new MemlinkTimeoutException(Outcome.UNKNOWN,
                    "Not completed within " + TimeUnit.NANOSECONDS.toMillis(nanos)
                            + " ms, although the request has a timeout: what completes it was not run,"
                            + " on its event loop or on the executor of callbacks");
        }
        return (end.getCause() instanceof MemlinkException failure) ? failure
                : new IllegalStateException("Reply failed in an unexpected way", end.getCause());
    }

}
