package io.memlink.spring.cache;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.error.MemlinkException;
import io.memlink.spring.cache.EntryLoads.LoaderFailure;
import io.memlink.spring.cache.EntryStore.RequestNotMadeException;
import io.memlink.spring.cache.Failures.Operation;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnEvictError;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.spring.cache.fence.OpenMisses;
import io.memlink.spring.cache.fence.OpenMisses.Miss;
import io.memlink.spring.cache.fence.Ticket;
import io.memlink.spring.cache.fence.Ticket.Right;
import io.memlink.spring.cache.invocation.Invocation;
import io.memlink.spring.cache.invocation.LoadLimit;
import io.memlink.spring.cache.invocation.WriteBacklog;
import io.memlink.spring.cache.key.CacheKeys;
import io.memlink.spring.cache.thread.MethodThreads;
import io.memlink.time.Timers;
import io.memlink.transcoder.InteropTranscoder;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.cache.support.NullValue;

/**
 * A view of a cache whose entries are items of memcached. Safe for use by many threads.
 * Does not own the client.
 * <p>
 * {@link MemlinkCacheManager#getCache} returns another view each time. All views of one
 * cache are the same but for one thing: a put knows the miss of its view that it follows,
 * so that what was loaded before an eviction is not stored after it.
 * <p>
 * Putting, evicting and clearing do not wait for the server; reading does, unless it is
 * done by {@link #retrieve}. What one application does to a key reaches the server in the
 * order in which it was done. Failures are counted, logged and turned into misses, unless
 * the configuration says otherwise.
 *
 * @since 0.1.0
 */
public final class MemlinkCache extends AbstractValueAdaptingCache {

    private final Parts parts;

    /** The invocation this view is of; {@code null} where that is not known. */
    private final @Nullable Invocation invocation;

    /** The latest miss of this view; one of another key does not concern a put. */
    private volatile @Nullable Miss miss;

    /** Whether this view has read more than once, and so is not that of one operation. */
    private volatile boolean used;

    MemlinkCache(String name, MemlinkCacheConfiguration configuration, Transcoder<Object> transcoder, Shared shared) {
        super(configuration.cacheNullValues());
        this.parts = Parts.of(name, configuration, transcoder, shared);
        this.invocation = null;
    }

    private MemlinkCache(MemlinkCache cache, @Nullable Invocation invocation) {
        super(cache.isAllowNullValues());
        this.parts = cache.parts;
        this.invocation = invocation;
    }

    /**
     * Returns another view of the same cache, for one operation of one invocation.
     * @param invocation after whose end it does not put; {@code null} where that is not
     * known
     */
    MemlinkCache view(@Nullable Invocation invocation) {
        return new MemlinkCache(this, invocation);
    }

    @Override
    public String getName() {
        return this.parts.name();
    }

    @Override
    public MemlinkClient getNativeCache() {
        return this.parts.shared().client();
    }

    /**
     * Returns how this cache behaves now.
     * @return the configuration
     */
    public MemlinkCacheConfiguration getCacheConfiguration() {
        return this.parts.settings().configuration();
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
        this.parts.settings().change(change);
    }

    /**
     * Returns what this cache has counted, by whichever view.
     * @return the statistics, which go on counting
     */
    public MemlinkCacheStatistics getStatistics() {
        return this.parts.statistics();
    }

    /**
     * Returns whether this cache can be used, as its client sees the backends now: where
     * most of those that keep its {@code generation} are gone, all its reads are misses.
     * Asks nobody.
     * @return whether enough of them are used
     */
    public boolean isUsable() {
        return this.parts.entries().isUsable();
    }

    /** Has changes made that may still be seen nowhere, before everything ends. */
    CompletableFuture<Void> confirm() {
        return this.parts.entries().confirm();
    }

    @Override
    protected @Nullable Object lookup(Object key) {
        String text = this.parts.keys().text(key);
        Reading reading;
        try {
            // Does the work of the client meanwhile, where that is faster.
            reading = this.parts.shared().client().blocking().call(() -> read(text));
        }
        catch (MemlinkException | RequestNotMadeException ex) {
            missed((misses, lifetimes) -> misses.ofThread(this, this.invocation, text, Ticket.unknown(text),
                    lifetimes.leaseTime(), lifetimes.longestLoad()));
            notRead(ex);
            return null;
        }
        Object found = this.parts.values().found(reading);
        if (found != null) {
            known(text);
        }
        else {
            missed((misses, lifetimes) -> misses.ofThread(this, this.invocation, text, reading.ticket(),
                    lifetimes.leaseTime(), lifetimes.longestLoad()));
        }
        return found;
    }

    private CompletableFuture<Reading> read(String text) {
        this.parts.misses().giveBackUnreachable();
        return this.parts.entries().read(text);
    }

