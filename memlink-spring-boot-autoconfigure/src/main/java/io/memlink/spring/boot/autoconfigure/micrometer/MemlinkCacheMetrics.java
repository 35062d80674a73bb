package io.memlink.spring.boot.autoconfigure.micrometer;

import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheStatistics;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of a cache, by the names that other caches have too. There is no
 * {@code cache.size}, as nobody counts the entries of one cache, and no
 * {@code cache.evictions}: what the servers evict is theirs to tell. They read the
 * statistics that all views of a cache have in common. Another meter tells whether the
 * cache can be used at all.
 */
final class MemlinkCacheMetrics implements MeterBinder {

    private static final String GETS = "Reads that found an entry, and that found none";

    private static final String PUTS = "Entries that were stored, and that were evicted or put before they could be";

    private final MemlinkCache cache;

    private final MemlinkCacheStatistics statistics;

    private final Tags tags;

    MemlinkCacheMetrics(MemlinkCache cache, Iterable<Tag> tags) {
        this.cache = cache;
        this.statistics = cache.getStatistics();
        this.tags = Tags.concat(tags, "cache", cache.getName());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        register(registry, "cache.gets", this.tags.and("result", "hit"), Count.HITS, GETS);
        register(registry, "cache.gets", this.tags.and("result", "miss"), Count.MISSES, GETS);
        register(registry, "cache.puts", this.tags.and("result", "stored"), Count.PUTS, PUTS);
        register(registry, "cache.puts", this.tags.and("result", "refused"), Count.REFUSED_PUTS, PUTS);
        register(registry, "cache.removals", Count.EVICTIONS, "Entries removed by the application");
        register(registry, "cache.failures", Count.FAILURES, "Operations that failed");
        register(registry, "cache.decode.failures", Count.DECODE_FAILURES, "Values that could not be decoded");
        register(registry, "cache.stale.hits", Count.STALE_HITS, "Hits whose entry was stale");
        register(registry, "cache.near.hits", Count.NEAR_HITS, "Hits served from memory");
        register(registry, "cache.lease.waits", Count.LEASE_WAITS,
                "Loads that waited for the load of another application");
        register(registry, "cache.refresh.failures", Count.REFRESH_FAILURES,
                "Loads of old entries in the background that failed");
        // Nobody else may keep the view that this is bound by.
        Gauge.builder("memlink.cache.usable", this.cache, (cache) -> cache.isUsable() ? 1 : 0)
            .strongReference(true)
            .tags(this.tags)
            .description("1 where the cache can be used, 0 where all its reads are misses")
            .register(registry);
    }

    private void register(MeterRegistry registry, String name, Count count, String description) {
        register(registry, name, this.tags, count, description);
    }

    private void register(MeterRegistry registry, String name, Tags tags, Count count, String description) {
        FunctionCounter.builder(name, this.statistics, (statistics) -> statistics.get(count))
            .tags(tags)
            .description(description)
            .register(registry);
    }

}
