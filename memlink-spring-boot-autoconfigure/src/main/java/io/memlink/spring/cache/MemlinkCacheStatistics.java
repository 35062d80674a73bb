package io.memlink.spring.cache;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of a cache since it was created, which stay zero if its configuration disables
 * them. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class MemlinkCacheStatistics {

    private final boolean enabled;

    private final LongAdder[] counts = new LongAdder[Count.values().length];

    MemlinkCacheStatistics(boolean enabled) {
        this.enabled = enabled;
        for (int i = 0; i < this.counts.length; i++) {
            this.counts[i] = new LongAdder();
        }
    }

    void add(Count count) {
        if (this.enabled) {
            this.counts[count.ordinal()].increment();
        }
    }

    /**
     * Returns one of the counts.
     * @param count what was counted
     * @return how often, zero or more
     */
    public long get(Count count) {
        return this.counts[count.ordinal()].sum();
    }

    /**
     * Events that a cache counts.
     */
    public enum Count {

        /** Reads that found an entry, stale ones and those of the near cache included. */
        HITS,

        /** Reads that found none, those that failed included. */
        MISSES,

        /** Hits whose entry was stale. */
        STALE_HITS,

        /** Hits served from memory. */
        NEAR_HITS,

        /** Entries that were stored. */
        PUTS,

        /**
         * Entries that were not stored after they were missed and loaded, as they were
         * evicted or put meanwhile.
         */
        REFUSED_PUTS,

        /** Evictions by the application, of single entries. */
        EVICTIONS,

        /** Loads that had to wait for the load of another application. */
        LEASE_WAITS,

        /** Loads in the background, of old entries, that failed. */
        REFRESH_FAILURES,

        /** Operations that failed, of whatever kind. */
        FAILURES,

        /** Values that could not be decoded, each a miss and a failure too. */
        DECODE_FAILURES

    }

}
