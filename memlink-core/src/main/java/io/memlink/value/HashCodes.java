package io.memlink.value;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The hash codes of the keys of one table. Many keys with one code make a table slow,
 * except for simple ones, which the JDK can order.
 */
final class HashCodes {

    private static final int MAX_EQUAL = 512;

    /** Codes and how often each was there; only where there may be too many. */
    private final int @Nullable [] codes;

    private final int mask;

    HashCodes(int keys) {
        this.codes = (keys > MAX_EQUAL) ? new int[Integer.highestOneBit(keys) * 8] : null;
        this.mask = Integer.highestOneBit(Math.max(keys, 1)) * 4 - 1;
    }

    /** Whether a key cannot be changed, refers to nothing and is quickly found. */
    static boolean isSimple(@Nullable Object key) {
        return key == null || key instanceof String || key instanceof Integer || key instanceof Long
                || key instanceof Enum || key instanceof UUID;
    }

    /** Whether there are not too many with the code of this one. */
    boolean add(@Nullable Object key) {
        int[] table = this.codes;
        if (table == null || key == null || isSimple(key)) {
            return true;
        }
        int code = key.hashCode();
        int i = code * 0x9e3779b9 >>> 7 & this.mask;
        while (table[2 * i + 1] != 0 && table[2 * i] != code) {
            i = i + 1 & this.mask;
        }
        table[2 * i] = code;
        return ++table[2 * i + 1] <= MAX_EQUAL;
    }

}
