package io.memlink.value;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.memlink.value.References.Cycles;
import org.jspecify.annotations.Nullable;

import static io.memlink.value.ValueNotReadableException.malformed;

/**
 * The rules for keys, elements of sets and what orders them, so that a table is as quick
 * and as large when it is read as it was. An object of this class counts with how many
 * keys of one table each is compared: many with one hash code make it slow, except for
 * simple ones, which the JDK can order. Belongs to one thread.
 */
final class KeyRules {

    static final int REVERSED = 4;

    static final int OBJECT = 5;

    /** Room for so many constants is no more than any map of them has bytes for. */
    static final int FEW_SLOTS = 48;

    private static final int ROOM_PER_BYTE = 16;

    /** So much is harmless, however few the bytes are. */
    private static final int FREE_ROOM = 1 << 24;

    private static final int MAX_REVERSED = 3;

    private static final int MAX_EQUAL = 512;

    private final int keys;

    private final Search search;

    private int count;

    /** Codes and how often each was there, or places that are taken; once needed. */
    private int @Nullable [] codes;

    KeyRules(int keys, Search search) {
        this.keys = keys;
        this.search = search;
    }

    /** Whether a key cannot be changed, refers to nothing and is quickly found. */
    static boolean isSimple(@Nullable Object key) {
        return key == null || key instanceof String || key instanceof Integer || key instanceof Long
                || key instanceof Enum || key instanceof UUID;
    }

    /**
     * Counts a key.
     * @param key the key
     * @param weight how many bytes are looked at where it is compared
     * @return how much it is to find it a place, or -1 if there are too many with its
     * hash code
     */
    long add(@Nullable Object key, long weight) {
        boolean simple = isSimple(key);
        if (key == null || this.keys < 2 || simple && this.search == Search.TREES) {
            return 0;
        }
        long each = simple ? 1 + (weight >> 6) : weight;
        if (this.search == Search.ALL) {
            return this.count++ * each;
        }
        if (this.search == Search.PROBES) {
            return probed(key.hashCode()) * each;
        }
        int equal = counted(key.hashCode());
        return (equal >= MAX_EQUAL && !simple) ? -1 : equal * each;
    }

    /** How many keys there were with a hash code. */
    private int counted(int code) {
        int[] table = this.codes;
        if (table == null) {
            table = new int[Integer.highestOneBit(this.keys) * 8];
            this.codes = table;
        }
        int mask = table.length / 2 - 1;
        int i = code * 0x9e3779b9 >>> 7 & mask;
        while (table[2 * i + 1] != 0 && table[2 * i] != code) {
            i = i + 1 & mask;
        }
        table[2 * i] = code;
        return table[2 * i + 1]++;
    }

    /** How many keys are asked until there is a place in a table twice as large. */
    private int probed(int code) {
        int[] table = this.codes;
        if (table == null) {
            table = new int[2 * this.keys];
            this.codes = table;
        }
        int asked = 0;
        int i = Math.floorMod(code, table.length);
        while (table[i] != 0) {
            i = (i + 1) % table.length;
            asked++;
        }
        table[i] = 1;
        return asked;
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
        Set<@Nullable Object> distinct = new HashSet<>();
        for (Object key : keys) {
            if (!distinct.add(key)) {
                throw refused(key);
            }
        }
    }

    static ValueNotSupportedException refused(@Nullable Object key) {
        return ValueNotSupportedException.of((key != null) ? key.getClass() : Object.class,
                "a key that is there twice, or whose hash code is that of too many others",
                "keys that are not changed, and a hash code that differs");
    }

    /** How a table finds a key among those that it may be. */
    enum Search {

        /** By hash code, then by the order of those with one code, if they have any. */
        TREES,

        /** By hash code, then one after the other. */
        CHAINS,

        /** One after the other from the place that the hash code says. */
        PROBES,

        /** One after the other. */
        ALL

    }

    /**
     * What a value costs beyond its bytes; most values do not. Belongs to one thread.
     */
    static final class Costs {

        /**
         * Bytes that are hashed because a key refers to them, not because they are in it.
         */
        private static final int MAX_HASHED_AGAIN = 1 << 20;

        /** Decimals of more bytes are costly to compare with those of other scales. */
        private static final int MAX_CHEAP_DECIMAL = 64;

