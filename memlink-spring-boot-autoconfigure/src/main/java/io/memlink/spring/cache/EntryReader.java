package io.memlink.spring.cache;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.memlink.EncodedValue;
import io.memlink.MemlinkClient;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.spring.cache.NearCache.Kept;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries: what the server is asked, what its reply means, and what of it is kept
 * in memory. Safe for use by many threads; never blocks.
 */
final class EntryReader {

    private final MemlinkClient client;

    private final EntryLifetimes lifetimes;

    private final boolean softEvict;

    private final Duration recacheBelow;

    private final @Nullable NearCache near;

    private final MemlinkCacheStatistics statistics;

    EntryReader(MemlinkClient client, EntryLifetimes lifetimes, boolean softEvict, @Nullable NearCache near,
            MemlinkCacheStatistics statistics) {
        this.client = client;
        this.lifetimes = lifetimes;
        this.softEvict = softEvict;
        this.recacheBelow = lifetimes.recacheBelow();
        this.near = near;
        this.statistics = statistics;
    }

    /**
     * Reads an item.
     * @param item its name
     * @return the entry; {@code null} where there is none, {@link Entry#TO_LOAD} where it
     * is this reader's part to load it again
     */
    CompletableFuture<@Nullable Entry> read(String item) {
        NearCache near = this.near;
        if (near == null) {
            return this.client.send(get(item).build()).thenApply(this::entry);
        }
        Kept kept = near.get(item);
        if (kept != null && near.isFresh(kept)) {
            this.statistics.add(Count.NEAR_HITS);
            return CompletableFuture.completedFuture(new Entry(kept.value(), false));
        }
        MetaGet.Builder get = get(item).casToken();
        if (kept != null) {
            get.unlessCas(kept.casToken());
        }
        if (near.isHotOnly()) {
            get.hitBefore().lastAccess();
        }
        int changes = near.changes(item);
        return this.client.send(get.build()).thenApply((reply) -> keep(near, item, kept, changes, reply));
    }

    private MetaGet.Builder get(String item) {
        MetaGet.Builder get = MetaGet.builder(Key.of(item)).value().clientFlags();
        Expiration touched = this.lifetimes.touched();
        if (touched != null) {
            get.touch(touched);
        }
        if (!this.recacheBelow.isZero()) {
            get.recacheBelow(this.recacheBelow).timeToLive();
        }
        // Where it is not told, several readers of a stale item may be the one to load
        // it.
        return this.softEvict ? get.hitBefore() : get;
    }

    private @Nullable Entry keep(NearCache near, String item, @Nullable Kept kept, int changes, MetaReply reply) {
        if (kept != null && reply instanceof Hit hit && hit.value() == null && !hit.won() && !isStale(hit)) {
            near.keep(item, hit, kept.value(), changes);
            return new Entry(kept.value(), false);
        }
        Entry entry = entry(reply);
        if (entry != null && entry != Entry.TO_LOAD && !entry.stale()) {
            near.keep(item, (Hit) reply, entry.value(), changes);
        }
        else {
            near.forget(item);
        }
        return entry;
    }

    private @Nullable Entry entry(MetaReply reply) {
        if (!(reply instanceof Hit hit)) {
            return null;
        }
        byte[] value = hit.value();
        if (hit.won() || value == null) {
            return Entry.TO_LOAD;
        }
        if (value.length == 0 && hit.clientFlags() == 0 && hit.alreadyWon()) {
            // Keeps the place of what another application loads.
            return null;
        }
        return new Entry(new EncodedValue(value, hit.clientFlags()), isStale(hit));
    }

    private boolean isStale(Hit hit) {
        return hit.stale() || (!this.recacheBelow.isZero() && this.lifetimes.isStale(hit.timeToLive()));
    }

}
