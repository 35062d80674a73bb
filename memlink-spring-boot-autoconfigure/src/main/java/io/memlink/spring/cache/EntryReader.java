package io.memlink.spring.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import io.memlink.MemlinkClient;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Hit;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.spring.cache.NearCache.Asked;
import io.memlink.spring.cache.NearCache.Kept;
import io.memlink.spring.cache.fence.Ticket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads of entries: the requests, the meaning of the replies, and what is kept in memory.
 * Safe for use by many threads; never blocks.
 */
final class EntryReader {

    private static final Logger logger = LoggerFactory.getLogger(MemlinkCache.class);

    private final String cache;

    private final MemlinkClient client;

    private final CacheSettings settings;

    private final @Nullable NearCache near;

    private final boolean fenced;

    private final EntryQuestion question;

    private final MemlinkCacheStatistics statistics;

    private final AtomicBoolean warned = new AtomicBoolean();

    EntryReader(String cache, MemlinkClient client, CacheSettings settings, @Nullable NearCache near, boolean fenced,
            MemlinkCacheStatistics statistics, LongSupplier nanoClock) {
        this.cache = cache;
        this.client = client;
        this.fenced = fenced;
        this.question = new EntryQuestion(fenced, nanoClock);
        this.settings = settings;
        this.near = near;
        this.statistics = statistics;
    }

    /**
     * Reads an item.
     * @param item its name
     * @param forPut whether a put may follow, so that a placeholder is made where there
     * is nothing
     * @return what was found
     */
    CompletableFuture<Reading> read(String item, boolean forPut) {
        // What was asked has to be judged by the settings of then.
        EntryLifetimes lifetimes = this.settings.lifetimes();
        NearCache near = this.near;
        if (near == null) {
            MetaGet get = forPut ? this.question.forPut(item, lifetimes)
                    : this.question.builder(item, lifetimes, false).build();
            return this.client.send(get, (reply) -> reading(item, reply, lifetimes));
        }
        Kept kept = near.get(item);
        if (kept != null && near.isFresh(kept)) {
            this.statistics.add(Count.NEAR_HITS);
            return CompletableFuture.completedFuture(new Reading(kept.value(), false, Ticket.nothing(item)));
        }
        MetaGet.Builder get = this.question.builder(item, lifetimes, forPut);
        // What is kept in memory ends with the item.
        get.timeToLive();
        if (kept != null) {
            get.unlessCas(kept.casToken());
        }
        if (near.isHotOnly()) {
            get.hitBefore().lastAccess();
        }
        Asked asked = near.asking(item);
        return this.client.send(get.build(), (reply) -> {
            Reading reading = (kept != null && isLeftOut(reply)) ? leftOut(item, (Hit) reply, kept.value(), lifetimes)
                    : reading(item, reply, lifetimes);
            keep(near, item, reading, asked, reply, lifetimes);
            return reading;
        });
    }

    /** Returns whether the server left out a value, since it is that in memory. */
    private static boolean isLeftOut(MetaReply reply) {
        return reply instanceof Hit hit && hit.value() == null;
    }

    /**
     * Without its value, an item that is loaded anew looks like the mark of a lease.
     */
    private static Reading leftOut(String item, Hit hit, EncodedValue value, EntryLifetimes lifetimes) {
        if (hit.won()) {
            return Reading.missing(Ticket.refreshing(item, hit, value));
        }
        return new Reading(value, hit.stale() || isPastItsTime(hit, lifetimes), Ticket.of(item, hit, value));
    }

    private static void keep(NearCache near, String item, Reading reading, Asked asked, MetaReply reply,
            EntryLifetimes lifetimes) {
        EncodedValue value = reading.value();
        if (value != null && !reading.stale()) {
            Hit hit = (Hit) reply;
            near.keep(item, hit, value, lifetimes.freshFor(hit.timeToLive()), asked);
        }
        else {
            near.forget(item);
        }
    }

    private Reading reading(String item, MetaReply reply, EntryLifetimes lifetimes) {
        if (!(reply instanceof Hit hit)) {
            return Reading.missing(this.fenced ? Ticket.nothing(item) : Ticket.unfenced(item));
        }
        if (hit.casToken() == 0 && this.fenced && this.warned.compareAndSet(false, true)) {
            logger.warn("Cache {}: a server keeps no CAS tokens, so what was loaded before an eviction may be stored"
                    + " after it (expected: started without -C)", this.cache);
        }
        EncodedValue value = hit.encodedValue();
        Ticket ticket = Ticket.of(item, hit, value);
        return switch (hit.state()) {
            case LEASE_WON, REFRESH_WON, STALE_WON, LEASE_TAKEN -> Reading.missing(ticket);
            case STALE -> new Reading(value, true, ticket);
            case FRESH -> new Reading(value, isPastItsTime(hit, lifetimes), ticket);
        };
    }

    private static boolean isPastItsTime(Hit hit, EntryLifetimes lifetimes) {
        return !lifetimes.recacheBelow().isZero() && lifetimes.isStale(hit.timeToLive());
    }

}
