package io.memlink.embedded;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of the requests for each command. Safe for use by many threads.
 */
final class RequestCounts {

    // Unknown commands are counted together: their names come from outside and would have
    // no bound.
    static final String UNKNOWN = "";

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(String command) {
        this.counts.computeIfAbsent(command, (name) -> new LongAdder()).increment();
    }

    void reset() {
        this.counts.clear();
    }

    long of(String command) {
        LongAdder count = this.counts.get(command);
        return (count != null) ? count.sum() : 0;
    }

    long total() {
        return this.counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

}
