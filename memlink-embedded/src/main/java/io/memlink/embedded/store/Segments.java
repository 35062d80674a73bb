package io.memlink.embedded.store;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * In which order items are evicted: a segmented LRU, as real servers have it. New items
 * are hot; what falls out of the hot segment unread is cold, and what was read meanwhile
 * becomes warm. The oldest cold item goes first. Reading a cold item makes it warm.
 * Confined to the thread of the server.
 * <p>
 * A real server asks for two fetches before it keeps an item, and does so for each slab
 * class; here one is enough, and there are no classes.
 */
final class Segments {

    private static final int HOT_PERCENT = 20;

    private static final int WARM_PERCENT = 40;

    private final Map<Segment, Queue> queues = new EnumMap<>(Segment.class);

    Segments() {
        for (Segment segment : Segment.values()) {
            this.queues.put(segment, new Queue());
        }
    }

    void add(Item item, long maxBytes) {
        append(item, Segment.HOT);
        shrink(Segment.HOT, maxBytes * HOT_PERCENT / 100);
        shrink(Segment.WARM, maxBytes * WARM_PERCENT / 100);
    }

    void remove(Item item) {
        queue(item.segment()).remove(item);
    }

    void fetched(Item item, long maxBytes) {
        if (item.segment() == Segment.COLD) {
            remove(item);
            append(item, Segment.WARM);
            shrink(Segment.WARM, maxBytes * WARM_PERCENT / 100);
        }
        else {
            item.active(true);
        }
    }

    /**
     * Returns the item that goes first, or null if there is none.
     * @param spared the item that stays in any case, if there is one
     */
    @Nullable Item victim(@Nullable Item spared) {
        for (Segment segment : new Segment[] { Segment.COLD, Segment.HOT, Segment.WARM }) {
            for (Item item : queue(segment).items.keySet()) {
                if (item != spared) {
                    return item;
                }
            }
        }
        return null;
    }

    void clear() {
        this.queues.values().forEach(Queue::clear);
    }

    int size(Segment segment) {
        return queue(segment).items.size();
    }

    private void append(Item item, Segment segment) {
        item.active(false);
        item.segment(segment);
        queue(segment).add(item);
    }

    private void shrink(Segment segment, long maxBytes) {
        Queue queue = queue(segment);
        while (queue.bytes > maxBytes) {
            Item oldest = queue.items.keySet().iterator().next();
            queue.remove(oldest);
            append(oldest, oldest.active() ? Segment.WARM : Segment.COLD);
        }
    }

    private Queue queue(Segment segment) {
        return Objects.requireNonNull(this.queues.get(segment));
    }

    /**
     * The segments.
     */
    enum Segment {

        HOT, WARM, COLD

    }

    // Items are told apart by identity, which is what their equals does.
    private static final class Queue {

        private final LinkedHashMap<Item, Boolean> items = new LinkedHashMap<>();

        private long bytes;

        void add(Item item) {
            this.items.put(item, true);
            this.bytes += item.size();
        }

        void remove(Item item) {
            if (this.items.remove(item) != null) {
                this.bytes -= item.size();
            }
        }

        void clear() {
            this.items.clear();
            this.bytes = 0;
        }

    }

}
