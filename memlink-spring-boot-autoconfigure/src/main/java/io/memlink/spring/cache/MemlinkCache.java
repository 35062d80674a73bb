package io.memlink.spring.cache;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.memlink.EncodedValue;
import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.error.MemlinkDecodingException;
import io.memlink.error.MemlinkException;
import io.memlink.meta.Expiration;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnEvictError;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
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

    private final CacheKeys keys;

    private final StoreValueTranscoder transcoder;

    private final EntryLifetimes lifetimes;

    private final EntryStore entries;

    private final Executor callbackExecutor;

    private final Flights flights = new Flights();

    private final FailedReads failedReads = new FailedReads();

    private final MemlinkCacheStatistics statistics;

    private final Failures failures;

    MemlinkCache(String name, MemlinkCacheConfiguration configuration, MemlinkClient client,
            Transcoder<Object> transcoder, Executor callbackExecutor) {
        super(configuration.cacheNullValues());
        this.name = name;
        this.configuration = configuration;
        this.client = client;
        this.keys = new CacheKeys(configuration.conversionService());
        this.transcoder = new StoreValueTranscoder(transcoder);
        this.lifetimes = new EntryLifetimes(configuration);
        this.statistics = new MemlinkCacheStatistics(configuration.statistics());
        this.entries = new EntryStore(name, configuration, client, this.statistics);
        this.callbackExecutor = callbackExecutor;
        this.failures = new Failures(name, configuration.onError(), this.statistics);
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

    @Override
    protected @Nullable Object lookup(Object key) {
        String text = this.keys.text(key);
        try {
            return found(text, awaitOrThrow(this.entries.read(text)), null);
        }
        catch (MemlinkException ex) {
            return found(text, null, ex);
        }
    }

    /**
     * Returns an entry as it is stored; counts. Not for event loops, since it decodes.
     */
    private @Nullable Object found(String key, @Nullable Entry entry, @Nullable Throwable failure) {
        Object value = (entry != null) ? decode(entry) : null;
        this.statistics.add((value != null) ? Count.HITS : Count.MISSES);
        if (entry != null && entry.stale()) {
            this.statistics.add(Count.STALE_HITS);
        }
        if (failure != null) {
            this.failedReads.add(key);
            this.failures.degrade("get", failure);
        }
        return value;
    }

    private @Nullable Object decode(Entry entry) {
        try {
            return this.transcoder.decode(entry.value());
        }
        catch (RuntimeException ex) {
            this.statistics.add(Count.DECODE_FAILURES);
            this.failures.degrade("get",
                    new MemlinkDecodingException("value cannot be decoded: " + ex.getMessage(), ex));
            return null;
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        Object stored = lookup(key);
        if (stored == null) {
            stored = awaitOrThrow(this.flights.join(this.keys.text(key), () -> {
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
            return this.flights.join(this.keys.text(key),
                    () -> valueLoader.get().thenApply((value) -> store(key, value)));
        });
        return stored.thenApply((value) -> (T) userValue(value));
    }

    private CompletableFuture<@Nullable Object> retrieveStored(Object key) {
        String text = this.keys.text(key);
        return this.entries.read(text)
            .handleAsync((entry, failure) -> found(text, entry, failure), this.callbackExecutor);
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
            encoded = this.transcoder.encode(stored);
            expiration = this.lifetimes.of(key, value);
        }
        catch (RuntimeException ex) {
            forget(text);
            this.failures.degrade("put", ex);
            return;
        }
        this.entries.put(text, encoded, expiration).whenComplete((nothing, failure) -> {
            if (failure != null) {
                this.failures.note("put", failure);
                forget(text);
            }
        });
    }

    /** What was there before must not be read as if it were the latest. */
    private void forget(String key) {
        this.entries.forget(key).whenComplete((deleted, failure) -> {
            if (failure != null) {
                this.failures.note("evict", failure);
            }
        });
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        Object stored = toStoreValue(value);
        String text = this.keys.text(key);
        this.statistics.add(Count.PUTS);
        try {
            EncodedValue encoded = this.transcoder.encode(stored);
            if (awaitOrThrow(this.entries.add(text, encoded, this.lifetimes.of(key, value)))) {
                return null;
            }
            Object existing = lookup(key);
            if (existing == null) {
                // It ended meanwhile, or is the mark of who loads it.
                awaitOrThrow(this.entries.put(text, encoded, this.lifetimes.of(key, value)));
            }
            return toValueWrapper(existing);
        }
        catch (RuntimeException ex) {
            this.failures.degrade("putIfAbsent", ex);
            return null;
        }
    }

    @Override
    public void evict(Object key) {
        String text = this.keys.text(key);
        this.statistics.add(Count.EVICTIONS);
        if (this.configuration.onEvictError() == OnEvictError.THROW) {
            awaitEviction(this.configuration.softEvict() ? this.entries.evict(text) : this.entries.delete(text));
            return;
        }
        this.entries.evict(text).whenComplete((nothing, failure) -> {
            if (failure != null) {
                this.failures.note("evict", failure);
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
            return awaitOrThrow(eviction);
        }
        catch (RuntimeException ex) {
            this.failures.note("evict", ex);
            if (this.configuration.onEvictError() == OnEvictError.THROW) {
                throw ex;
            }
            return null;
        }
    }

    @Override
    public void clear() {
        this.entries.clear().whenComplete((nothing, failure) -> {
            if (failure != null) {
                this.failures.note("clear", failure);
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

    private static <T extends @Nullable Object> T awaitOrThrow(CompletableFuture<T> future) {
        try {
            return future.join();
        }
        catch (CompletionException ex) {
            throw Failures.asRuntimeException(ex);
        }
    }

}
