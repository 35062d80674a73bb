package io.memlink.embedded.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Items by key, within a limit of memory. Confined to the thread of the server. The map's
 * order is the order of use, so its first item is the one to evict; looking an item up is
 * no use of it.
 */
final class ItemTable {

    private final Map<Item.Key, Item> items = new LinkedHashMap<>();

    private final long maxBytes;

    private long bytes;

    private long evictions;

    ItemTable(long maxBytes) {
        this.maxBytes = maxBytes;
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
        makeRoom(item, now);
    }

    private void makeRoom(Item added, long now) {
        Iterator<Item> leastRecentlyUsed = this.items.values().iterator();
        while (this.bytes > this.maxBytes && leastRecentlyUsed.hasNext()) {
            Item victim = leastRecentlyUsed.next();
            if (victim != added) {
                leastRecentlyUsed.remove();
                this.bytes -= victim.size();
                this.evictions += victim.expired(now) ? 0 : 1;
            }
        }
    }

    void used(Item item) {
        this.items.remove(item.key());
        this.items.put(item.key(), item);
    }

    void remove(Item.Key key) {
        Item removed = this.items.remove(key);
        if (removed != null) {
            this.bytes -= removed.size();
        }
    }

    void clear() {
        this.items.clear();
        this.bytes = 0;
    }

    int size() {
        return this.items.size();
    }

    long bytes() {
        return this.bytes;
    }

    long maxBytes() {
        return this.maxBytes;
    }

    long evictions() {
        return this.evictions;
    }

}
