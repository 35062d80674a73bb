package io.memlink.spring.cache;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.memlink.loading.LoadPolicy;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/**
 * Expirations of the entries of a cache on the server, which are later than their time to
 * live where entries may be read stale. Safe for use by many threads.
 */
final class EntryLifetimes {

    private final MemlinkCacheConfiguration configuration;

    /** What entries have for which nothing has to be computed. */
    private final Expiration usual;

    // Computed once, since a hit asks for them, and division of durations is slow.

    private final Duration recacheBefore;

    private final Duration recacheBelow;

    private final Duration longestLoad;

    private final Expiration placeholder;

    EntryLifetimes(MemlinkCacheConfiguration configuration) {
        this.configuration = configuration;
        Duration timeToIdle = configuration.timeToIdle();
        this.usual = after((timeToIdle != null) ? timeToIdle : configuration.timeToLive());
        this.recacheBefore = recacheBefore(configuration);
        this.recacheBelow = configuration.staleFor().plus(this.recacheBefore);
        this.longestLoad = LoadPolicy.longestUnleasedLoad(configuration.leaseTimeToLive());
        this.placeholder = Expiration.after(this.longestLoad);
    }

    MemlinkCacheConfiguration configuration() {
        return this.configuration;
    }

    private static Expiration after(@Nullable Duration timeToLive) {
        return (timeToLive != null) ? Expiration.after(timeToLive) : Expiration.never();
    }

    /** Returns when an entry that is put now leaves the server. */
    Expiration of(Object key, @Nullable Object value) {
        Expiration fresh = fresh(key, value);
        Duration timeToLive = fresh.timeToLive();
        Duration staleFor = this.configuration.staleFor();
        return (timeToLive == null || staleFor.isZero()) ? fresh : Expiration.after(timeToLive.plus(staleFor));
    }

    /** Returns when an entry that is put now is out of date. */
    Expiration fresh(Object key, @Nullable Object value) {
        Duration timeToLive = timeToLive(key, value);
        double jitter = this.configuration.jitter();
        if (timeToLive == null || (timeToLive.equals(this.configuration.timeToLive()) && jitter == 0)) {
            return this.usual;
        }
        double part = 1 - jitter * ThreadLocalRandom.current().nextDouble();
        return Expiration.after(Duration.ofMillis(Math.max(1, Math.round(timeToLive.toMillis() * part))));
    }

    private @Nullable Duration timeToLive(Object key, @Nullable Object value) {
        Duration nullTimeToLive = this.configuration.nullTimeToLive();
        if (value == null && nullTimeToLive != null) {
            return nullTimeToLive;
        }
        TimeToLiveFunction function = this.configuration.timeToLiveFunction();
        Duration computed = (function != null) ? function.timeToLive(key, value) : null;
        if (computed != null && (computed.isNegative() || computed.isZero())) {
            throw new IllegalArgumentException("timeToLive: " + computed + " (expected: more than zero)");
        }
        return (computed != null) ? shorter(computed, MemlinkCacheConfigurationBuilder.MAX_LIFETIME)
                : this.configuration.timeToLive();
    }

    /** Returns what a read makes of it; {@code null} where it leaves it. */
    @Nullable Expiration touched() {
        return (this.configuration.timeToIdle() != null) ? this.usual : null;
    }

    /**
     * Returns with how much left one reader is to load an entry again; zero for never.
     */
    Duration recacheBelow() {
        return this.recacheBelow;
    }

    /**
     * Returns how long before its end an entry is loaded again: at most for the second
     * half of the shortest lifetime that is known, as entries would be loaded again as
     * soon as they are stored.
     */
    Duration recacheBefore() {
        return this.recacheBefore;
    }

    private static Duration recacheBefore(MemlinkCacheConfiguration configuration) {
        Duration before = configuration.recacheBefore();
        if (before.isZero()) {
            return before;
        }
        Duration timeToLive = configuration.timeToLive();
        if (timeToLive != null) {
            double part = 1 - configuration.jitter();
            before = shorter(before, Duration.ofMillis(Math.round(timeToLive.toMillis() * part)).dividedBy(2));
        }
        Duration nullTimeToLive = configuration.nullTimeToLive();
        return (nullTimeToLive != null) ? shorter(before, nullTimeToLive.dividedBy(2)) : before;
    }

    private static Duration shorter(Duration one, Duration other) {
        return (one.compareTo(other) < 0) ? one : other;
    }

    /** Returns how long an entry with that time left on the server is up to date. */
    @Nullable Duration freshFor(@Nullable Duration left) {
        return (left != null) ? left.minus(this.configuration.staleFor()) : null;
    }

    /** Returns how long one reader may load before others do as well. */
    Duration leaseTime() {
        return this.configuration.leaseTimeToLive();
    }

    /**
     * Returns how long a load that has no lease may take whose value is stored. It keeps
     * nobody from loading meanwhile.
     */
    Duration longestLoad() {
        return this.longestLoad;
    }

    /** Returns when the placeholder of a load that has no lease expires. */
    Expiration placeholder() {
        return this.placeholder;
    }

    /** Returns whether an entry is past its time to live. */
    boolean isStale(@Nullable Duration left) {
        return left != null && left.compareTo(this.configuration.staleFor()) < 0;
    }

}
