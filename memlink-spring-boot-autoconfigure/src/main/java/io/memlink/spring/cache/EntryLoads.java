package io.memlink.spring.cache;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.BlockingMemlinkClient;
import io.memlink.BlockingValueOperations;
import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.ValueOperations;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkServerException.Reason;
import io.memlink.loading.Loaded;
import io.memlink.loading.Loaded.Source;
import io.memlink.spring.cache.Failures.Operation;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.NullValue;

/**
 * Reads of entries that load a missing entry once for all callers: the client coordinates
 * the loads as long as the servers can be asked, and this application does so alone where
 * they cannot. What is loaded then is not stored. Safe for use by many threads.
 */
final class EntryLoads {

    private final EntryStore entries;

    private final EntryValues values;

    private final LoadPolicies policies;

    private final boolean cacheNullValues;

    private final ValueOperations<LoadedEntry> items;

    private final BlockingMemlinkClient blocking;

    private final BlockingValueOperations<LoadedEntry> blockingItems;

    private final Executor executor;

    private final MemlinkCacheStatistics statistics;

    private final Failures failures;

    private final Flights flights = new Flights();

    /** Who is in a loader. */
    private final Set<Pilot> pilots = ConcurrentHashMap.newKeySet();

    EntryLoads(EntryStore entries, EntryValues values, CacheSettings settings, MemlinkClient client, Executor executor,
            MemlinkCacheStatistics statistics, Failures failures) {
        this.entries = entries;
        this.values = values;
        this.policies = new LoadPolicies(settings);
        this.cacheNullValues = settings.configuration().cacheNullValues();
        Transcoder<LoadedEntry> transcoder = LoadedEntry.transcoder(values);
        this.items = client.with(transcoder);
        this.blocking = client.blocking();
        this.blockingItems = client.blocking().with(transcoder);
        this.executor = executor;
        this.statistics = statistics;
        this.failures = failures;
    }

    /**
     * Reads an entry, or has it loaded in this thread.
     * @param key the key
     * @param text its text
     * @param loader fails with {@link LoaderFailure}
     * @return the value as it is stored
     */
    Object get(Object key, String text, Callable<@Nullable Object> loader) {
        String item;
        try {
            if (this.entries.readsFirst()) {
                Entry entry = this.blocking.call(() -> this.entries.read(text));
                Object found = (entry != null) ? this.values.found(entry) : null;
                if (entry != null) {
                    return (found != null) ? found : await(this.flights.join(text, () -> fill(key, text, loader)));
                }
            }
            item = this.blocking.call(() -> this.entries.item(text));
        }
        catch (MemlinkException ex) {
            this.statistics.add(Count.MISSES);
            this.failures.degrade(Operation.READ, ex);
            return await(this.flights.join(text, () -> call(loader)));
        }
        return leased(key, text, item, loader);
    }

    private Object leased(Object key, String text, String item, Callable<@Nullable Object> loader) {
        Pilot pilot = new Pilot(item, Thread.currentThread());
        if (this.pilots.contains(pilot)) {
            // A load that asks for what it loads would wait for itself.
            return await(call(loader));
        }
        Object stored;
        try {
            LoadPolicies.Load load = this.policies.load(key);
            Loaded<LoadedEntry> loaded = this.blockingItems.load(item, () -> entry(load.loaded(piloted(item, loader))),
                    load.policy());
            stored = stored(loaded);
        }
        catch (LoaderFailure ex) {
            throw ex;
        }
        catch (RuntimeException ex) {
            this.failures.degrade(Operation.READ, ex);
            return await(call(loader));
        }
        return (stored != null) ? stored : await(fill(key, text, loader));
    }

    private @Nullable Object piloted(String item, Callable<@Nullable Object> loader) throws Exception {
        Pilot pilot = new Pilot(item, Thread.currentThread());
        this.pilots.add(pilot);
        try {
            return loader.call();
        }
        finally {
            this.pilots.remove(pilot);
        }
    }

    /** As {@link #get}, without waiting; the loader is called on the executor. */
    CompletableFuture<Object> retrieve(Object key, String text, Supplier<CompletableFuture<@Nullable Object>> loader) {
        Supplier<CompletableFuture<@Nullable Object>> elsewhere = () -> CompletableFuture
            .supplyAsync(loader, this.executor)
            .thenCompose(Function.identity());
        CompletableFuture<@Nullable Entry> read = this.entries.readsFirst() ? this.entries.read(text)
                : CompletableFuture.completedFuture(null);
        return read
            .thenCompose((entry) -> (entry != null) ? found(key, text, entry, elsewhere) : leased(key, text, elsewhere))
            .handleAsync((stored, failure) -> (failure != null) ? withoutCache(text, failure, elsewhere)
                    : CompletableFuture.completedFuture(stored), this.executor)
            .thenCompose(Function.identity());
    }

