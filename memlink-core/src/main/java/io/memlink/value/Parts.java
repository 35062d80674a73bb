package io.memlink.value;

import org.jspecify.annotations.Nullable;

/**
 * What one object consists of: its numbers, as bits, and its objects, each in the order
 * of the fields.
 */
final class Parts {

    private static final long[] NO_NUMBERS = {};

    final long[] bits;

    final @Nullable Object[] objects;

    Parts(int numbers, int objects) {
        this.bits = (numbers > 0) ? new long[numbers] : NO_NUMBERS;
        this.objects = new @Nullable Object[objects];
    }

}
