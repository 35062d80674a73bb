package io.memlink.spring.boot.autoconfigure.endpoint;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.memlink.MemlinkClient;
import io.memlink.spring.boot.autoconfigure.cache.CacheTarget;
import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheConfigurationBuilder;
import io.memlink.spring.cache.MemlinkCacheManager;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cache.Cache;

/**
 * Operations on caches of memcached by their names.
 *
 * @param managers who have them
 */
record CacheSteering(ObjectProvider<MemlinkCacheManager> managers) {

    /**
     * Clears a cache.
     * @param client whose caches are meant; {@code null} for those of all clients
     */
    void clear(String name, @Nullable MemlinkClient client) {
        managersOf(name, client).stream()
            .map((manager) -> manager.getCache(name))
            .filter(Objects::nonNull)
            .forEach(Cache::invalidate);
    }

    /**
     * Changes a cache.
     * @param client whose caches are meant; {@code null} for those of all clients
     */
    void reconfigure(String name, @Nullable MemlinkClient client,
            UnaryOperator<MemlinkCacheConfigurationBuilder> change) {
        managersOf(name, client).forEach((manager) -> manager.reconfigure(name, change));
    }

    /** Returns a cache that was used before. */
    MemlinkCache known(String name) {
        for (MemlinkCacheManager manager : managersOf(name, null)) {
            MemlinkCache known = CacheTarget.of(manager.getCache(name));
            if (known != null) {
                return known;
            }
        }
        throw new IllegalArgumentException("cache: " + name + " (expected: one that keeps something)");
    }

    private List<MemlinkCacheManager> managersOf(String cache, @Nullable MemlinkClient client) {
        List<MemlinkCacheManager> asked = this.managers.stream()
            .filter((manager) -> client == null || manager.getClient() == client)
            .toList();
        List<MemlinkCacheManager> found = asked.stream()
            .filter((manager) -> manager.getCacheNames().contains(cache))
            .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("cache: " + cache + " (expected: one of "
                    + asked.stream().flatMap((manager) -> manager.getCacheNames().stream()).toList() + ")");
        }
        return found;
    }

}