    private void missed(BiFunction<OpenMisses, EntryLifetimes, Miss> open) {
        OpenMisses misses = this.parts.misses();
        Miss missed = open.apply(misses, this.parts.settings().lifetimes());
        this.used |= this.miss != null;
        this.miss = missed;
        if (this.invocation != null) {
            this.invocation.atEnd(() -> misses.abandon(missed));
        }
    }

    private void notRead(Throwable failure) {
        LoadLimit limit = this.parts.shared().outageLimit();
        if (this.invocation != null && limit != null) {
            this.invocation.inOutage(limit, this.parts.shared().threads().ofCall());
        }
        this.parts.statistics().add(Count.MISSES);
        this.parts.failures().degrade(Operation.READ, failure);
    }

    /** As inherited, except that the failure does not show the value. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        Object value = fromStoreValue(lookup(key));
        if (value != null && type != null && !type.isInstance(value)) {
            throw new IllegalStateException(
                    "Cached value is not of required type [" + type.getName() + "]: " + value.getClass().getName());
        }
        return (T) value;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        String text = this.parts.keys().text(key);
        try {
            Object value = this.parts.loads().get(key, text, () -> {
                try {
                    return valueLoader.call();
                }
                catch (Throwable ex) {
                    throw new LoaderFailure(ex);
                }
            });
            known(text);
            return (T) userValue(value);
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
        String text = this.parts.keys().text(key);
        CompletableFuture<@Nullable ValueWrapper> result = new CompletableFuture<>();
        read(text)
            .handleAsync((reading, failure) -> (failure != null) ? notFound(text, failure) : found(text, reading),
                    this.parts.shared().threads().ofCall())
            .whenComplete((stored, failure) -> {
                if (failure == null) {
                    result.complete((stored != null) ? toValueWrapper(stored) : null);
                }
                else {
                    // As it is, since error handlers look at what it is.
                    result.completeExceptionally(Failures.unwrap(failure));
                }
            });
        return result;
    }

    private @Nullable Object notFound(String text, Throwable failure) {
        missed((misses, lifetimes) -> misses.ofChain(this, this.invocation, text, Ticket.unknown(text),
                lifetimes.leaseTime(), lifetimes.longestLoad()));
        notRead(failure);
        return null;
    }

    private @Nullable Object found(String text, Reading reading) {
        Object found = this.parts.values().found(reading);
        if (found == null) {
            missed((misses, lifetimes) -> misses.ofChain(this, this.invocation, text, reading.ticket(),
                    lifetimes.leaseTime(), lifetimes.longestLoad()));
        }
        return found;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
        CompletableFuture<T> result = new CompletableFuture<>();
        String text = this.parts.keys().text(key);
        known(text);
        this.parts.loads()
            .retrieve(key, text, () -> load(valueLoader), this.parts.shared().threads().ofCall())
            .whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete((T) userValue(value));
                    return;
                }
                result.completeExceptionally(Failures.ofLoad(failure));
            });
        return result;
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

    /**
     * Stores a value. If it follows a miss, which was of this view and thread, or of
     * {@link #retrieve} on this view, it is stored only if nothing has happened to the
     * entry since, and is not stored if it is {@code null} and those are not cached.
     * @throws IllegalArgumentException where it is a change to {@code null}, and those
     * are not cached
     */
    @Override
    public void put(Object key, @Nullable Object value) {
        String text = this.parts.keys().text(key);
        Miss own = this.miss;
        Miss miss = this.parts.misses().take(this, own, this.invocation, text);
        boolean surely = miss != null && miss.isOf(this) && miss.isOfPresentThread()
                && (miss.isOfThread() || !this.used) && (this.invocation != null || !miss.isOvertaken());
        if (miss != null && miss == own) {
            this.miss = null;
            this.used = true;
        }
        EntryWriter writer = this.parts.writer();
        if (miss == null) {
            this.parts.misses().changedByThisThread(this, text);
            this.parts.loads().changed(text);
            this.parts.shared().backlog().add(writer.change(key, text, toStoreValue(value), value));
        }
        else if (miss.ticket().right() == Right.UNKNOWN) {
            this.parts.shared().backlog().add(writer.forget(text));
        }
        else if (value == null && !isAllowNullValues()) {
            this.parts.misses().giveBack(miss);
        }
        else {
            this.parts.shared().backlog().add(writer.fill(key, miss, toStoreValue(value), value, surely));
        }
    }

    /** What a future has missed may still be put by it, or by a change that follows. */
    private void forget(Predicate<Miss> changed) {
        Miss miss = this.miss;
        if (miss != null && changed.test(miss)) {
            this.used = true;
            this.miss = (miss.isOfThread() && miss.isOfPresentThread()) ? null : miss;
        }
    }

