package io.memlink.spring.json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What keys of maps and elements of sets may cost, as the value format has it: bytes that
 * somebody made up must not be much more work than they are long. Belongs to one
 * {@link JsonInput}.
 */
final class JsonKeys {

    /** Hashing a set hashes the sets in it: each level does all the work again. */
    private static final int MAX_DEPTH = 9;

    /** As many keys as may have one hash code, unless the JDK finds them quickly. */
    private static final int MAX_EQUAL = 512;

    private static final long FREE_WORK = 1 << 25;

    private static final int WORK_PER_BYTE = 64;

    private final long limit;

    private int depth;

    /** What was read, and compared where keys have one hash code. */
    private long work;

    /**
     * Creates rules for JSON.
     * @param bytes how long it is
     */
    JsonKeys(int bytes) {
        this.limit = FREE_WORK + (long) WORK_PER_BYTE * bytes;
    }

    /** How much there has been to read and to compare. */
    long work() {
        return this.work;
    }

    /** Counts what there is to read or to compare. */
    void work(long more) {
        this.work += more;
        if (this.work > this.limit) {
            throw new IllegalArgumentException("JSON: keys to compare (expected: fewer for so many bytes)");
        }
    }

    void begin() {
        if (++this.depth > MAX_DEPTH) {
            throw new IllegalArgumentException("JSON: keys in keys (expected: fewer)");
        }
    }

    void end() {
        this.depth--;
    }

    /**
     * Counts the work of finding keys a place, and refuses those of which too many have
     * one hash code.
     * @param parts the parts of a table, some of which are keys
     * @param weights how much there was to read of each part
     * @param kind the kind of the table
     */
    void requireSpread(@Nullable Object[] parts, List<Long> weights, JsonKind.Parts kind) {
        JsonKind.Keys which = kind.keys();
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            Object part = parts[i];
            if (part == null || !which.has(i)) {
                continue;
            }
            if (JsonContainers.isProbed(kind)) {
                work(i * weights.get(i));
            }
            else if (!isSimple(part)) {
                int equal = counts.merge(part.hashCode(), 1, Integer::sum) - 1;
                if (equal >= MAX_EQUAL) {
                    throw new IllegalArgumentException("JSON: keys of one hash code (expected: fewer)");
                }
                work(equal * weights.get(i));
            }
        }
    }

    /** Whether a key is found quickly even if others have its hash code. */
    private static boolean isSimple(Object key) {
        return key instanceof String || key instanceof Integer || key instanceof Long || key instanceof Enum
                || key instanceof UUID;
    }

}
