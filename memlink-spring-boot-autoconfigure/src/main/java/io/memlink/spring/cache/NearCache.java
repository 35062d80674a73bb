package io.memlink.spring.cache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Hit;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the memory of the application, by the names of their items. The entries of a
 * cleared cache are dropped one by one, as its generation is part of the name. Safe for
 * use by many threads. The only class that needs Caffeine.
 * <p>
 * After a change of its item was handed to the client, nothing is found here that was
 * asked for before that. The server answers the requests for a key in their order, so
 * what was asked after it knows the change. A change is counted twice: <pre>
 * count, forget -&gt; hand over -&gt; count, forget
 * </pre> What was read is kept only as long as the count is what it was when it was asked
 * for. That is compared and kept in one step, for which forgetting waits.
 * <ul>
 * <li>Asked before the first count: it is not used any more from then on.</li>
 * <li>Asked between the two: the request may have left before the change. What it finds
 * may be used until the change was handed over, and not any more from then on.</li>
 * <li>Asked after the second: it is kept.</li>
 * </ul>
 * The second count comes also where handing over has thrown something. It makes no
 * difference what becomes of the change later. Where the server may not have done it, the
 * client owes the key a delete: it tells older values as misses, or fails, to whoever
 * asked in between. Where the server has refused it, its caller makes another change in
 * its place, which is counted as well.
 */
final class NearCache {

    private static final int STRIPES = 1024;

    private static final int HOT_SECONDS = 60;

    private final Cache<String, Kept> entries;

    /** How often the items of a stripe were changed here. */
    private final AtomicIntegerArray changes = new AtomicIntegerArray(STRIPES);

    private final long maxAgeNanos;

    private final boolean hotOnly;

    private final LongSupplier nanoClock;

    NearCache(NearCacheConfiguration configuration, LongSupplier nanoClock) {
        // Upkeep is short, and needs no threads of its own.
        Caffeine<Object, Object> caffeine = Caffeine.newBuilder().executor(Runnable::run);
        Long maxBytes = configuration.maxBytes();
        this.entries = (maxBytes != null) ? caffeine.maximumWeight(maxBytes).weigher(NearCache::bytes).build()
                : caffeine.maximumSize(configuration.maxEntries()).build();
        this.maxAgeNanos = configuration.timeToLive().toNanos();
        this.hotOnly = configuration.hotOnly();
        this.nanoClock = nanoClock;
    }

    private static int bytes(String item, Kept kept) {
        return item.length() + kept.value().data().length;
    }

    @Nullable Kept get(String item) {
        return this.entries.getIfPresent(item);
    }

    /** Returns whether an entry need not be compared with the server's. */
    boolean isFresh(Kept kept) {
        return this.nanoClock.getAsLong() - kept.checkedNanos() < kept.maxAgeNanos();
    }

    /** Returns whether the server has to tell how often an item is read. */
    boolean isHotOnly() {
        return this.hotOnly;
    }

    /** Returns what a later {@link #keep} must know about now. */
    Asked asking(String item) {
        return new Asked(changes(item), this.nanoClock.getAsLong());
    }

    private int changes(String item) {
        return this.changes.get(stripe(item));
    }

    /**
     * Keeps what was found, unless it was changed here since it was asked for. How long
     * the reply has taken counts, as it may be as old as that.
     * @param item the name of the item
     * @param hit what was found
     * @param value its value
     * @param left how long it is still up to date; {@code null} for ever
     * @param asked what {@link #asking} was when it was asked for
     */
    void keep(String item, Hit hit, EncodedValue value, @Nullable Duration left, Asked asked) {
        if (this.hotOnly && !(hit.hitBefore() && hit.lastAccessSeconds() <= HOT_SECONDS)) {
            return;
        }
        Kept kept = new Kept(value, hit.casToken(), asked.nanos(),
                (left != null) ? Math.min(left.toNanos(), this.maxAgeNanos) : this.maxAgeNanos);
        // A change that is counted behind the comparison waits here to forget it.
        this.entries.asMap().compute(item, (same, before) -> (asked.changes() == changes(item)) ? kept : before);
    }

    void forget(String item) {
        this.entries.invalidate(item);
    }

    /**
     * Hands a change of an item to the client. Forgets the entry, and what is being read
     * of it, before and after that.
     * @param item the name of the item
     * @param change has handed over what changes the item when it returns or throws
     * @param <T> the type of what it returns
     * @return what it returns
     */
    <T> T change(String item, Supplier<T> change) {
        changed(item);
        try {
            return change.get();
        }
        finally {
            changed(item);
        }
    }

    private void changed(String item) {
        this.changes.incrementAndGet(stripe(item));
        forget(item);
    }

    private static int stripe(String item) {
        int hash = item.hashCode();
        return (hash ^ hash >>> 16) & STRIPES - 1;
    }

    /**
     * A question about an entry.
     *
     * @param changes how often it was changed here by then
     * @param nanos when it was asked
     */
    record Asked(int changes, long nanos) {
    }

    /**
     * An entry in memory.
     *
     * @param value its value
     * @param casToken tells whether the server's is still the same
     * @param checkedNanos when that was asked
     * @param maxAgeNanos for how long it is used after that, at most as long as it lives
     */
    record Kept(EncodedValue value, long casToken, long checkedNanos, long maxAgeNanos) {
    }

}
