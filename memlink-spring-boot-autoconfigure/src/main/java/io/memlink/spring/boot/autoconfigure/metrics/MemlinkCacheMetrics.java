package io.memlink.spring.boot.autoconfigure.metrics;

import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import org.jspecify.annotations.Nullable;

/** What a cache counts, as meters. */
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
        return this.statistics.hits();
    }

    @Override
    protected @Nullable Long missCount() {
        return this.statistics.misses();
    }

    /** What the servers evict is theirs to tell. */
    @Override
    protected @Nullable Long evictionCount() {
        return null;
    }

    @Override
    protected long putCount() {
        return this.statistics.puts();
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        FunctionCounter.builder("cache.removals", this.statistics, MemlinkCacheStatistics::evictions)
            .tags(getTagsWithCacheName())
            .description("Entries removed by the application")
            .register(registry);
        FunctionCounter.builder("cache.failures", this.statistics, MemlinkCacheStatistics::failures)
            .tags(getTagsWithCacheName())
            .description("Operations that failed")
            .register(registry);
    }

}
