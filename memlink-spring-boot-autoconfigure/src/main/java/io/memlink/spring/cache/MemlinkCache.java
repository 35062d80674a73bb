package io.memlink.spring.cache;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.EncodedValue;
import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.ValueOperations;
import io.memlink.error.MemlinkDecodingException;
import io.memlink.error.MemlinkException;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnError;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.cache.support.NullValue;

/**
 * A cache whose entries are items of memcached. Safe for use by many threads. Does not
 * own the client.
 * <p>
 * Putting, evicting and clearing do not wait for the server; reading does, unless it is
 * done by {@link #retrieve}. What one application does to a key reaches the server in the
 * order in which it was done. Failures are counted, logged and turned into misses, unless
 * the configuration says otherwise.
 *
 * @since 0.1.0
 */
public final class MemlinkCache extends AbstractValueAdaptingCache {

    private final String name;

    private final MemlinkCacheConfiguration configuration;

    private final MemlinkClient client;

    private final ValueOperations<EncodedValue> items;

    private final StoreValueTranscoder transcoder;

    private final String keyPrefix;

    private final Generation generation;

    private final Executor callbackExecutor;

    private final Flights flights = new Flights();

    private final MemlinkCacheStatistics statistics = new MemlinkCacheStatistics();

    private final FailureLog log;

    MemlinkCache(String name, MemlinkCacheConfiguration configuration, MemlinkClient client,
            StoreValueTranscoder transcoder, Executor callbackExecutor) {
        super(configuration.cacheNullValues());
        this.name = name;
        this.configuration = configuration;
        this.client = client;
        this.items = client.with(Transcoder.encoded());
        this.transcoder = transcoder;
        this.keyPrefix = EntryNames.prefix(configuration.keyPrefix(), name);
        this.generation = new Generation(client, EntryNames.generation(this.keyPrefix));
        this.callbackExecutor = callbackExecutor;
        this.log = new FailureLog(name);
    }

    @Override
    public String getName() {
        return this.name;
    }

    @Override
    public MemlinkClient getNativeCache() {
        return this.client;
    }

    /**
     * Returns how this cache behaves.
     * @return the configuration
     */
    public MemlinkCacheConfiguration getCacheConfiguration() {
        return this.configuration;
    }

    /**
     * Returns what this cache has counted.
     * @return the statistics, which go on counting
     */
    public MemlinkCacheStatistics getStatistics() {
        return this.statistics;
    }

    /** Does something with the item of a key, whose name depends on the generation. */
    private <T extends @Nullable Object> CompletableFuture<T> withItem(Object key,
            Function<String, CompletableFuture<T>> operation) {
        String text = CacheKeys.text(key);
        return this.generation
            .apply((generation) -> operation.apply(EntryNames.entry(this.keyPrefix, generation, text)));
    }

    @Override
    protected @Nullable Object lookup(Object key) {
        try {
            return found(awaitOrThrow(read(key)), null);
        }
        catch (MemlinkException ex) {
            return found(null, ex);
        }
    }

    private CompletableFuture<@Nullable EncodedValue> read(Object key) {
        return withItem(key, this.items::get);
    }

    /**
     * Returns an entry as it is stored; counts. Not for event loops, since it decodes.
     */
    private @Nullable Object found(@Nullable EncodedValue item, @Nullable Throwable failure) {
        Object value = null;
        Throwable problem = failure;
        if (item != null) {
            try {
                value = this.transcoder.decode(item);
            }
            catch (RuntimeException ex) {
                problem = new MemlinkDecodingException("value cannot be decoded: " + ex.getMessage(), ex);
            }
        }
        this.statistics.read(value != null);
        if (problem != null) {
            degrade("get", problem);
        }
        return value;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        Object stored = lookup(key);
        if (stored == null) {
            stored = awaitOrThrow(this.flights.join(CacheKeys.text(key), () -> {
                try {
                    return CompletableFuture.completedFuture(store(key, valueLoader.call()));
                }
                catch (Throwable ex) {
                    return CompletableFuture.failedFuture(new ValueRetrievalException(key, valueLoader, ex));
                }
            }));
        }
        return (T) userValue(stored);
    }

    private static @Nullable Object userValue(@Nullable Object stored) {
        return (stored instanceof NullValue) ? null : stored;
    }

