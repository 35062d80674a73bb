package io.memlink.embedded.command;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.memlink.embedded.store.Item;
import org.jspecify.annotations.Nullable;

/**
 * The counts of {@code stats detail}: fetches, hits, stores and deletes of all commands
 * but the meta ones, by what stands before the first colon of a key. Confined to the
 * thread of the server.
 */
final class PrefixCounts {

    private static final int MAX_PREFIXES = 256;

    private final Map<String, Counts> counts = new LinkedHashMap<>();

    private boolean enabled;

    PrefixCounts() {
    }

    void enable(boolean enabled) {
        this.enabled = enabled;
    }

    void clear() {
        this.counts.clear();
    }

    boolean enabled() {
        return this.enabled;
    }

    /**
     * Counts a fetch.
     * @param key the key
     * @param hit whether there was an item
     */
    void fetched(Item.Key key, boolean hit) {
        count(key, (counts) -> {
            counts.gets++;
            counts.hits += hit ? 1 : 0;
        });
    }

    /**
     * Counts an attempt to store.
     * @param key the key
     */
    void stored(Item.Key key) {
        count(key, (counts) -> counts.sets++);
    }

    /**
     * Counts an attempt to delete.
     * @param key the key
     */
    void deleted(Item.Key key) {
        count(key, (counts) -> counts.deletes++);
    }

    private void count(Item.Key key, Consumer<Counts> change) {
        Counts counts = this.enabled ? find(new String(key.bytes(), StandardCharsets.ISO_8859_1)) : null;
        if (counts != null) {
            change.accept(counts);
        }
    }

    private @Nullable Counts find(String key) {
        int colon = key.indexOf(':');
        if (colon < 0) {
            return null;
        }
        String prefix = key.substring(0, colon);
        return (this.counts.containsKey(prefix) || this.counts.size() < MAX_PREFIXES)
                ? this.counts.computeIfAbsent(prefix, (absent) -> new Counts()) : null;
    }

    /**
     * Writes the counts as {@code stats detail dump} shows them.
     */
    void write(ReplyBuffer reply) {
        this.counts.forEach((prefix, counts) -> reply.line("PREFIX " + prefix + " get " + counts.gets + " hit "
                + counts.hits + " set " + counts.sets + " del " + counts.deletes));
        reply.line("END");
    }

    private static final class Counts {

        private long gets;

        private long hits;

        private long sets;

        private long deletes;

    }

}
