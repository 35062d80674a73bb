package io.memlink.cluster.journal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memlink.meta.Key;
import org.jspecify.annotations.Nullable;

/**
 * Keys whose delete a backend has not been told of, oldest first; bounded. Safe for use
 * by many threads; asking costs one read of a field as long as it is empty.
 */
public final class Journal {

    static final int MAX_KEYS = 100_000;

    static final long MAX_BYTES = 16 * 1024 * 1024;

    /** What an entry holds beside the bytes of its key. */
    private static final int ENTRY_BYTES = 120;

    private final int maxKeys;

    private final long maxBytes;

    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    private long bytes;

    private long nextVersion;

    private volatile int depth;

    private volatile boolean full;

    private volatile long lost;

    public Journal() {
        this(MAX_KEYS, MAX_BYTES);
    }

    Journal(int maxKeys, long maxBytes) {
        this.maxKeys = maxKeys;
        this.maxBytes = maxBytes;
    }

    /**
     * A key to delete.
     *
     * @param key the key
     * @param version tells a later wish to delete the same key from an earlier one
     * @param sinceNanos when it was added the last time
     */
    public record Entry(Key key, long version, long sinceNanos) {
    }

    /** How adding a key ended. */
    public enum Added {

        /** The key is in the journal. */
        KEPT,

        /** The key is lost, and is the first one. */
        OVERFLOWED,

        /** The key is lost. */
        LOST

    }

    public synchronized Added add(Key key, long nowNanos) {
        Entry before = this.entries.get(key);
        long size = (before != null) ? 0 : cost(key);
        boolean fits = before != null || (this.entries.size() < this.maxKeys && this.bytes + size <= this.maxBytes);
        if (!fits) {
            boolean first = !this.full;
            this.full = true;
            this.lost++;
            return first ? Added.OVERFLOWED : Added.LOST;
        }
        this.entries.put(key, new Entry(key, this.nextVersion++, nowNanos));
        this.bytes += size;
        this.depth = this.entries.size();
        return Added.KEPT;
    }

    /** Returns a journal of its own that begins with what is in this one. */
    public synchronized Journal copy() {
        Journal copy = new Journal(this.maxKeys, this.maxBytes);
        copy.entries.putAll(this.entries);
        copy.bytes = this.bytes;
        copy.nextVersion = this.nextVersion;
        copy.depth = this.depth;
        copy.full = this.full;
        copy.lost = this.lost;
        return copy;
    }

    private static long cost(Key key) {
        return ENTRY_BYTES + key.routingBytes().length;
    }

    /** Returns the entry of a key; {@code null} where it has none. */
    public @Nullable Entry find(Key key) {
        return (this.depth == 0) ? null : findAmongMany(key);
    }

    private synchronized @Nullable Entry findAmongMany(Key key) {
        return this.entries.get(key);
    }

    /** Returns the oldest entries, which stay until they are delivered. */
    public synchronized List<Entry> oldest(int count) {
        List<Entry> oldest = new ArrayList<>(Math.min(count, this.entries.size()));
        Iterator<Entry> entries = this.entries.values().iterator();
        while (entries.hasNext() && oldest.size() < count) {
            oldest.add(entries.next());
        }
        return oldest;
    }

    /** Removes an entry, unless its key was added again meanwhile. */
    public synchronized void delivered(Entry entry) {
        if (this.entries.remove(entry.key(), entry)) {
            this.bytes -= cost(entry.key());
            this.depth = this.entries.size();
        }
    }

    /** Removes an entry that the backend refuses to delete. */
    synchronized void refused(Entry entry) {
        delivered(entry);
        this.lost++;
    }

    /** Removes what was added before a moment. */
    public synchronized void forgetBefore(long nanos) {
        oldest(this.entries.size()).stream().filter((entry) -> entry.sinceNanos() - nanos < 0).forEach(this::delivered);
    }

    /** Begins anew after an overflow; what was lost stays counted. */
    public void clearOverflow() {
        this.full = false;
    }

    /** Returns how many keys there are. */
    public int depth() {
        return this.depth;
    }

    public boolean isOverflowed() {
        return this.full;
    }

    /** Returns how many keys found no place. */
    public long lost() {
        return this.lost;
    }

}
