package io.memlink.spring.cache;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.memlink.meta.Expiration;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import org.jspecify.annotations.Nullable;

/**
 * The question that a read asks about an entry. It is the same for all entries of a cache
 * but for the key, so it is built once a second and asked about others meanwhile: not for
 * longer, since expirations beyond 30 days are points in time. Safe for use by many
 * threads.
 */
final class EntryQuestion {

    private static final long LIFETIME_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final boolean fenced;

    private final LongSupplier nanoClock;

    private volatile @Nullable Built latest;

    EntryQuestion(boolean fenced, LongSupplier nanoClock) {
        this.fenced = fenced;
        this.nanoClock = nanoClock;
    }

    /** Returns what is asked about an item that a put may follow. */
    MetaGet forPut(String item, EntryLifetimes lifetimes) {
        Built latest = this.latest;
        long now = this.nanoClock.getAsLong();
        if (latest != null && latest.lifetimes == lifetimes && now - latest.nanos < LIFETIME_NANOS) {
            return latest.get.about(Key.of(item));
        }
        MetaGet get = builder(item, lifetimes, true).build();
        this.latest = new Built(get, lifetimes, now);
        return get;
    }

    /**
     * Returns what is asked about an item, for more to be asked.
     * @param forPut whether a put may follow, so that a placeholder is made where there
     * is nothing
     */
    MetaGet.Builder builder(String item, EntryLifetimes lifetimes, boolean forPut) {
        MetaGet.Builder get = MetaGet.builder(Key.of(item)).value().clientFlags().casToken();
        if (forPut && this.fenced) {
            get.vivify(lifetimes.placeholder());
        }
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
        return lifetimes.configuration().softEvict() ? get.hitBefore().timeToLive() : get;
    }

    /**
     * A request that was built.
     *
     * @param get the request
     * @param lifetimes what it was built for
     * @param nanos when it was built
     */
    private record Built(MetaGet get, EntryLifetimes lifetimes, long nanos) {
    }

}
