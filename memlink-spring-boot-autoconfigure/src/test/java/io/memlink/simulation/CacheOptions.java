package io.memlink.simulation;

import java.time.Duration;
import java.util.List;

import io.memlink.spring.cache.MemlinkCacheConfiguration;
import io.memlink.spring.cache.MemlinkCacheConfigurationBuilder;
import io.memlink.spring.cache.NearCacheConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * What differs from cache to cache.
 *
 * @param clearLag how long a clear may go unnoticed
 * @param near how long an entry in memory is used before it is compared; {@code null} for
 * none in memory
 * @param timeToLive of entries; {@code null} for ever
 * @param staleFor how long they are used beyond that
 * @param recacheBefore how long before that they are loaded again
 * @param softEvict whether evicted entries become stale
 * @param lease whether one application loads for all
 * @param clears how many of all changes clear the cache
 * @param bursts how often a user makes many calls at once, more than a connection may
 * take
 * @param burstSize how many these are at most
 * @param burstClears how many of these clear
 * @param methods how many calls are made by a thread that waits for them, and makes
 * others within them
 * @param interruptions how often somebody reads an entry just before a delete of it
 * leaves
 */
record CacheOptions(Duration clearLag, @Nullable Duration near, @Nullable Duration timeToLive, Duration staleFor,
        Duration recacheBefore, boolean softEvict, boolean lease, double clears, double bursts, int burstSize,
        double burstClears, double methods, double interruptions) {

    static CacheOptions of(Chance chance, Pace pace) {
        Duration clearLag = Duration.ofMillis(chance.pick(List.of(0, 0, 50, 300, 1000, 5000)));
        Duration near = chance.hits(0.35) ? Duration.ofMillis(chance.pick(List.of(100, 1000))) : null;
        Duration timeToLive = chance.hits(0.5)
                ? Duration.ofSeconds(chance.pick(List.of(2, 20))).multipliedBy(pace.lives()) : null;
        Duration staleFor = (timeToLive != null && chance.hits(0.5)) ? Duration.ofSeconds(chance.from(1, 5))
                : Duration.ZERO;
        Duration recacheBefore = (timeToLive != null && chance.hits(0.4)) ? Duration.ofSeconds(1) : Duration.ZERO;
        return new CacheOptions(clearLag, near, timeToLive, staleFor, recacheBefore,
                !staleFor.isZero() && chance.hits(0.5), chance.hits(0.8), chance.pick(List.of(0.0, 0.01, 0.1, 0.5)),
                chance.pick(List.of(0.0, 0.0, 0.01, 0.03, 0.2)), chance.pick(List.of(5, 20, 50)),
                chance.pick(List.of(0.0, 0.1, 0.4)), chance.pick(List.of(0.0, 0.0, 0.2, 0.7)),
                chance.pick(List.of(0.0, 0.0, 0.3, 1.0)));
    }

    /**
     * Returns the same with many clears, of which others learn late, and with somebody
     * who reads just when they do.
     */
    CacheOptions divided(Chance chance) {
        return new CacheOptions(Duration.ofMillis(chance.pick(List.of(0, 0, 50))), null, this.timeToLive, this.staleFor,
                this.recacheBefore, false, this.lease, chance.pick(List.of(0.1, 0.3)), 0, this.burstSize,
                this.burstClears, 0, 1);
    }

    MemlinkCacheConfiguration configuration() {
        MemlinkCacheConfigurationBuilder builder = MemlinkCacheConfiguration.builder()
            .clearLag(this.clearLag)
            .timeToLive(this.timeToLive)
            .staleFor(this.staleFor)
            .recacheBefore(this.recacheBefore)
            .softEvict(this.softEvict)
            .lease(this.lease)
            .leaseTimeToLive(Duration.ofSeconds(1))
            .leaseMaxWait(Duration.ofMillis(500));
        return ((this.near != null) ? builder.near(new NearCacheConfiguration(this.near, 10_000, null, false))
                : builder)
            .build();
    }

    long clearLagNanos() {
        return this.clearLag.toNanos();
    }

    long nearNanos() {
        return (this.near != null) ? this.near.toNanos() : 0;
    }

}
