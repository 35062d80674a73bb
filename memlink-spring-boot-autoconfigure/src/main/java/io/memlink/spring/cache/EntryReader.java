package io.memlink.spring.cache;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.memlink.MemlinkClient;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.Hit.State;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.spring.cache.NearCache.Kept;
import org.jspecify.annotations.Nullable;

/**
 * Reads of entries: the requests, the meaning of the replies, and what is kept in memory.
 * Safe for use by many threads; never blocks.
 */
final class EntryReader {

    private final MemlinkClient client;

    private final CacheSettings settings;

    private final @Nullable NearCache near;

    private final MemlinkCacheStatistics statistics;

    EntryReader(MemlinkClient client, CacheSettings settings, @Nullable NearCache near,
            MemlinkCacheStatistics statistics) {
        this.client = client;
        this.settings = settings;
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
        // What was asked has to be judged by the settings of then.
        EntryLifetimes lifetimes = this.settings.lifetimes();
        NearCache near = this.near;
        if (near == null) {
            return this.client.send(get(item, lifetimes).build()).thenApply((reply) -> entry(reply, lifetimes));
        }
        Kept kept = near.get(item);
        if (kept != null && near.isFresh(kept)) {
            this.statistics.add(Count.NEAR_HITS);
            return CompletableFuture.completedFuture(new Entry(kept.value(), false));
        }
        MetaGet.Builder get = get(item, lifetimes).casToken();
        if (kept != null) {
            get.unlessCas(kept.casToken());
        }
        if (near.isHotOnly()) {
            get.hitBefore().lastAccess();
        }
        int changes = near.changes(item);
        return this.client.send(get.build()).thenApply((reply) -> {
            Entry entry = (kept != null && isLeftOut(reply, lifetimes)) ? new Entry(kept.value(), false)
                    : entry(reply, lifetimes);
            keep(near, item, entry, changes, reply);
            return entry;
        });
    }

    private static MetaGet.Builder get(String item, EntryLifetimes lifetimes) {
        MetaGet.Builder get = MetaGet.builder(Key.of(item)).value().clientFlags();
        Expiration touched = lifetimes.touched();
        if (touched != null) {
            get.touch(touched);
        }
        Duration recacheBelow = lifetimes.recacheBelow();
        if (!recacheBelow.isZero()) {
            get.recacheBelow(recacheBelow).timeToLive();
        }
        // Where it is not told, several readers of a stale item may be the one to load
        // it.
        return lifetimes.configuration().softEvict() ? get.hitBefore() : get;
    }

    /** Returns whether the server left out a value, since it is that in memory. */
    private static boolean isLeftOut(MetaReply reply, EntryLifetimes lifetimes) {
        if (!(reply instanceof Hit hit) || hit.value() != null) {
            return false;
        }
        // Without its value, an item that another application loads anew looks like the
        // mark of a lease.
        boolean usable = hit.state() == State.FRESH || hit.state() == State.LEASE_TAKEN;
        return usable && !isPastItsTime(hit, lifetimes);
    }

    private static void keep(NearCache near, String item, @Nullable Entry entry, int changes, MetaReply reply) {
        if (entry != null && entry != Entry.TO_LOAD && !entry.stale()) {
            near.keep(item, (Hit) reply, entry.value(), changes);
        }
        else {
            near.forget(item);
        }
    }

    private static @Nullable Entry entry(MetaReply reply, EntryLifetimes lifetimes) {
        if (!(reply instanceof Hit hit)) {
            return null;
        }
        if (hit.value() == null) {
            return Entry.TO_LOAD;
        }
        return switch (hit.state()) {
            case LEASE_WON, REFRESH_WON, STALE_WON -> Entry.TO_LOAD;
            case LEASE_TAKEN -> null;
            case STALE -> new Entry(hit.encodedValue(), true);
            case FRESH -> new Entry(hit.encodedValue(), isPastItsTime(hit, lifetimes));
        };
    }

    private static boolean isPastItsTime(Hit hit, EntryLifetimes lifetimes) {
        return !lifetimes.recacheBelow().isZero() && lifetimes.isStale(hit.timeToLive());
    }

}
