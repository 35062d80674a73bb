package io.memlink.sample.demo;

/**
 * The counters of the caches and of the database. Immutable.
 *
 * @param hits reads that found an entry, old ones included
 * @param misses reads that did not
 * @param stale reads that found an entry that was past its time
 * @param puts entries that were put
 * @param evictions entries that were evicted
 * @param failures operations that failed
 * @param queries transactions of the database
 */
record Counters(long hits, long misses, long stale, long puts, long evictions, long failures, long queries) {

    static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0);

    Counters plus(Counters other) {
        return new Counters(this.hits + other.hits, this.misses + other.misses, this.stale + other.stale,
                this.puts + other.puts, this.evictions + other.evictions, this.failures + other.failures,
                this.queries + other.queries);
    }

}
