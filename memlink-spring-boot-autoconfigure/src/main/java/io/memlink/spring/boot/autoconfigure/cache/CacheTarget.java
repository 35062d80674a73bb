package io.memlink.spring.boot.autoconfigure.cache;

import io.memlink.spring.cache.MemlinkCache;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.util.ClassUtils;

/**
 * The cache of memcached behind what a cache manager hands out.
 *
 * @since 0.1.0
 */
public final class CacheTarget {

    private static final boolean WITH_TRANSACTIONS = ClassUtils
        .isPresent("org.springframework.transaction.support.TransactionSynchronization", null);

    private CacheTarget() {
    }

    /**
     * Returns the cache itself.
     * @param cache what was handed out
     * @return the cache; {@code null} where it is another one, or keeps nothing
     */
    public static @Nullable MemlinkCache of(@Nullable Cache cache) {
        Cache target = WITH_TRANSACTIONS ? Transactional.targetOf(cache) : cache;
        return (target instanceof MemlinkCache known) ? known : null;
    }

    /** For applications that have transactions. */
    private static final class Transactional {

        static @Nullable Cache targetOf(@Nullable Cache cache) {
            return (cache instanceof TransactionAwareCacheDecorator decorator) ? decorator.getTargetCache() : cache;
        }

    }

}
