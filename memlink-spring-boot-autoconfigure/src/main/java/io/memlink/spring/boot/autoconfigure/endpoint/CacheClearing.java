package io.memlink.spring.boot.autoconfigure.endpoint;

import java.util.Objects;

import io.memlink.spring.cache.MemlinkCacheManager;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cache.Cache;

/**
 * Clears caches of memcached by their names, and no others.
 *
 * @param managers who have them
 */
record CacheClearing(ObjectProvider<MemlinkCacheManager> managers) {

    void clear(String name) {
        long cleared = this.managers.stream()
            .filter((manager) -> manager.getCacheNames().contains(name))
            .map((manager) -> manager.getCache(name))
            .filter(Objects::nonNull)
            .peek(Cache::invalidate)
            .count();
        if (cleared == 0) {
            throw new IllegalArgumentException("cache: " + name + " (expected: one of "
                    + this.managers.stream().flatMap((manager) -> manager.getCacheNames().stream()).toList() + ")");
        }
    }

}
