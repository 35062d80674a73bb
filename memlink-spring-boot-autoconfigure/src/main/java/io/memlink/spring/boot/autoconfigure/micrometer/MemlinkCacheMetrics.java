package io.memlink.spring.boot.autoconfigure.micrometer;

import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheStatistics;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Meters of the statistics of a cache.
 */
final class MemlinkCacheMetrics extends CacheMeterBinder<MemlinkCache> {

    private final MemlinkCacheStatistics statistics;

    MemlinkCacheMetrics(MemlinkCache cache, Iterable<Tag> tags) {
        super(cache, cache.getName(), tags);
        this.statistics = cache.getStatistics();
    }

    /** Nobody counts the entries of a cache: the servers keep those of all together. */
    @Override
    protected @Nullable Long size() {
        return null;
    }

    @Override
    protected long hitCount() {
        return this.statistics.get(Count.HITS);
    }

    @Override
    protected @Nullable Long missCount() {
        return this.statistics.get(Count.MISSES);
    }

    /** What the servers evict is theirs to tell. */
    @Override
    protected @Nullable Long evictionCount() {
        return null;
    }

    @Override
    protected long putCount() {
        return this.statistics.get(Count.PUTS);
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        register(registry, "cache.removals", Count.EVICTIONS, "Entries removed by the application");
        register(registry, "cache.failures", Count.FAILURES, "Operations that failed");
        register(registry, "cache.decode.failures", Count.DECODE_FAILURES, "Values that could not be decoded");
        register(registry, "cache.stale.hits", Count.STALE_HITS, "Hits whose entry was stale");
        register(registry, "cache.near.hits", Count.NEAR_HITS, "Hits served from memory");
        register(registry, "cache.lease.waits", Count.LEASE_WAITS,
                "Loads that waited for the load of another application");
    }

    private void register(MeterRegistry registry, String name, Count count, String description) {
        FunctionCounter.builder(name, this.statistics, (statistics) -> statistics.get(count))
            .tags(getTagsWithCacheName())
            .description(description)
            .register(registry);
    }

}