    private CompletableFuture<Object> found(Object key, String text, Entry entry,
            Supplier<CompletableFuture<@Nullable Object>> loader) {
        return CompletableFuture.supplyAsync(() -> this.values.found(entry), this.executor)
            .thenCompose((found) -> (found != null) ? CompletableFuture.completedFuture(found)
                    : this.flights.join(text, () -> fill(key, text, loader)));
    }

    private CompletableFuture<Object> leased(Object key, String text,
            Supplier<CompletableFuture<@Nullable Object>> loader) {
        LoadPolicies.Load load = this.policies.load(key);
        return this.entries.item(text)
            .thenCompose((item) -> this.items.getOrLoad(item,
                    () -> loader.get().thenApply((value) -> entry(load.loaded(value))), load.policy()))
            .thenApplyAsync(this::stored, this.executor)
            .thenCompose(
                    (stored) -> (stored != null) ? CompletableFuture.completedFuture(stored) : fill(key, text, loader));
    }

    private CompletableFuture<Object> withoutCache(String text, Throwable failure,
            Supplier<CompletableFuture<@Nullable Object>> loader) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof LoaderFailure) {
            return CompletableFuture.failedFuture(cause);
        }
        this.statistics.add(Count.MISSES);
        this.failures.degrade(Operation.READ, cause);
        return this.flights.join(text, () -> loader.get().thenApply(EntryLoads::storeValue));
    }

    private static CompletableFuture<Object> call(Callable<@Nullable Object> loader) {
        try {
            return CompletableFuture.completedFuture(storeValue(loader.call()));
        }
        catch (Exception ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    private CompletableFuture<Object> fill(Object key, String text, Callable<@Nullable Object> loader) {
        return call(loader).whenComplete((stored, failure) -> put(key, text, stored));
    }

    private CompletableFuture<Object> fill(Object key, String text,
            Supplier<CompletableFuture<@Nullable Object>> loader) {
        return loader.get().thenApply(EntryLoads::storeValue).whenComplete((stored, failure) -> put(key, text, stored));
    }

    private void put(Object key, String text, @Nullable Object stored) {
        if (stored == null || (stored == NullValue.INSTANCE && !this.cacheNullValues)) {
            return;
        }
        this.statistics.add(Count.PUTS);
        try {
            this.entries.put(text, this.values.encode(stored), this.policies.expiration(key, stored))
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        this.failures.note(Operation.WRITE, failure);
                    }
                });
        }
        catch (RuntimeException ex) {
            this.failures.note(Operation.WRITE, ex);
        }
    }

    private static Object storeValue(@Nullable Object value) {
        return (value != null) ? value : NullValue.INSTANCE;
    }

    /** Returns what to store; {@code null} where that is not to be stored. */
    private @Nullable LoadedEntry entry(@Nullable Object value) {
        return (value != null || this.cacheNullValues) ? new LoadedEntry(null, storeValue(value)) : null;
    }

    /**
     * Returns a value as it is stored; {@code null} where it cannot be decoded; counts.
     */
    private @Nullable Object stored(Loaded<LoadedEntry> loaded) {
        Throwable failure = loaded.failure();
        boolean outdated = failure instanceof MemlinkServerException refusal && refusal.reason() == Reason.LEASE_LOST;
        if (failure != null && !outdated && !(Failures.unwrap(failure) instanceof LoaderFailure)) {
            this.failures.note((failure instanceof MemlinkException) ? Operation.READ : Operation.WRITE, failure);
        }
        boolean hit = loaded.source() == Source.HIT || loaded.source() == Source.STALE;
        this.statistics.add(hit ? Count.HITS : Count.MISSES);
        switch (loaded.source()) {
            case STALE -> this.statistics.add(Count.STALE_HITS);
            case LOADED -> {
                if (failure == null) {
                    this.statistics.add(Count.PUTS);
                }
            }
            case AWAITED -> this.statistics.add(Count.LEASE_WAITS);
            case HIT -> {
            }
        }
        LoadedEntry entry = loaded.value();
        if (entry == null) {
            return NullValue.INSTANCE;
        }
        return (entry.read() != null) ? this.values.decode(entry.read()) : entry.stored();
    }

    private static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        return Failures.await(future);
    }

    /**
     * A thread that loads an item.
     *
     * @param item what it loads
     * @param thread the thread
     */
    private record Pilot(String item, Thread thread) {
    }

}
