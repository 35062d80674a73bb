package io.memlink.cluster.journal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

import io.memlink.meta.Key;
import org.jspecify.annotations.Nullable;

/**
 * Keys whose delete one machine has not been told of; bounded. Belongs to the machine,
 * not to an object that stands for it: one that leaves and returns has the same journal,
 * whatever was told to its successors meanwhile. Safe for use by many threads; asking
 * costs one read of a field as long as it is empty. <pre>
 *           add               delivered
 *  ABSENT -------> OWED -----------------------------------&gt; ABSENT
 *                  ^  ^ \
 *                  |  |  \ delivered, but a copy of what it undoes may arrive yet
 *         add, or  |  |   \
 *    used anew     |  |    v
 *                  +--|-- QUARANTINED
 *                     |        |
 *                     +--------+ the time in which a copy may arrive is over
 * </pre> A key in either state is read only behind a delete. What could go wrong:
 * <ul>
 * <li>It is delivered while it is added again: each add makes another version, and only
 * the version that was sent is delivered.</li>
 * <li>A delete that was sent in quarantine is answered after its end: the end makes
 * another version too, so that the last delete is always one that was sent after it.</li>
 * <li>The machine has left and returned when a delete of its first time is answered:
 * {@link #begin} makes another version of every key.</li>
 * <li>What is told for a whole machine (it was restarted, it was flushed) was asked
 * before it left and returned: it names the epoch in which it was asked.</li>
 * </ul>
 */
public final class Journal {

    static final int MAX_KEYS = 100_000;

    static final long MAX_BYTES = 16 * 1024 * 1024;

    /**
     * How long a copy of a request may arrive after the delete behind it was answered.
     * The connection of that request is gone then, by a reset, so that no kernel sends it
     * again. It may be in the queues of the network, which hold seconds of traffic at
     * most, or have been read by no thread of a server that stood still, all of which run
     * by then.
     */
    static final long QUARANTINE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** What an entry holds beside the bytes of its key. */
    private static final int ENTRY_BYTES = 120;

    private static final int LEFT_STRIPES = 256;

    private final int maxKeys;

    private final long maxBytes;

    /** The one that was tried longest ago first. */
    private final Map<Key, Entry> owed = new LinkedHashMap<>();

    /** The one that was delivered first first. */
    private final Map<Key, Quarantined> quarantined = new LinkedHashMap<>();

    private long bytes;

    /** Written under the lock. */
    private volatile long nextVersion;

    /**
     * Behind the latest version that has left, by the hash of its key: others are hardly
     * concerned. Written under the lock.
     */
    private final AtomicLongArray left = new AtomicLongArray(LEFT_STRIPES);

    private int epoch;

    private volatile int depth;

    private volatile boolean full;

    private volatile long lost;

    private volatile Runnable waker = () -> {
    };

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
     * @param mayArrive whether what the delete undoes may reach the backend after it
     */
    public record Entry(Key key, long version, long sinceNanos, boolean mayArrive) {
    }

    private record Quarantined(Entry entry, long untilNanos) {
    }

    /** The outcome of adding a key. */
    public enum Added {

        /** The key is in the journal. */
        KEPT,

        /** The key is lost, and is the first one. */
        OVERFLOWED,

        /** The key is lost. */
        LOST

    }

    /** Adds a key, and has it delivered soon where its backend is used. */
    public Added add(Key key, long nowNanos, boolean mayArrive) {
        Added added = keep(key, nowNanos, mayArrive);
        this.waker.run();
        return added;
    }

    private synchronized Added keep(Key key, long nowNanos, boolean mayArrive) {
        Entry before = get(key);
        long size = (before != null) ? 0 : cost(key);
        boolean fits = before != null || (this.depth < this.maxKeys && this.bytes + size <= this.maxBytes);
        if (!fits) {
            boolean first = !this.full;
            this.full = true;
            this.lost++;
            return first ? Added.OVERFLOWED : Added.LOST;
        }
        this.quarantined.remove(key);
        put(key, nowNanos, mayArrive || (before != null && before.mayArrive()));
        this.bytes += size;
        count();
        return Added.KEPT;
    }

    private void put(Key key, long sinceNanos, boolean mayArrive) {
        long version = this.nextVersion;
        this.owed.put(key, new Entry(key, version, sinceNanos, mayArrive));
        this.nextVersion = version + 1;
    }

    private void count() {
        this.depth = this.owed.size() + this.quarantined.size();
    }

    private static long cost(Key key) {
        return ENTRY_BYTES + key.routingBytes().length;
    }

    /** Adds what another machine is owed whose memory this one may have. */
    void inherit(Journal other) {
        loseLike(other);
        other.entries().forEach((entry) -> keep(entry.key(), entry.sinceNanos(), entry.mayArrive()));
    }

    /**
     * Begins to deliver to the machine, which is used from now on, and is told all anew.
     * @param waker delivers, from now on
     */
    synchronized void begin(Runnable waker) {
        this.waker = waker;
        this.epoch++;
        List<Entry> all = entries();
        this.owed.clear();
        this.quarantined.clear();
        all.forEach((entry) -> put(entry.key(), entry.sinceNanos(), entry.mayArrive()));
    }

