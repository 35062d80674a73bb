package io.memlink.link.loop;

/**
 * The latest spans of time in which something was so, of which the oldest are forgotten.
 * Safe for use by many threads.
 */
public final class Spans {

    private static final int KEPT = 16;

    private final long[] begins = new long[KEPT];

    private final long[] ends = new long[KEPT];

    private int count;

    /** Creates a record of none. */
    public Spans() {
    }

    synchronized void add(long beginNanos, long endNanos) {
        this.begins[this.count % KEPT] = beginNanos;
        this.ends[this.count % KEPT] = endNanos;
        this.count++;
    }

    /** Returns for how long it was so within a time, as far as is remembered. */
    synchronized long within(long fromNanos, long toNanos) {
        long nanos = 0;
        for (int i = 0; i < Math.min(this.count, KEPT); i++) {
            nanos += overlap(this.begins[i], this.ends[i], fromNanos, toNanos);
        }
        return nanos;
    }

    static long overlap(long beginNanos, long endNanos, long fromNanos, long toNanos) {
        long first = (beginNanos - fromNanos > 0) ? beginNanos : fromNanos;
        long last = (endNanos - toNanos < 0) ? endNanos : toNanos;
        return Math.max(0, last - first);
    }

}
