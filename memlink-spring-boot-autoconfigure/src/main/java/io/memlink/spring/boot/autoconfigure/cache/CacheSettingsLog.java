package io.memlink.spring.boot.autoconfigure.cache;

import java.time.Duration;

import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheConfiguration;
import io.memlink.spring.cache.MemlinkCacheManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cache.Cache;
import org.springframework.cache.support.NoOpCache;

/**
 * One line in the log for each cache, with the settings that take effect.
 *
 * @param beans where the cache managers are
 */
record CacheSettingsLog(ListableBeanFactory beans) implements SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(MemlinkCacheAutoConfiguration.class);

    @Override
    public void afterSingletonsInstantiated() {
        this.beans.getBeansOfType(MemlinkCacheManager.class)
            .values()
            .forEach((manager) -> manager.getCacheNames().forEach((name) -> write(manager.getCache(name))));
    }

    static void write(@Nullable Cache cache) {
        MemlinkCache known = CacheTarget.of(cache);
        if (known != null) {
            logger.info("Cache {}: {}", known.getName(), describe(known.getCacheConfiguration()));
            warnOfMilliseconds(known);
        }
        else if (cache instanceof NoOpCache) {
            logger.info("Cache {} keeps nothing", cache.getName());
        }
    }

    /** Seconds were meant by most who write a number alone. */
    private static void warnOfMilliseconds(MemlinkCache cache) {
        Duration timeToLive = cache.getCacheConfiguration().timeToLive();
        if (timeToLive != null && timeToLive.compareTo(Duration.ofSeconds(1)) < 0) {
            logger.warn(
                    "Cache {}: timeToLive={} (a number without a unit is in milliseconds; expected: for example 5m)",
                    cache.getName(), timeToLive);
        }
    }

    private static String describe(MemlinkCacheConfiguration cache) {
        return "timeToLive=" + cache.timeToLive() + ", timeToIdle=" + cache.timeToIdle() + ", nullTimeToLive="
                + cache.nullTimeToLive() + ", jitter=" + cache.jitter() + ", staleFor=" + cache.staleFor()
                + ", recacheBefore=" + cache.recacheBefore() + ", lease=" + cache.lease() + ", serveStaleOnError="
                + cache.serveStaleOnError() + ", softEvict=" + cache.softEvict() + ", cacheNullValues="
                + cache.cacheNullValues() + ", keyPrefix=" + cache.keyPrefix() + ", near=" + cache.near()
                + ", clearLag=" + cache.clearLag() + ", onError=" + cache.onError() + ", onEvictError="
                + cache.onEvictError();
    }

}
