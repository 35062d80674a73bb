package io.memlink.spring.cache;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Current configuration of a cache, part of which can be changed while the cache is used.
 * Each call returns the present state. Safe for use by many threads.
 */
final class CacheSettings {

    /** What entries that are there already, or in memory, were made with. */
    private static final Map<String, Function<MemlinkCacheConfiguration, @Nullable Object>> FIXED = new LinkedHashMap<>();

    static {
        FIXED.put("keyPrefix", MemlinkCacheConfiguration::keyPrefix);
        FIXED.put("conversionService", MemlinkCacheConfiguration::conversionService);
        FIXED.put("transcoder", MemlinkCacheConfiguration::transcoder);
        FIXED.put("cacheNullValues", MemlinkCacheConfiguration::cacheNullValues);
        FIXED.put("near", MemlinkCacheConfiguration::near);
        FIXED.put("statistics", MemlinkCacheConfiguration::statistics);
        FIXED.put("clearLag", MemlinkCacheConfiguration::clearLag);
    }

    private volatile EntryLifetimes lifetimes;

    CacheSettings(MemlinkCacheConfiguration configuration) {
        this.lifetimes = new EntryLifetimes(configuration);
    }

    MemlinkCacheConfiguration configuration() {
        return this.lifetimes.configuration();
    }

    EntryLifetimes lifetimes() {
        return this.lifetimes;
    }

    /**
     * Changes what can be changed.
     * @throws IllegalArgumentException where settings make no sense, or cannot be
     * changed; all stays as it was then
     */
    synchronized void change(UnaryOperator<MemlinkCacheConfigurationBuilder> change) {
        MemlinkCacheConfiguration before = configuration();
        MemlinkCacheConfiguration after = change.apply(before.toBuilder()).build();
        FIXED.forEach((name, setting) -> {
            Object present = setting.apply(before);
            Object wanted = setting.apply(after);
            if (!Objects.equals(present, wanted)) {
                throw new IllegalArgumentException(name + ": " + wanted + " (expected: " + present
                        + ", since it cannot be changed while the cache is used)");
            }
        });
        this.lifetimes = new EntryLifetimes(after);
    }

}
