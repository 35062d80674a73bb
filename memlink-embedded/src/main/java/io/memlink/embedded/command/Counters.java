package io.memlink.embedded.command;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The counts that {@code stats} shows and {@code stats reset} sets to zero. Confined to
 * the thread of the server.
 */
final class Counters {

    private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);

    Counters() {
        reset();
    }

    void add(Counter counter) {
        this.counts.merge(counter, 1L, Long::sum);
    }

    void reset() {
        for (Counter counter : Counter.values()) {
            this.counts.put(counter, 0L);
        }
    }

    void write(ReplyBuffer reply) {
        this.counts
            .forEach((counter, count) -> reply.line("STAT " + counter.name().toLowerCase(Locale.ROOT) + " " + count));
    }

    /**
     * What is counted. The constants are in the order in which they are listed.
     */
    enum Counter {

        CMD_GET, CMD_SET, CMD_FLUSH, CMD_TOUCH, CMD_META, GET_HITS, GET_MISSES, DELETE_MISSES, DELETE_HITS, INCR_MISSES,
        INCR_HITS, DECR_MISSES, DECR_HITS, CAS_MISSES, CAS_HITS, CAS_BADVAL, TOUCH_HITS, TOUCH_MISSES, STORE_TOO_LARGE,
        AUTH_CMDS, AUTH_ERRORS

    }

}
