package io.memlink.spring.cache;

import java.io.Serial;
import java.time.Duration;
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
import io.memlink.error.MemlinkDecodingException;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkServerException.Reason;
import io.memlink.loading.Loaded;
import io.memlink.loading.Loaded.Source;
import io.memlink.spring.cache.EntryStore.RequestNotMadeException;
import io.memlink.spring.cache.Failures.Operation;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.spring.cache.fence.OpenMisses;
import io.memlink.spring.cache.fence.OpenMisses.Miss;
import io.memlink.spring.cache.fence.Ticket;
import io.memlink.spring.cache.invocation.Invocation;
import io.memlink.spring.cache.invocation.LoadLimit;
import io.memlink.spring.cache.thread.MethodThreads;
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

    private final EntryWriter writer;

    private final OpenMisses misses;

    private final CacheSettings settings;

    private final boolean cacheNullValues;

    private final ValueOperations<LoadedEntry> items;

    private final BlockingMemlinkClient blocking;

    private final BlockingValueOperations<LoadedEntry> blockingItems;

    private final @Nullable LoadLimit outageLimit;

    private final MethodThreads threads;

    private final MemlinkCacheStatistics statistics;

    private final Failures failures;

    private final Flights flights = new Flights();

    /** Who is in a loader. */
    private final Set<Pilot> pilots = ConcurrentHashMap.newKeySet();

    EntryLoads(EntryStore entries, EntryValues values, EntryWriter writer, OpenMisses misses, CacheSettings settings,
            MemlinkClient client, @Nullable LoadLimit outageLimit, MethodThreads threads,
            MemlinkCacheStatistics statistics, Failures failures) {
        this.entries = entries;
        this.values = values;
        this.writer = writer;
        this.misses = misses;
        this.settings = settings;
        this.policies = new LoadPolicies(settings);
        this.outageLimit = outageLimit;
        this.threads = threads;
        this.cacheNullValues = settings.configuration().cacheNullValues();
        Transcoder<LoadedEntry> transcoder = LoadedEntry.transcoder(values);
        this.items = client.with(transcoder);
        this.blocking = client.blocking();
        this.blockingItems = client.blocking().with(transcoder);
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
        long calledNanos = System.nanoTime();
        String item;
        try {
            if (this.entries.readsFirst()) {
                Reading reading = this.blocking.call(() -> this.entries.look(text));
                if (isToEndHere(reading)) {
                    Object found = this.values.found(reading);
                    return (found != null) ? found : this.flights.get(flight(text, reading),
                            () -> fill(key, text, reading.ticket(), () -> call(loader)), maxWait());
                }
            }
            item = this.blocking.call(() -> this.entries.item(text));
        }
        catch (MemlinkException | RequestNotMadeException ex) {
            return withoutCache(text, ex, loader, calledNanos);
        }
        return leased(key, text, item, loader, calledNanos);
    }

    private Object withoutCache(String text, RuntimeException failure, Callable<@Nullable Object> loader,
            long calledNanos) {
        this.statistics.add(Count.MISSES);
        inOutage(Invocation.present());
        this.failures.degrade(Operation.READ, failure);
        Duration left = maxWait().minusNanos(System.nanoTime() - calledNanos);
        return this.flights.get(text, () -> call(loader), left.isNegative() ? Duration.ZERO : left);
    }

    /** Who has read the same token knows that nothing has changed since. */
    private static String flight(String text, Reading reading) {
        return text + " " + reading.ticket().casToken();
    }

    private Duration maxWait() {
        return this.settings.configuration().leaseMaxWait();
    }

    /** Lets nobody join a load that began before a change. */
    void changed(String text) {
        this.flights.forget(text);
    }

    /** Lets nobody join a load that began before a clear. */
    void cleared() {
        this.flights.forgetAll();
    }

    /** What was found, or is this reader's to load, needs no lease. */
    private static boolean isToEndHere(Reading reading) {
        return reading.value() != null || reading.isChosen();
    }

    private Object leased(Object key, String text, String item, Callable<@Nullable Object> loader, long calledNanos) {
        Pilot pilot = new Pilot(item, Thread.currentThread());
        if (this.pilots.contains(pilot)) {
            // A load that asks for what it loads would wait for itself.
            return await(call(loader));
        }
        Object stored;
        try {
            LoadPolicies.Load load = this.policies.load(key);
            Refresh refresh = new Refresh();
            Loaded<LoadedEntry> loaded = this.blockingItems.load(item,
                    () -> entry(load.loaded(piloted(item, counting(refresh, loader)))), load.policy());
            refresh.callerIsServed();
            stored = stored(loaded);
        }
        catch (LoaderFailure ex) {
            throw ex;
        }
        catch (MemlinkException ex) {
            return withoutCache(text, ex, loader, calledNanos);
        }
        catch (RuntimeException ex) {
            this.failures.degrade(Operation.READ, ex);
            return await(call(loader));
        }
        return (stored != null) ? stored : await(replace(key, text, () -> call(loader)));
    }

    private static Callable<@Nullable Object> counting(Refresh refresh, Callable<@Nullable Object> loader) {
        return () -> {
            try {
                return loader.call();
            }
            catch (Throwable ex) {
                refresh.hasFailed();
                throw ex;
            }
        };
    }

    /**
     * A load that may be one in the background: its caller is served with what is there.
     * Which thread loads does not tell, since a caller does the work of the client while
     * it waits. Safe for use by many threads.
     */
    private final class Refresh {

        private boolean served;

        private boolean failed;

        synchronized void hasFailed() {
            this.failed = true;
            count();
        }

        synchronized void callerIsServed() {
            this.served = true;
            count();
        }

        private void count() {
            if (this.served && this.failed) {
                EntryLoads.this.statistics.add(Count.REFRESH_FAILURES);
            }
        }

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
    CompletableFuture<Object> retrieve(Object key, String text, Supplier<CompletableFuture<@Nullable Object>> loader,
            Executor executor) {
        Invocation invocation = Invocation.present();
        Supplier<CompletableFuture<@Nullable Object>> elsewhere = () -> CompletableFuture.supplyAsync(loader, executor)
            .thenCompose(Function.identity());
        CompletableFuture<@Nullable Reading> read = this.entries.readsFirst()
                ? this.entries.look(text).thenApply((reading) -> isToEndHere(reading) ? reading : null)
                : CompletableFuture.completedFuture(null);
        return read
            .thenCompose((reading) -> (reading != null) ? found(key, text, reading, elsewhere, executor)
                    : leased(key, text, elsewhere, executor))
            .handleAsync((stored, failure) -> (failure != null) ? withoutCache(text, failure, elsewhere, invocation)
                    : CompletableFuture.completedFuture(stored), executor)
            .thenCompose(Function.identity());
    }

    private CompletableFuture<Object> found(Object key, String text, Reading reading,
            Supplier<CompletableFuture<@Nullable Object>> loader, Executor executor) {
        return CompletableFuture.supplyAsync(() -> this.values.found(reading), executor)
            .thenCompose((found) -> (found != null) ? CompletableFuture.completedFuture(found) : this.flights.join(
                    flight(text, reading),
                    () -> fill(key, text, reading.ticket(), () -> loader.get().thenApply(EntryLoads::storeValue)),
                    maxWait()));
    }

    private CompletableFuture<Object> leased(Object key, String text,
            Supplier<CompletableFuture<@Nullable Object>> loader, Executor executor) {
        LoadPolicies.Load load = this.policies.load(key);
        CompletableFuture<Loaded<LoadedEntry>> result = new CompletableFuture<>();
        Refresh refresh = new Refresh();
        this.entries.item(text)
            .thenCompose((item) -> this.items.getOrLoad(item, () -> loader.get().whenComplete((value, failure) -> {
                if (failure != null) {
                    refresh.hasFailed();
                }
            }).thenApply((value) -> entry(load.loaded(value))), load.policy()))
            .whenComplete((loaded, failure) -> {
                if (failure != null) {
                    result.completeExceptionally(Failures.unwrap(failure));
                }
                else {
                    refresh.callerIsServed();
                    result.complete(loaded);
                }
            });
        return result.thenApplyAsync(this::stored, executor)
            .thenCompose((stored) -> (stored != null) ? CompletableFuture.completedFuture(stored)
                    : replace(key, text, () -> loader.get().thenApply(EntryLoads::storeValue)));
    }

    private CompletableFuture<Object> withoutCache(String text, Throwable failure,
            Supplier<CompletableFuture<@Nullable Object>> loader, @Nullable Invocation invocation) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof LoaderFailure) {
            return CompletableFuture.failedFuture(cause);
        }
        this.statistics.add(Count.MISSES);
        inOutage(invocation);
        this.failures.degrade(Operation.READ, cause);
        return this.flights.join(text, () -> loader.get().thenApply(EntryLoads::storeValue), maxWait());
    }

    /** The method that loads waits until it may run. */
    private void inOutage(@Nullable Invocation invocation) {
        LoadLimit limit = this.outageLimit;
        if (invocation != null && limit != null) {
            invocation.inOutage(limit, this.threads.ofCall());
        }
    }

    private static CompletableFuture<Object> call(Callable<@Nullable Object> loader) {
        try {
            return CompletableFuture.completedFuture(storeValue(loader.call()));
        }
        catch (Throwable ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    /** Loads in place of a value that cannot be used, and has not been read here. */
    private CompletableFuture<Object> replace(Object key, String text, Supplier<CompletableFuture<Object>> load) {
        return this.entries.look(text)
            .handle((reading, failure) -> (reading != null) ? fill(key, text, reading.ticket(), load) : load.get())
            .thenCompose(Function.identity());
    }

    private CompletableFuture<Object> fill(Object key, String text, Ticket ticket,
            Supplier<CompletableFuture<Object>> load) {
        EntryLifetimes lifetimes = this.settings.lifetimes();
        Miss opened = this.misses.ofChain(load, null, text, ticket, lifetimes.leaseTime(), lifetimes.longestLoad());
        return load.get().handle((stored, failure) -> {
            Miss miss = this.misses.take(load, opened, null, text);
            if (failure == null) {
                put(key, miss, stored);
                return CompletableFuture.completedFuture(stored);
            }
            if (miss != null) {
                this.misses.giveBack(miss);
            }
            Object old = (lifetimes.configuration().serveStaleOnError() && ticket.value() != null)
                    ? this.values.decode(ticket.value()) : null;
            return (old != null) ? CompletableFuture.completedFuture(old)
                    : CompletableFuture.<Object>failedFuture(Failures.unwrap(failure));
        }).thenCompose(Function.identity());
    }

    private void put(Object key, @Nullable Miss miss, Object stored) {
        Object value = (stored != NullValue.INSTANCE) ? stored : null;
        if (miss == null) {
            return;
        }
        if (value == null && !this.cacheNullValues) {
            this.misses.giveBack(miss);
            return;
        }
        try {
            this.writer.fill(key, miss, stored, value, true);
        }
        catch (RuntimeException ex) {
            // Noted already; what was loaded is returned all the same.
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
            boolean read = loaded.source() != Source.LOADED || failure instanceof MemlinkDecodingException;
            this.failures.note(read ? Operation.READ : Operation.WRITE, failure);
        }
        boolean hit = loaded.source() == Source.HIT || loaded.source() == Source.STALE;
        this.statistics.add(hit ? Count.HITS : Count.MISSES);
        switch (loaded.source()) {
            case STALE -> this.statistics.add(Count.STALE_HITS);
            case LOADED -> {
                if (failure == null && loaded.value() != null) {
                    this.statistics.add(Count.PUTS);
                }
                if (outdated) {
                    this.statistics.add(Count.REFUSED_PUTS);
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

    /**
     * Failure of a loader, as opposed to one of the cache. The cause is what the loader
     * failed with. Never leaves the cache.
     */
    static final class LoaderFailure extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1;

        LoaderFailure(Throwable cause) {
            super(null, cause, false, false);
        }

    }

}
