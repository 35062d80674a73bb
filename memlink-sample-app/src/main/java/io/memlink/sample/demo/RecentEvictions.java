package io.memlink.sample.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many items a server has evicted of late, by what it has counted at each question. A
 * server is full when it evicts, which is long before its items take all of its memory:
 * that is handed out to items of one size, page by page, and not given back. Not safe for
 * use by many threads.
 */
final class RecentEvictions {

    /** One question is asked each second. */
    static final int QUESTIONS = 30;

    private final Deque<Long> counts = new ArrayDeque<>();

    /** Adds what a server has counted; returns how many it has evicted of late. */
    long counted(long evictions) {
        if (!this.counts.isEmpty() && evictions < this.counts.getLast()) {
            // It began anew.
            this.counts.clear();
        }
        this.counts.addLast(evictions);
        if (this.counts.size() > QUESTIONS + 1) {
            this.counts.removeFirst();
        }
        return evictions - this.counts.getFirst();
    }

}