    /** Returns how many times the machine began to be used. */
    public synchronized int epoch() {
        return this.epoch;
    }

    /** Returns the entry of a key; {@code null} where it has none. */
    public @Nullable Entry find(Key key) {
        return (this.depth == 0) ? null : findAmongMany(key);
    }

    private synchronized @Nullable Entry findAmongMany(Key key) {
        return get(key);
    }

    private @Nullable Entry get(Key key) {
        Entry entry = this.owed.get(key);
        Quarantined told = (entry != null) ? null : this.quarantined.get(key);
        return (told != null) ? told.entry() : entry;
    }

    /**
     * Returns a mark, for {@link #mayOwe} later. Any thread may ask; it reads a field.
     */
    public long mark() {
        return this.nextVersion;
    }

    /**
     * Returns whether a key is owed, or may have been at some time since: it, or another
     * one that shares its stripe of {@value #LEFT_STRIPES}, was added and delivered
     * meanwhile. Costs the reads of two fields while nothing is owed.
     * @param mark from before
     */
    public boolean mayOwe(Key key, long mark) {
        // In this order, since what leaves is noted before it is gone.
        return find(key) != null || this.left.get(stripe(key)) > mark;
    }

    private static int stripe(Key key) {
        return Math.floorMod(key.hashCode(), LEFT_STRIPES);
    }

    /** Returns all entries. */
    public synchronized List<Entry> entries() {
        List<Entry> all = new ArrayList<>(this.owed.values());
        this.quarantined.values().forEach((told) -> all.add(told.entry()));
        return all;
    }

    /**
     * Returns the entries to deliver, the one that was tried longest ago first. They stay
     * until they are delivered.
     */
    synchronized List<Entry> oldest(int count) {
        List<Entry> oldest = new ArrayList<>(Math.min(count, this.owed.size()));
        Iterator<Entry> entries = this.owed.values().iterator();
        while (entries.hasNext() && oldest.size() < count) {
            oldest.add(entries.next());
        }
        return oldest;
    }

    /** Returns how many keys are to be delivered now. */
    public synchronized int due(long nowNanos) {
        Iterator<Quarantined> told = this.quarantined.values().iterator();
        boolean over = true;
        while (over && told.hasNext()) {
            Quarantined next = told.next();
            over = next.untilNanos() - nowNanos <= 0;
            if (over) {
                told.remove();
                put(next.entry().key(), next.entry().sinceNanos(), false);
            }
        }
        return this.owed.size();
    }

    /** Returns how long until one more key is due; -1 where none will be. */
    synchronized long untilDueNanos(long nowNanos) {
        Iterator<Quarantined> told = this.quarantined.values().iterator();
        return told.hasNext() ? Math.max(0, told.next().untilNanos() - nowNanos) : -1;
    }

    /**
     * The backend has deleted a key: its entry is removed, or comes into quarantine. Has
     * no effect on a key that was added again since it was sent.
     */
    synchronized void delivered(Entry entry, long nowNanos) {
        if (this.owed.remove(entry.key(), entry)) {
            if (entry.mayArrive()) {
                this.quarantined.put(entry.key(), new Quarantined(entry, nowNanos + QUARANTINE_NANOS));
            }
            else {
                leave(entry);
            }
            count();
        }
    }

    private void leave(Entry entry) {
        this.bytes -= cost(entry.key());
        int stripe = stripe(entry.key());
        this.left.set(stripe, Math.max(this.left.get(stripe), entry.version() + 1));
    }

    /** Could not be delivered; the others are tried before it. */
    synchronized void postpone(Entry entry) {
        if (this.owed.remove(entry.key(), entry)) {
            this.owed.put(entry.key(), entry);
        }
    }

    /**
     * The machine holds nothing of what it held at a moment: it was started then, or
     * dropped everything. Copies that may arrive yet are none of that.
     */
    public synchronized void emptied(int epoch, long momentNanos, long nowNanos) {
        if (epoch == this.epoch) {
            oldest(this.owed.size()).stream()
                .filter((entry) -> entry.sinceNanos() - momentNanos < 0)
                .forEach((entry) -> delivered(entry, nowNanos));
        }
    }

    /**
     * Begins anew after an overflow, unless more was lost meanwhile or the machine is
     * used anew; returns whether it did. What was lost stays counted.
     */
    public synchronized boolean clearOverflow(int epoch, long lostBefore) {
        boolean same = epoch == this.epoch && lostBefore == this.lost;
        this.full &= !same;
        return same;
    }

    /** Loses everything: there is no room, or nobody to tell it to. */
    public synchronized void lose() {
        this.lost += this.depth;
        this.full |= this.depth > 0;
        this.owed.clear();
        this.quarantined.clear();
        this.bytes = 0;
        for (int i = 0; i < LEFT_STRIPES; i++) {
            this.left.set(i, this.nextVersion);
        }
        count();
    }

    /** Takes part in the loss of another journal, some of whose keys belong here. */
    public synchronized void loseLike(Journal other) {
        this.full |= other.isOverflowed();
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
