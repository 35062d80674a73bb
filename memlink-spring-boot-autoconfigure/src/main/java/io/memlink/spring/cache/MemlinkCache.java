package io.memlink.spring.cache;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.spring.cache.Failures.Operation;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnEvictError;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.spring.cache.key.CacheKeys;
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

    private final CacheSettings settings;

    private final MemlinkClient client;

    private final CacheKeys keys;

    private final EntryValues values;

    private final EntryStore entries;

    private final Executor callbackExecutor;

    private final EntryLoads loads;

    private final FailedReads failedReads = new FailedReads();

    private final MemlinkCacheStatistics statistics;

    private final Failures failures;

    MemlinkCache(String name, MemlinkCacheConfiguration configuration, MemlinkClient client,
            Transcoder<Object> transcoder, Executor callbackExecutor) {
        super(configuration.cacheNullValues());
        this.name = name;
        this.settings = new CacheSettings(configuration);
        this.client = client;
        this.keys = new CacheKeys(configuration.conversionService());
        this.statistics = new MemlinkCacheStatistics(configuration.statistics());
        this.entries = new EntryStore(name, this.settings, client, this.statistics);
        this.callbackExecutor = callbackExecutor;
        this.failures = new Failures(name, this.settings, this.statistics);
        this.values = new EntryValues(transcoder, this.statistics, this.failures);
        this.loads = new EntryLoads(this.entries, this.values, this.settings, client, callbackExecutor, this.statistics,
                this.failures);
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
     * Returns how this cache behaves now.
     * @return the configuration
     */
    public MemlinkCacheConfiguration getCacheConfiguration() {
        return this.settings.configuration();
    }

    /**
     * Changes how this cache behaves from now on: how long entries that are put from now
     * on live, who loads them, and what becomes of failures. What entries were made with,
     * such as the prefix of keys or the transcoder, stays.
     * @param change is given the present configuration, and returns the one from now on
     * @throws IllegalArgumentException where settings make no sense, or cannot be changed
     * while the cache is used; all stays as it was then
     */
    public void reconfigure(UnaryOperator<MemlinkCacheConfigurationBuilder> change) {
        this.settings.change(change);
    }

    /**
     * Returns what this cache has counted.
     * @return the statistics, which go on counting
     */
    public MemlinkCacheStatistics getStatistics() {
        return this.statistics;
    }

    @Override
    protected @Nullable Object lookup(Object key) {
        String text = this.keys.text(key);
        try {
            return this.values.found(await(() -> this.entries.read(text)));
        }
        catch (MemlinkException ex) {
            return notRead(text, ex);
        }
    }

    /** Does the work of the client meanwhile, where that is faster. */
    private <T extends @Nullable Object> T await(Supplier<CompletableFuture<T>> operation) {
        return this.client.blocking().call(operation);
    }

    private @Nullable Object notRead(String key, Throwable failure) {
        this.statistics.add(Count.MISSES);
        this.failedReads.add(key);
        this.failures.degrade(Operation.READ, failure);
        return null;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        try {
            return (T) userValue(this.loads.get(key, this.keys.text(key), () -> {
                try {
                    return valueLoader.call();
                }
                catch (Throwable ex) {
                    throw new LoaderFailure(ex);
                }
            }));
        }
        catch (LoaderFailure ex) {
            throw new ValueRetrievalException(key, valueLoader, Failures.causeOf(ex));
        }
    }

    private static @Nullable Object userValue(@Nullable Object stored) {
        return (stored instanceof NullValue) ? null : stored;
    }

    @Override
    public CompletableFuture<?> retrieve(Object key) {
        String text = this.keys.text(key);
        return this.entries.read(text)
            .handleAsync((entry, failure) -> (failure != null) ? notRead(text, failure) : this.values.found(entry),
                    this.callbackExecutor)
            .thenApply((stored) -> (stored != null) ? toValueWrapper(stored) : null);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
        CompletableFuture<Object> stored = this.loads.retrieve(key, this.keys.text(key), () -> load(valueLoader));
        return stored.handle((value, failure) -> {
            if (failure == null) {
                return CompletableFuture.completedFuture((T) userValue(value));
            }
            Throwable cause = Failures.unwrap(failure);
            return CompletableFuture
                .<T>failedFuture((cause instanceof LoaderFailure) ? Failures.causeOf(cause) : cause);
        }).thenCompose(Function.identity());
    }

    private static <T> CompletableFuture<@Nullable Object> load(Supplier<CompletableFuture<T>> valueLoader) {
        CompletableFuture<T> loading;
        try {
            loading = valueLoader.get();
        }
        catch (Throwable ex) {
            loading = CompletableFuture.failedFuture(ex);
        }
        return loading.<@Nullable Object>thenApply((value) -> value)
            .exceptionallyCompose(
                    (failure) -> CompletableFuture.failedFuture(new LoaderFailure(Failures.unwrap(failure))));
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        Object stored = toStoreValue(value);
        String text = this.keys.text(key);
        this.statistics.add(Count.PUTS);
        if (this.failedReads.remove(text)) {
            forget(text);
            return;
        }
        EncodedValue encoded;
        Expiration expiration;
        try {
            encoded = this.values.encode(stored);
            expiration = this.settings.lifetimes().of(key, value);
        }
        catch (RuntimeException ex) {
            forget(text);
            this.failures.degrade(Operation.WRITE, ex);
            return;
        }
        this.entries.put(text, encoded, expiration).whenComplete((nothing, failure) -> {
            if (failure != null) {
                this.failures.note(Operation.WRITE, failure);
                if (!isDeletedByTheClient(failure)) {
                    forget(text);
                }
            }
        });
    }

    /** The client journals the key of a set of which nobody knows what became of it. */
    private static boolean isDeletedByTheClient(Throwable failure) {
        return Failures.unwrap(failure) instanceof MemlinkException known && known.outcome() == Outcome.UNKNOWN;
    }

    /** What was there before must not be read as if it were the latest. */
    private void forget(String key) {
        this.entries.forget(key).whenComplete((deleted, failure) -> {
            if (failure != null) {
                this.failures.note(Operation.EVICTION, failure);
            }
        });
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        Object stored = toStoreValue(value);
        String text = this.keys.text(key);
        this.statistics.add(Count.PUTS);
        try {
            EncodedValue encoded = this.values.encode(stored);
            if (await(() -> this.entries.add(text, encoded, this.settings.lifetimes().of(key, value)))) {
                return null;
            }
            Object existing = lookup(key);
            if (existing == null) {
                // It ended meanwhile, or is the mark of who loads it.
                await(() -> this.entries.put(text, encoded, this.settings.lifetimes().of(key, value)));
            }
            return toValueWrapper(existing);
        }
        catch (RuntimeException ex) {
            this.failures.degrade(Operation.WRITE, ex);
            return null;
        }
    }

    @Override
    public void evict(Object key) {
        String text = this.keys.text(key);
        this.statistics.add(Count.EVICTIONS);
        if (this.settings.configuration().onEvictError() == OnEvictError.THROW) {
            awaitEviction(
                    this.settings.configuration().softEvict() ? this.entries.evict(text) : this.entries.delete(text));
            return;
        }
        this.entries.evict(text).whenComplete((nothing, failure) -> {
            if (failure != null) {
                this.failures.note(Operation.EVICTION, failure);
            }
        });
    }

    @Override
    public boolean evictIfPresent(Object key) {
        String text = this.keys.text(key);
        this.statistics.add(Count.EVICTIONS);
        return Boolean.TRUE.equals(awaitEviction(this.entries.delete(text)));
    }

    private @Nullable Object awaitEviction(CompletableFuture<?> eviction) {
        try {
            return Failures.await(eviction);
        }
        catch (RuntimeException ex) {
            this.failures.note(Operation.EVICTION, ex);
            if (this.settings.configuration().onEvictError() == OnEvictError.THROW) {
                throw ex;
            }
            return null;
        }
    }

    @Override
    public void clear() {
        this.entries.clear().whenComplete((nothing, failure) -> {
            if (failure != null) {
                this.failures.note(Operation.CLEAR, failure);
            }
        });
    }

    /**
     * Clears the cache and waits until it is cleared.
     * @return false, since nobody counts the entries
     */
    @Override
    public boolean invalidate() {
        awaitEviction(this.entries.clear());
        return false;
    }

}
