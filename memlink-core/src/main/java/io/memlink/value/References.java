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

}
