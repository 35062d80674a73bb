package io.memlink.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The observations of a run: how often each was made, and each violation. Safe for use by
 * many threads.
 */
public final class Verdicts {

    private static final int MOST_SHOWN = 50;

    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    private final List<String> violations = new ArrayList<>();

    private final AtomicLong violated = new AtomicLong();

    private final long begin = System.nanoTime();

    /** Counts one of these. */
    public void count(String what) {
        count(what, 1);
    }

    /** Counts several of these. */
    public void count(String what, long times) {
        this.counts.computeIfAbsent(what, (name) -> new LongAdder()).add(times);
    }

    /** Notes that a promise was broken. */
    public void violation(String promise, String detail) {
        count("VIOLATION " + promise);
        if (this.violated.incrementAndGet() <= MOST_SHOWN) {
            String line = "%8.3f s  %s: %s".formatted(seconds(), promise, detail);
            synchronized (this.violations) {
                this.violations.add(line);
            }
            System.out.println(line);
        }
    }

    /** Returns how old this is. */
    public double seconds() {
        return (double) (System.nanoTime() - this.begin) / TimeUnit.SECONDS.toNanos(1);
    }

    long violations() {
        return this.violated.get();
    }

    /** Returns all counts by name. */
    public Map<String, Long> counts() {
        Map<String, Long> result = new TreeMap<>();
        this.counts.forEach((name, count) -> result.put(name, count.sum()));
        return result;
    }

}