        private static final long FREE_WORK = 1 << 25;

        private static final int WORK_PER_BYTE = 64;

        private long slots;

        private long work;

        private int largestDecimal;

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

        /**
         * How much work so many bytes may be: comparing keys, by the bytes of those that
         * are compared, and records, by those of their parts. As a rule there is none.
         */
        static long maxWork(int bytes) {
            return FREE_WORK + (long) WORK_PER_BYTE * bytes;
        }

        /** Counts work, and says how much there has been. */
        long work(long more) {
            this.work = Math.min(this.work + more, Long.MAX_VALUE / 2);
            return this.work;
        }

        /** Says that a decimal has so many bytes. */
        void decimal(int bytes) {
            this.largestDecimal = Math.max(this.largestDecimal, bytes);
        }

        static boolean isCostly(int decimalBytes) {
            return decimalBytes > MAX_CHEAP_DECIMAL;
        }

        /**
         * How much it is to find a key its place in an order of so many. The one of two
         * decimals that has the lesser scale is multiplied to get as long as the other.
         */
        long ordering(int keys) {
            double comparing = this.largestDecimal * Math.sqrt(this.largestDecimal) / 8;
            return (long) (comparing * (Integer.SIZE - Integer.numberOfLeadingZeros(keys)));
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

    /**
     * Requires that keys come back in their order, one of them being one that can be
     * compared. An order that contradicts itself, such as that of differences that
     * overflow, may have each before the next and others elsewhere.
     */
    @SuppressWarnings("unchecked")
    static void requireAscending(@Nullable Object[] keys, @Nullable Comparator<?> comparator) {
        Comparator<@Nullable Object> given = (Comparator<@Nullable Object>) comparator;
        Comparator<@Nullable Object> order = (given != null) ? given : (Comparator) Comparator.naturalOrder();
        if (keys.length == 1) {
            order.compare(keys[0], keys[0]);
        }
        for (int i = 1; i < keys.length; i++) {
            if (order.compare(keys[i - 1], keys[i]) >= 0) {
                throw misplaced(keys[i], "keys that are not changed");
            }
        }
        if (keys.length > 2 && !isConsistent(keys[0], comparator)) {
            Set<@Nullable Object> again = new TreeSet<>(given);
            Collections.addAll(again, keys);
            if (!isSame(keys, again)) {
                throw misplaced(keys[0], "keys whose order does not contradict itself");
            }
        }
    }

    private static ValueNotSupportedException misplaced(@Nullable Object key, String expected) {
        return ValueNotSupportedException.of((key != null) ? key.getClass() : Object.class,
                "a key that is not where it belongs", expected);
    }

    /** Whether an order is one of the JDK, and so are the keys, as far as one tells. */
    static boolean isConsistent(@Nullable Object key, @Nullable Comparator<?> comparator) {
        boolean ofJdk = key == null || isSimple(key) || ClassDescriptor.isOfJdk(key.getClass());
        return ofJdk && (comparator == null || comparator == Comparator.naturalOrder()
                || comparator == Comparator.reverseOrder() || comparator == String.CASE_INSENSITIVE_ORDER);
    }

    /**
     * Whether what was built of keys has them in the order in which they were given; true
     * also where they are in another order by now, and were sorted anew.
     */
    @SuppressWarnings("unchecked")
    static boolean isOrdered(@Nullable Object[] keys, Collection<?> built, @Nullable Comparator<?> comparator) {
        if (isSame(keys, built)) {
            return true;
        }
        Comparator<@Nullable Object> order = (comparator != null) ? (Comparator<@Nullable Object>) comparator
                : (Comparator) Comparator.naturalOrder();
        for (int i = 1; i < keys.length; i++) {
            if (order.compare(keys[i - 1], keys[i]) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(@Nullable Object[] keys, Collection<?> built) {
        int i = 0;
        for (Object key : built) {
            if (i == keys.length || keys[i++] != key) {
                return false;
            }
        }
        return i == keys.length;
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

    /**
     * How much memory collections and the like may take that so many bytes do not have.
     */
    static long maxRoom(int bytes) {
        return Math.min(ROOM_PER_BYTE * (long) bytes + FREE_ROOM, Integer.MAX_VALUE / 2);
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
