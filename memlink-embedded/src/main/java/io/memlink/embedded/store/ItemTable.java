package io.memlink.embedded.store;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Items by key, within a limit of memory. Confined to the thread of the server. Looking
 * an item up is no use of it.
 */
final class ItemTable {

    // What the JVM spends on an item besides its key and value.
    private static final int HEAP_OVERHEAD = 320;

    private final Map<Item.Key, Item> items = new HashMap<>();

    private final Segments segments = new Segments();

    private long maxHeapBytes;

    private long maxBytes;

    private long bytes;

    private long heapBytes;

    private long evictions;

    private long evictedUnfetched;

    private long reclaimed;

    ItemTable(long maxBytes, long maxHeapBytes) {
        this.maxBytes = maxBytes;
        this.maxHeapBytes = maxHeapBytes;
    }

    @Nullable Item get(Item.Key key) {
        return this.items.get(key);
    }

    /**
     * Puts an item in the place of the one with its key, and makes room for it.
     */
    void put(Item item, long now) {
        remove(item.key());
        this.items.put(item.key(), item);
        this.bytes += item.size();
        this.heapBytes += heapBytes(item);
        this.segments.add(item, this.maxBytes);
        makeRoom(item, now);
    }

    private void makeRoom(@Nullable Item added, long now) {
        Item victim = isFull() ? this.segments.victim(added) : null;
        while (victim != null) {
            boolean expired = victim.expired(now);
            this.reclaimed += expired ? 1 : 0;
            this.evictions += expired ? 0 : 1;
            this.evictedUnfetched += (expired || victim.fetched()) ? 0 : 1;
            remove(victim.key());
            victim = isFull() ? this.segments.victim(added) : null;
        }
    }

    private boolean isFull() {
        return this.bytes > this.maxBytes || this.heapBytes > this.maxHeapBytes;
    }

    private static long heapBytes(Item item) {
        return HEAP_OVERHEAD + item.key().length() + HeapSize.of(item.value().length);
    }

    void maxBytes(long maxBytes, long now) {
        this.maxBytes = maxBytes;
        makeRoom(null, now);
    }

    void maxHeapBytes(long maxHeapBytes, long now) {
        this.maxHeapBytes = maxHeapBytes;
        makeRoom(null, now);
    }

    void fetched(Item item) {
        this.segments.fetched(item, this.maxBytes);
    }

    void remove(Item.Key key) {
        Item removed = this.items.remove(key);
        if (removed != null) {
            this.bytes -= removed.size();
            this.heapBytes -= heapBytes(removed);
            this.segments.remove(removed);
        }
    }

    void clear() {
        this.items.clear();
        this.segments.clear();
        this.bytes = 0;
        this.heapBytes = 0;
    }

    int size() {
        return this.items.size();
    }

    int size(Segments.Segment segment) {
        return this.segments.size(segment);
    }

    Collection<Item> all() {
        return Collections.unmodifiableCollection(this.items.values());
    }

    long bytes() {
        return this.bytes;
    }

    long maxHeapBytes() {
        return this.maxHeapBytes;
    }

    long maxBytes() {
        return this.maxBytes;
    }

    long evictions() {
        return this.evictions;
    }

    long evictedUnfetched() {
        return this.evictedUnfetched;
    }

    long reclaimed() {
        return this.reclaimed;
    }

}
