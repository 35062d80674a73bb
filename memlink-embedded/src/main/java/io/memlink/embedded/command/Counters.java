package io.memlink.embedded.command;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.memlink.embedded.store.Item;

/**
 * The counts that {@code stats} shows and {@code stats reset} sets to zero. Confined to
 * the thread of the server.
 *
 * @since 0.1.0
 */
public final class Counters {

    private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);

    private final PrefixCounts prefixes = new PrefixCounts();

    Counters() {
        reset();
    }

    /**
     * Counts one more.
     * @param counter what is counted
     */
    public void add(Counter counter) {
        this.counts.merge(counter, 1L, Long::sum);
    }

    /**
     * Counts a flush.
     */
    public void flushed() {
        add(Counter.CMD_FLUSH);
    }

    PrefixCounts prefixes() {
        return this.prefixes;
    }

    /**
     * Counts a read of a key by its prefix.
     * @param key the key
     * @param hit whether there was an item
     */
    public void fetchedByPrefix(Item.Key key, boolean hit) {
        this.prefixes.fetched(key, hit);
    }

    /**
     * Counts a store of a key by its prefix.
     * @param key the key
     */
    public void storedByPrefix(Item.Key key) {
        this.prefixes.stored(key);
    }

    /**
     * Counts a delete of a key by its prefix.
     * @param key the key
     */
    public void deletedByPrefix(Item.Key key) {
        this.prefixes.deleted(key);
    }

    /**
     * Counts by prefix of the keys from now on, or does not.
     * @param enabled whether to count
     */
    public void countPrefixes(boolean enabled) {
        this.prefixes.enable(enabled);
    }

    /**
     * Tells whether prefixes are counted.
     * @return whether they are
     */
    public boolean countsPrefixes() {
        return this.prefixes.enabled();
    }

    /**
     * Writes what was counted by prefix, as {@code stats detail dump} shows it.
     * @param reply where it goes
     */
    public void writePrefixes(ReplyBuffer reply) {
        this.prefixes.write(reply);
    }

    /**
     * Sets every count to zero.
     */
    public void reset() {
        for (Counter counter : Counter.values()) {
            this.counts.put(counter, 0L);
        }
        this.prefixes.clear();
    }

    /**
     * Returns the counts.
     * @return the counts by the name that {@code stats} gives them, in its order
     */
    public Map<String, Long> all() {
        Map<String, Long> all = new LinkedHashMap<>();
        this.counts.forEach((counter, count) -> all.put(counter.name().toLowerCase(Locale.ROOT), count));
        return all;
    }

    /**
     * The counters of a server. The constants are in the order in which they are listed.
     */
    public enum Counter {

        CMD_GET, CMD_SET, CMD_FLUSH, CMD_TOUCH, CMD_META, GET_HITS, GET_MISSES, GET_EXPIRED, GET_FLUSHED, DELETE_MISSES,
        DELETE_HITS, INCR_MISSES, INCR_HITS, DECR_MISSES, DECR_HITS, CAS_MISSES, CAS_HITS, CAS_BADVAL, TOUCH_HITS,
        TOUCH_MISSES, STORE_TOO_LARGE, STORE_NO_MEMORY, AUTH_CMDS, AUTH_ERRORS

    }

}
