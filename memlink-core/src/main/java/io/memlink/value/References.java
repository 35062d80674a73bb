package io.memlink.value;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The objects that a value consists of, numbered in the order they are met. Belongs to
 * one {@link ValueWriter}.
 */
final class References {

    /** Is being written, and may be referred to. */
    static final int OPEN = 0;

    /** Is being written, and is not there yet when what is in it is read. */
    static final int UNREFERABLE = -1;

    /** As long as there are so few, looking is faster than hashing. */
    private static final int FEW = 12;

    private @Nullable Object[] objects = new Object[4];

    private int[] weights = new int[4];

    /** Numbers plus one, by identity. */
    private int @Nullable [] index;

    private int count;

    /** What is behind wrappers, and whether it can be changed by way of them. */
    private @Nullable Map<Object, Boolean> wrapped;

    /**
     * Notes what is behind a wrapper; false if it is part of the value also without it,
     * so that they would be two when they come back.
     */
    boolean wrap(Object wrapper, Object content) {
        if (find(wrapper) >= 0) {
            return true;
        }
        Map<Object, Boolean> known = (this.wrapped != null) ? this.wrapped : new IdentityHashMap<>();
        this.wrapped = known;
        boolean changeable = !Foreign.Wrapper.isUnmodifiable(wrapper);
        Boolean before = known.put(content, changeable);
        return find(content) < 0 && (before == null || !before && !changeable);
    }

    boolean isWrapped(Object object) {
        return this.wrapped != null && this.wrapped.containsKey(object);
    }

    int count() {
        return this.count;
    }

    /** The number of an object, or -1. */
    int find(Object object) {
        int[] table = this.index;
        if (table != null) {
            return table[slot(table, object)] - 1;
        }
        for (int i = 0; i < this.count; i++) {
            if (this.objects[i] == object) {
                return i;
            }
        }
        return -1;
    }

    private int slot(int[] table, Object object) {
        int mask = table.length - 1;
        int hash = System.identityHashCode(object);
        int i = (hash ^ hash >>> 15) & mask;
        while (table[i] != 0 && this.objects[table[i] - 1] != object) {
            i = i + 1 & mask;
        }
        return i;
    }

    int add(Object object, boolean referable) {
        int id = this.count++;
        if (id == this.objects.length) {
            this.objects = Arrays.copyOf(this.objects, id * 2);
            this.weights = Arrays.copyOf(this.weights, id * 2);
        }
        this.objects[id] = object;
        this.weights[id] = referable ? OPEN : UNREFERABLE;
        int[] table = this.index;
        if (table != null && this.count * 2 <= table.length) {
            table[slot(table, object)] = this.count;
        }
        else if (this.count > FEW) {
            reindex();
        }
        return id;
    }

    private void reindex() {
        int[] table = new int[Integer.highestOneBit(this.count) * 8];
        for (int i = 0; i < this.count; i++) {
            Object object = this.objects[i];
            if (object != null) {
                table[slot(table, object)] = i + 1;
            }
        }
        this.index = table;
    }

    /** Says that an object is complete, and how much there is to it. */
    void close(int id, long weight) {
        this.weights[id] = (int) Math.min(weight, Integer.MAX_VALUE);
    }

    int weight(int id) {
        return this.weights[id];
    }

    /**
     * What is known of the cycles of a value, which most have none of: which objects that
     * are complete reach one that is not, directly or by way of others. Both who writes
     * and who reads keep it in the same way, as of the first reference to an object that
     * was not complete. Belongs to one thread.
     */
    static final class Cycles {

        private static final int COMPLETE = -1;

        /**
         * For each object that became complete the outermost one that it reached then, by
         * its number plus one, or that it reached none; 0 for those before the first
         * cycle, and for those that are open.
         */
        private int[] reached = new int[16];

        /**
         * References to what is reached outside of what they are in, as of the innermost:
         * how many objects there were, and the number of the one that is reached.
         */
        private int[] outward = new int[16];

        private int size;

        private final Map<Object, Long> hashing = new IdentityHashMap<>();

        /** Says that the object that is the innermost now refers to an open one. */
        void refer(int count, int target) {
            if (this.size == this.outward.length) {
                this.outward = Arrays.copyOf(this.outward, this.size * 2);
            }
            this.outward[this.size++] = count;
            this.outward[this.size++] = target;
        }

        /** Says that an object is complete, after all that are in it. */
        void close(int id) {
            int outermost = id;
            while (this.size > 0 && this.outward[this.size - 2] > id) {
                outermost = Math.min(outermost, this.outward[this.size - 1]);
                this.size -= 2;
            }
            note(id, (outermost < id) ? outermost + 1 : COMPLETE);
            if (outermost < id) {
                refer(id, outermost);
            }
        }

        /** Whether what is in an object that is not complete reaches out of it. */
        boolean leadsOutOf(int id) {
            for (int i = this.size - 2; i >= 0 && this.outward[i] > id; i -= 2) {
                if (this.outward[i + 1] < id) {
                    return true;
                }
            }
            return false;
        }

        private void note(int id, int value) {
            if (id >= this.reached.length) {
                this.reached = Arrays.copyOf(this.reached, id * 2);
            }
            this.reached[id] = value;
        }

        private int reached(int id) {
            return (id < this.reached.length) ? this.reached[id] : 0;
        }

        /** An open object that a complete one reaches, or -1. */
        int openFrom(int id) {
            int next = reached(id);
            int last = -1;
            while (next > 0) {
                last = next - 1;
                next = reached(last);
            }
            if (last < 0) {
                return -1;
            }
            boolean open = next == 0;
            note(id, open ? last + 1 : COMPLETE);
            return open ? last : -1;
        }

        /**
         * How many steps it takes to hash an object that reaches nothing open, as the JDK
         * does it: what is shared each time, up to what is hashed by identity or as an
         * application says. What a part of a cycle has in bytes does not tell.
         */
        long hashing(@Nullable Object object) {
            if (object == null || KeyRules.isSimple(object)) {
                return 1;
            }
            Long known = this.hashing.get(object);
            if (known != null) {
                return known;
            }
            // Whoever comes back here while hashing never ends.
            this.hashing.put(object, (long) Integer.MAX_VALUE);
            long steps = 1;
            for (Object part : RecordCheck.hashedParts(object)) {
                steps = Math.min(steps + hashing(part), Integer.MAX_VALUE);
            }
            this.hashing.put(object, steps);
            return steps;
        }

    }

}