    /** What this thread does from now on does not follow what it has missed. */
    private void changing(String text) {
        known(text);
        this.parts.loads().changed(text);
    }

    /** Nor does it where the thread was given a value since. */
    private void known(String text) {
        forget((miss) -> miss.key().equals(text));
        this.parts.misses().changedByThisThread(this, text);
    }

    /**
     * Stores a value where there is none, and waits until that is done.
     * @return {@code null} if it was stored; what is there otherwise. If nobody knows,
     * since the server cannot be asked, the value itself
     */
    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        Object stored = toStoreValue(value);
        String text = this.parts.keys().text(key);
        changing(text);
        try {
            return toValueWrapper(this.parts.writer().add(key, text, stored, value));
        }
        catch (RuntimeException ex) {
            this.parts.failures().degrade(Operation.WRITE, ex);
            return toValueWrapper(stored);
        }
    }

    @Override
    public void evict(Object key) {
        if (getCacheConfiguration().onEvictError() == OnEvictError.THROW) {
            awaitEviction(evicting(key, !getCacheConfiguration().softEvict()));
            return;
        }
        this.parts.shared().backlog().add(evicting(key, false).whenComplete((nothing, failure) -> {
            if (failure != null) {
                this.parts.failures().note(Operation.EVICTION, failure);
            }
        }));
    }

    /**
     * Begins to evict.
     * @param looks whether it has to be known whether there was an entry
     */
    CompletableFuture<?> evicting(Object key, boolean looks) {
        String text = this.parts.keys().text(key);
        changing(text);
        this.parts.statistics().add(Count.EVICTIONS);
        EntryStore entries = this.parts.entries();
        return looks ? entries.delete(text) : entries.evict(text);
    }

    @Override
    public boolean evictIfPresent(Object key) {
        return Boolean.TRUE.equals(awaitEviction(evicting(key, true)));
    }

    private @Nullable Object awaitEviction(CompletableFuture<?> eviction) {
        try {
            return Failures.await(eviction);
        }
        catch (RuntimeException ex) {
            this.parts.failures().note(Operation.EVICTION, ex);
            if (getCacheConfiguration().onEvictError() == OnEvictError.THROW) {
                throw ex;
            }
            return null;
        }
    }

    @Override
    public void clear() {
        clearing().whenComplete((nothing, failure) -> {
            if (failure != null) {
                this.parts.failures().note(Operation.CLEAR, failure);
            }
        });
    }

    /**
     * Clears the cache and waits until it is cleared.
     * @return false, since nobody counts the entries
     */
    @Override
    public boolean invalidate() {
        awaitEviction(clearing());
        return false;
    }

    /** Begins to clear. */
    CompletableFuture<Void> clearing() {
        forget((miss) -> true);
        this.parts.misses().clearedByThisThread(this);
        this.parts.loads().cleared();
        return this.parts.entries().clear();
    }

    /** The parts that all caches of one manager have in common. */
    record Shared(MemlinkClient client, MethodThreads threads, @Nullable LoadLimit outageLimit, OutageLog outages,
            WriteBacklog backlog, Timers timers) {
    }

    /** The parts that all views of one cache have in common. */
    private record Parts(String name, CacheSettings settings, Shared shared, CacheKeys keys, EntryValues values,
            EntryStore entries, EntryWriter writer, EntryLoads loads, OpenMisses misses,
            MemlinkCacheStatistics statistics, Failures failures) {

        static Parts of(String name, MemlinkCacheConfiguration configuration, Transcoder<Object> transcoder,
                Shared shared) {
            MemlinkClient client = shared.client();
            Timers timers = shared.timers();
            CacheSettings settings = new CacheSettings(configuration);
            MemlinkCacheStatistics statistics = new MemlinkCacheStatistics(configuration.statistics());
            Failures failures = new Failures(name, settings, statistics, shared.outages());
            EntryValues values = new EntryValues(transcoder, configuration.cacheNullValues(), statistics, failures);
            EntryStore entries = new EntryStore(name, settings, client, isFenced(transcoder), statistics, timers);
            OpenMisses misses = new OpenMisses(client, timers);
            EntryWriter writer = new EntryWriter(settings, entries, values, misses, statistics, failures);
            EntryLoads loads = new EntryLoads(entries, values, writer, misses, settings, client, shared.outageLimit(),
                    shared.threads(), statistics, failures);
            return new Parts(name, settings, shared, new CacheKeys(configuration.conversionService()), values, entries,
                    writer, loads, misses, statistics, failures);
        }

        /** Programs with other clients would read a placeholder as an empty text. */
        private static boolean isFenced(Transcoder<Object> transcoder) {
            return !(transcoder instanceof InteropTranscoder);
        }

    }

}
