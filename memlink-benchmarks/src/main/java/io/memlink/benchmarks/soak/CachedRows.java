package io.memlink.benchmarks.soak;

import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;

/**
 * The cached methods of an application, for the rows of one cache. The truth has been
 * changed when a row is evicted or put. Safe for use by many threads.
 */
@CacheConfig(cacheResolver = "rowsResolver")
class CachedRows {

    private final String cacheName;

    private final CachedTable table;

    CachedRows(String cacheName, CachedTable table) {
        this.cacheName = cacheName;
        this.table = table;
    }

    String cacheName() {
        return this.cacheName;
    }

    @Cacheable(key = "#number")
    public byte[] read(int number) {
        return this.table.load(number);
    }

    @Cacheable(key = "#number", sync = true)
    public byte[] readInTurn(int number) {
        return this.table.load(number);
    }

    @CacheEvict(key = "#number")
    public void evict(int number) {
    }

    @CachePut(key = "#number")
    public byte[] put(int number, byte[] value) {
        return value;
    }

    /** Spring waits for a clear that comes before the method. */
    @CacheEvict(allEntries = true, beforeInvocation = true)
    public void clear() {
    }

}