    /**
     * Stores what was loaded, and returns it as it is stored; what cannot be stored is
     * returned.
     */
    private Object store(Object key, @Nullable Object value) {
        Object stored = (value != null) ? value : NullValue.INSTANCE;
        if (value != null || isAllowNullValues()) {
            put(key, value);
        }
        return stored;
    }

    @Override
    public CompletableFuture<?> retrieve(Object key) {
        return retrieveStored(key).thenApply((stored) -> (stored != null) ? toValueWrapper(stored) : null);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
        CompletableFuture<@Nullable Object> stored = retrieveStored(key).thenCompose((found) -> {
            if (found != null) {
                return CompletableFuture.completedFuture(found);
            }
            return this.flights.join(CacheKeys.text(key),
                    () -> valueLoader.get().thenApply((value) -> store(key, value)));
        });
        return stored.thenApply((value) -> (T) userValue(value));
    }

    private CompletableFuture<@Nullable Object> retrieveStored(Object key) {
        return read(key).handleAsync(this::found, this.callbackExecutor);
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        Object stored = toStoreValue(value);
        this.statistics.put();
        EncodedValue encoded;
        try {
            encoded = this.transcoder.encode(stored);
        }
        catch (RuntimeException ex) {
            notPut(key, ex);
            return;
        }
        withItem(key, (item) -> this.items.set(item, encoded, this.configuration.expiration()))
            .whenComplete((nothing, failure) -> {
                if (failure != null) {
                    notPut(key, failure);
                }
            });
    }

    /** What was there before must not be read as if it were the latest. */
    private void notPut(Object key, Throwable failure) {
        failed("put", failure);
        deleteQuietly(key);
    }

    private void deleteQuietly(Object key) {
        withItem(key, this.client::delete).whenComplete((deleted, failure) -> {
            if (failure != null) {
                this.statistics.failed();
            }
        });
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        Object stored = toStoreValue(value);
        this.statistics.put();
        try {
            EncodedValue encoded = this.transcoder.encode(stored);
            boolean added = awaitOrThrow(
                    withItem(key, (item) -> this.items.add(item, encoded, this.configuration.expiration())));
            return added ? null : toValueWrapper(lookup(key));
        }
        catch (RuntimeException ex) {
            degrade("putIfAbsent", ex);
            return null;
        }
    }

    @Override
    public void evict(Object key) {
        this.statistics.evicted();
        withItem(key, this.client::delete).whenComplete((deleted, failure) -> {
            if (failure != null) {
                failed("evict", failure);
            }
        });
    }

    @Override
    public boolean evictIfPresent(Object key) {
        this.statistics.evicted();
        try {
            return awaitOrThrow(withItem(key, this.client::delete));
        }
        catch (RuntimeException ex) {
            degrade("evict", ex);
            return false;
        }
    }

    @Override
    public void clear() {
        this.generation.next().whenComplete((next, failure) -> {
            if (failure != null) {
                failed("clear", failure);
            }
        });
    }

    /**
     * Clears the cache and waits until it is cleared.
     * @return false, since nobody counts the entries
     */
    @Override
    public boolean invalidate() {
        try {
            awaitOrThrow(this.generation.next());
        }
        catch (RuntimeException ex) {
            degrade("clear", ex);
        }
        return false;
    }

    private void failed(String operation, Throwable failure) {
        this.statistics.failed();
        this.log.log(operation, unwrap(failure));
    }

    /** Goes on as if there were no entry, unless failures are to be thrown. */
    private void degrade(String operation, Throwable failure) {
        failed(operation, failure);
        if (this.configuration.onError() == OnError.THROW) {
            throw asRuntimeException(unwrap(failure));
        }
    }

    private static <T extends @Nullable Object> T awaitOrThrow(CompletableFuture<T> future) {
        try {
            return future.join();
        }
        catch (CompletionException ex) {
            throw asRuntimeException(unwrap(ex));
        }
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return (failure instanceof CompletionException && cause != null) ? cause : failure;
    }

    private static RuntimeException asRuntimeException(Throwable failure) {
        return (failure instanceof RuntimeException runtime) ? runtime : new IllegalStateException(failure);
    }

}
