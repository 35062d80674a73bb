package io.memlink.spring.cache;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.ValueOperations;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.spring.cache.generation.Generation;
import io.memlink.spring.cache.key.EntryNames;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a cache as items of memcached, named by the texts of their keys and the
 * current generation. Safe for use by many threads; never blocks. The operations of one
 * thread on a key reach the server in their order.
 */
final class EntryStore {

    private final MemlinkClient client;

    private final ValueOperations<EncodedValue> items;

    private final EntryNames names;

    private final Generation generation;

    private final EntryReader reader;

    private final @Nullable NearCache near;

    private final CacheSettings settings;

    EntryStore(String cache, CacheSettings settings, MemlinkClient client, MemlinkCacheStatistics statistics) {
        MemlinkCacheConfiguration configuration = settings.configuration();
        this.settings = settings;
        this.client = client;
        this.items = client.with(Transcoder.encoded());
        this.names = new EntryNames(configuration.keyPrefix(), cache);
        this.generation = new Generation(client, this.names.generation(), configuration.clearLag(), System::nanoTime);
        NearCacheConfiguration near = configuration.near();
        this.near = (near != null) ? new NearCache(near, System::nanoTime) : null;
        this.reader = new EntryReader(client, settings, this.near, statistics);
    }

    private <T extends @Nullable Object> CompletableFuture<T> withItem(String key,
            Function<String, CompletableFuture<T>> operation) {
        return this.generation.apply((generation) -> operation.apply(this.names.entry(generation, key)));
    }

    private <T extends @Nullable Object> CompletableFuture<T> change(String key,
            Function<String, CompletableFuture<T>> operation) {
        return withItem(key, (item) -> {
            if (this.near != null) {
                this.near.changed(item);
            }
            return operation.apply(item);
        });
    }

    CompletableFuture<@Nullable Entry> read(String key) {
        return withItem(key, this.reader::read);
    }

    /** Returns how the item of an entry is called now. */
    CompletableFuture<String> item(String key) {
        return this.generation
            .applyOnce((generation) -> CompletableFuture.completedFuture(this.names.entry(generation, key)));
    }

    /**
     * Returns whether an entry has to be read here before it is loaded, since the client
     * neither touches what it reads nor knows what is in memory.
     */
    boolean readsFirst() {
        return this.near != null || this.settings.configuration().timeToIdle() != null;
    }

    CompletableFuture<Void> put(String key, EncodedValue value, Expiration expiration) {
        return change(key, (item) -> this.items.set(item, value, expiration));
    }

    /** Puts an entry where there is none, and returns whether it did. */
    CompletableFuture<Boolean> add(String key, EncodedValue value, Expiration expiration) {
        return change(key, (item) -> this.items.add(item, value, expiration));
    }

    /** Deletes an entry, and returns whether there was one. */
    CompletableFuture<Boolean> delete(String key) {
        return change(key, this.client::delete);
    }

    /** Deletes an entry, now or as soon as that can be done, or makes it stale. */
    CompletableFuture<?> evict(String key) {
        MemlinkCacheConfiguration configuration = this.settings.configuration();
        return configuration.softEvict() ? change(key, (item) -> markStale(item, configuration.staleFor()))
                : forget(key);
    }

    /** Deletes an entry, now or as soon as that can be done. */
    CompletableFuture<?> forget(String key) {
        return change(key, this.client::invalidate);
    }

    private CompletableFuture<?> markStale(String item, Duration staleFor) {
        return this.client.markStale(item, staleFor)
            .exceptionallyCompose((failure) -> this.client.invalidate(item).thenApply((done) -> false));
    }

    /** Returns whether enough is known of the generation to read and put, or can be. */
    boolean isUsable() {
        return this.generation.isUsable();
    }

    /** Makes all entries unreachable. */
    CompletableFuture<Void> clear() {
        return this.generation.next();
    }

}
