package io.memlink.spring.boot.autoconfigure.endpoint;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.memlink.spring.boot.autoconfigure.cache.CacheTarget;
import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheConfigurationBuilder;
import io.memlink.spring.cache.MemlinkCacheManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cache.Cache;

/**
 * Operations on caches of memcached by their names.
 *
 * @param managers who have them
 */
record CacheSteering(ObjectProvider<MemlinkCacheManager> managers) {

    void clear(String name) {
        managersOf(name).stream()
            .map((manager) -> manager.getCache(name))
            .filter(Objects::nonNull)
            .forEach(Cache::invalidate);
    }

    void reconfigure(String name, UnaryOperator<MemlinkCacheConfigurationBuilder> change) {
        managersOf(name).forEach((manager) -> manager.reconfigure(name, change));
    }

    /** Returns a cache that was used before. */
    MemlinkCache known(String name) {
        for (MemlinkCacheManager manager : managersOf(name)) {
            MemlinkCache known = CacheTarget.of(manager.getCache(name));
            if (known != null) {
                return known;
            }
        }
        throw new IllegalArgumentException("cache: " + name + " (expected: one that keeps something)");
    }

    private List<MemlinkCacheManager> managersOf(String cache) {
        List<MemlinkCacheManager> found = this.managers.stream()
            .filter((manager) -> manager.getCacheNames().contains(cache))
            .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("cache: " + cache + " (expected: one of "
                    + this.managers.stream().flatMap((manager) -> manager.getCacheNames().stream()).toList() + ")");
        }
        return found;
    }

}
