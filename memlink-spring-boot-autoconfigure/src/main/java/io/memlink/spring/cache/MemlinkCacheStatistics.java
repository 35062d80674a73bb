package io.memlink.spring.cache;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a cache has counted since it was created. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class MemlinkCacheStatistics {

    private final LongAdder hits = new LongAdder();

    private final LongAdder misses = new LongAdder();

    private final LongAdder puts = new LongAdder();

    private final LongAdder evictions = new LongAdder();

    private final LongAdder failures = new LongAdder();

    MemlinkCacheStatistics() {
    }

    void read(boolean hit) {
        (hit ? this.hits : this.misses).increment();
    }

    void put() {
        this.puts.increment();
    }

    void evicted() {
        this.evictions.increment();
    }

    void failed() {
        this.failures.increment();
    }

    /**
     * Returns how many reads found an entry.
     * @return reads
     */
    public long hits() {
        return this.hits.sum();
    }

    /**
     * Returns how many reads found none, those that failed included.
     * @return reads
     */
    public long misses() {
        return this.misses.sum();
    }

    /**
     * Returns how many entries were put.
     * @return puts
     */
    public long puts() {
        return this.puts.sum();
    }

    /**
     * Returns how many entries were evicted by the application.
     * @return evictions
     */
    public long evictions() {
        return this.evictions.sum();
    }

    /**
     * Returns how many operations failed, of whatever kind.
     * @return failures
     */
    public long failures() {
        return this.failures.sum();
    }

}
