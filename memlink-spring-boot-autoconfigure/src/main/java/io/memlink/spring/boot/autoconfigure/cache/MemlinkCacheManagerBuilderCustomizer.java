package io.memlink.spring.boot.autoconfigure.cache;

import io.memlink.spring.cache.MemlinkCacheManager;

/**
 * Callback that customizes the cache manager after the properties were applied.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface MemlinkCacheManagerBuilderCustomizer {

    /**
     * Changes the cache manager.
     * @param builder describes the manager
     */
    void customize(MemlinkCacheManager.Builder builder);

}
