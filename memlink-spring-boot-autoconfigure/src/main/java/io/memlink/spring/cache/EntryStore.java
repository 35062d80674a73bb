package io.memlink.spring.cache;

import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.ValueOperations;
import io.memlink.error.MemlinkException;
import io.memlink.meta.Done;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaSet;
import io.memlink.spring.cache.fence.Ticket;
import io.memlink.spring.cache.generation.Generation;
import io.memlink.spring.cache.key.EntryNames;
import io.memlink.time.Timers;
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

    EntryStore(String cache, CacheSettings settings, MemlinkClient client, boolean fenced,
            MemlinkCacheStatistics statistics, Timers timers) {
        MemlinkCacheConfiguration configuration = settings.configuration();
        this.settings = settings;
        this.client = client;
        this.items = client.with(Transcoder.encoded());
        this.names = new EntryNames(configuration.keyPrefix(), cache);
        this.generation = new Generation(client, this.names.generation(), configuration.clearLag(), timers);
        NearCacheConfiguration near = configuration.near();
        this.near = (near != null) ? new NearCache(near, timers::nanoTime) : null;
        this.reader = new EntryReader(cache, client, settings, this.near, fenced, statistics, timers::nanoTime);
    }

    private <T extends @Nullable Object> CompletableFuture<T> withItem(String key,
            Function<String, CompletableFuture<T>> operation) {
        return this.generation.apply((generation) -> begin(operation, this.names.entry(generation, key)));
    }

    /**
     * Begins an operation. It runs in the callbacks of others, so that whatever it throws
     * is a failure of its own, and reaches neither them nor those who wait behind it.
     */
    private static <T extends @Nullable Object> CompletableFuture<T> begin(
            Function<String, CompletableFuture<T>> operation, String item) {
        try {
            return operation.apply(item);
        }
        catch (MemlinkException | Error ex) {
            return CompletableFuture.failedFuture(ex);
        }
        catch (RuntimeException ex) {
            return CompletableFuture.failedFuture(new RequestNotMadeException(ex));
        }
    }

    /** A change that nobody loaded for; in which generation, nobody can know for sure. */
    private <T extends @Nullable Object> CompletableFuture<T> change(String key,
            Function<String, CompletableFuture<T>> operation) {
        this.generation.changing(key, (generation) -> changeAgain(this.names.entry(generation, key)));
        return store(key, operation);
    }

    /** Whatever was stored or deleted, it is not what is there. */
    private void changeAgain(String item) {
        handOver(item, this.client::invalidate);
    }

    private <T extends @Nullable Object> CompletableFuture<T> store(String key,
            Function<String, CompletableFuture<T>> operation) {
        return withItem(key, (item) -> handOver(item, operation));
    }

    /** Hands what changes an item to the client, of which nothing older is kept. */
    private <T extends @Nullable Object> CompletableFuture<T> handOver(String item,
            Function<String, CompletableFuture<T>> change) {
        return (this.near != null) ? this.near.change(item, () -> change.apply(item)) : change.apply(item);
    }

    /** Reads an entry that a put may follow. */
    CompletableFuture<Reading> read(String key) {
        return withItem(key, (item) -> this.reader.read(item, true));
    }

    /** Reads an entry that no put follows. */
    CompletableFuture<Reading> look(String key) {
        return withItem(key, (item) -> this.reader.read(item, false));
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
        return change(key, (item) -> this.client.send(putting(item, value, expiration), (reply) -> null));
    }

    /** Reads that were called since must not find what was there if it fails. */
    private static MetaSet putting(String item, EncodedValue value, Expiration expiration) {
        return MetaSet.builder(Key.of(item), value.data())
            .clientFlags(value.flags())
            .expiration(expiration)
            .deleteOnFailure()
            .build();
    }

    /**
     * Puts an entry unless anything has happened to it since it was read, and returns
     * whether it did.
     */
    CompletableFuture<Boolean> fill(String key, Ticket ticket, EncodedValue value, Expiration expiration) {
        return switch (ticket.right()) {
            case NOTHING -> CompletableFuture.completedFuture(Boolean.FALSE);
            case UNFENCED ->
                store(key, (item) -> this.items.set(item, value, expiration)).thenApply((nothing) -> Boolean.TRUE);
            default -> store(key, (item) -> item.equals(ticket.item()) ? fill(ticket, value, expiration)
                    : CompletableFuture.completedFuture(Boolean.FALSE));
        };
    }

    private CompletableFuture<Boolean> fill(Ticket ticket, EncodedValue value, Expiration expiration) {
        MetaSet set = MetaSet.builder(Key.of(ticket.item()), value.data())
            .clientFlags(value.flags())
            .expiration(expiration)
            .compareCas(ticket.casToken())
            .fill()
            .build();
        return this.client.send(set, (reply) -> reply instanceof Done);
    }

    /** Puts an entry where there is none, and returns whether it did. */
    CompletableFuture<Boolean> add(String key, EncodedValue value, Expiration expiration) {
        return change(key, (item) -> this.items.add(item, value, expiration));
    }

    /**
     * Deletes an entry, and returns whether there was one. A placeholder is none, which
     * only a look before it can tell.
     */
    CompletableFuture<Boolean> delete(String key) {
        return change(key, (item) -> {
            CompletableFuture<MetaReply> look = this.client
                .send(MetaGet.builder(Key.of(item)).size().clientFlags().casToken().build());
            return this.client.delete(item)
                .thenCombine(look.handle((seen, failure) -> seen instanceof Hit hit && !isPlaceholder(hit)),
                        (deleted, seen) -> deleted && seen);
        });
    }

    private static boolean isPlaceholder(Hit hit) {
        return hit.isPlaceholder() && hit.size() == 0;
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
            .exceptionallyCompose((failure) -> handOver(item, this.client::invalidate).thenApply((done) -> false));
    }

    /** Returns whether enough is known of the generation to read and put, or can be. */
    boolean isUsable() {
        return this.generation.isUsable();
    }

    /** Has changes made that may still be seen nowhere. */
    CompletableFuture<Void> confirm() {
        return this.generation.confirm();
    }

    /** Makes all entries unreachable. */
    CompletableFuture<Void> clear() {
        return this.generation.next();
    }

    /**
     * A request that could not be made, so that no server was asked. What it says is what
     * Memlink says of settings, and so may be logged.
     */
    static final class RequestNotMadeException extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1;

        RequestNotMadeException(RuntimeException cause) {
            super("request: not made: " + cause, cause);
        }

    }

}
