package io.memlink.value;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.memlink.value.References.Cycles;
import org.jspecify.annotations.Nullable;

import static io.memlink.value.ValueNotReadableException.malformed;

/**
 * The rules for keys, elements of sets and what orders them, so that a table is as quick
 * and as large when it is read as it was. An object of this class counts the hash codes
 * of one table: many keys with one code make it slow, except for simple ones, which the
 * JDK can order.
 */
final class KeyRules {

    static final int REVERSED = 4;

    static final int OBJECT = 5;

    /** Room for so many constants is no more than any map of them has bytes for. */
    static final int FEW_SLOTS = 48;

    private static final int MAX_REVERSED = 3;

    private static final int MAX_EQUAL = 512;

    /** Codes and how often each was there; only where there may be too many. */
    private final int @Nullable [] codes;

    private final int mask;

    KeyRules(int keys) {
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

    /** Keys that were changed since they became keys may be equal now. */
    static void requireDistinct(@Nullable Object[] keys) {
        boolean simple = true;
        for (Object key : keys) {
            simple &= KeyRules.isSimple(key);
        }
        if (simple) {
            return;
        }
        KeyRules codes = new KeyRules(keys.length);
        Set<@Nullable Object> distinct = new HashSet<>();
        for (Object key : keys) {
            if (!codes.add(key) || !distinct.add(key)) {
                throw ValueNotSupportedException.of((key != null) ? key.getClass() : Object.class,
                        "a key that is there twice, or whose hash code is that of too many others",
                        "keys that are not changed, and a hash code that differs");
            }
        }
    }

    /**
     * What a value costs beyond its bytes; most values do not. Belongs to one thread.
     */
    static final class Costs {

        /** Bytes that are hashed because a key refers to them, not because they are in it. */
        private static final int MAX_HASHED_AGAIN = 1 << 20;

        private long slots;

        private long hashedAgain;

        @Nullable Cycles cycles;

        /** Counts what is allocated for constants that are not there. */
        long slots(int count) {
            this.slots += count;
            return this.slots;
        }

        long slots() {
            return this.slots;
        }

        /** Whether keys may refer to so much more. */
        boolean hashAgain(long weight) {
            this.hashedAgain += weight;
            return this.hashedAgain <= MAX_HASHED_AGAIN;
        }

        /** Says that the innermost of so many objects refers to one that is open. */
        void refer(int count, int target) {
            Cycles known = (this.cycles != null) ? this.cycles : new Cycles();
            this.cycles = known;
            known.refer(count, target);
        }

    }

    @SuppressWarnings("unchecked")
    static void requireAscending(Object[] keys, @Nullable Comparator<?> comparator) {
        Comparator<Object> order = (Comparator<Object>) ((comparator != null) ? comparator : Comparator.naturalOrder());
        for (int i = 1; i < keys.length; i++) {
            if (order.compare(keys[i - 1], keys[i]) >= 0) {
                throw ValueNotSupportedException.of(keys[i].getClass(), "a key that is not where it belongs",
                        "keys that are not changed");
            }
        }
    }

    /** Whether the order in which a table shows its keys says nothing. */
    static boolean hasNoOrder(Object table) {
        Class<?> type = table.getClass();
        return type == HashMap.class || type == HashSet.class || type == ConcurrentHashMap.class
                || type == ConcurrentHashMap.KeySetView.class || type == Hashtable.class || type == Properties.class
                || type.getName().startsWith("java.util.ImmutableCollections$");
    }

    /** How many constants the maps in so many bytes may have room for. */
    static long maxSlots(int bytes) {
        return 16L * bytes + 10_000;
    }

    /** The number of a comparator that orders equally everywhere. */
    static int code(@Nullable Comparator<?> comparator) {
        if (comparator == null) {
            return 0;
        }
        if (comparator == Comparator.naturalOrder()) {
            return 1;
        }
        if (comparator == Comparator.reverseOrder()) {
            return 2;
        }
        if (comparator == String.CASE_INSENSITIVE_ORDER) {
            return 3;
        }
        if (comparator.getClass().getName().equals("java.util.Collections$ReverseComparator2")) {
            return REVERSED;
        }
        if (ClassDescriptor.isOfJdk(comparator.getClass())) {
            throw ValueNotSupportedException.of(comparator.getClass(), "a comparator that is not known",
                    "natural or reverse order, String.CASE_INSENSITIVE_ORDER, or a trusted class or enum");
        }
        return OBJECT;
    }

    /**
     * What a comparator is called that has only a number; nothing for the natural order.
     */
    static String name(int code) {
        return switch (code) {
            case 0, 1 -> "";
            case 2 -> "descending ";
            case 3 -> "ignoring case ";
            default -> throw malformed("a comparator (expected: one that is known)");
        };
    }

    static @Nullable Object comparator(ValueReader in, int depth) {
        return switch (in.u8()) {
            case 0 -> null;
            case 1 -> Comparator.naturalOrder();
            case 2 -> Comparator.reverseOrder();
            case 3 -> String.CASE_INSENSITIVE_ORDER;
            case REVERSED -> reversed(in, depth);
            case OBJECT -> in.key();
            default -> throw malformed("a comparator (expected: one that is known)");
        };
    }

    private static Object reversed(ValueReader in, int depth) {
        if (depth < MAX_REVERSED && comparator(in, depth + 1) instanceof Comparator<?> comparator) {
            return comparator.reversed();
        }
        throw malformed("a comparator (expected: one to reverse)");
    }

}
