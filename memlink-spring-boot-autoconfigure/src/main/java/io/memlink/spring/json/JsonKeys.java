package io.memlink.spring.json;

import java.util.HashMap;
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

    private int depth;

    void begin() {
        if (++this.depth > MAX_DEPTH) {
            throw new IllegalArgumentException("JSON: keys in keys (expected: fewer)");
        }
    }

    void end() {
        this.depth--;
    }

    /** Refuses keys of which too many have one hash code. */
    static void requireSpread(@Nullable Object[] parts, JsonKind.Keys which) {
        if (which == JsonKind.Keys.NONE || parts.length <= MAX_EQUAL) {
            return;
        }
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            Object part = parts[i];
            if (part != null && which.has(i) && !isSimple(part)
                    && counts.merge(part.hashCode(), 1, Integer::sum) > MAX_EQUAL) {
                throw new IllegalArgumentException("JSON: keys of one hash code (expected: fewer)");
            }
        }
    }

    /** Whether a key is found quickly even if others have its hash code. */
    private static boolean isSimple(Object key) {
        return key instanceof String || key instanceof Integer || key instanceof Long || key instanceof Enum
                || key instanceof UUID;
    }

}
