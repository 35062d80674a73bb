package io.memlink.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Comparison of records with what their constructors make of their parts. A constructor
 * is given the caller's own parts only if nobody can change them, and copies otherwise.
 */
final class RecordCheck {

    private RecordCheck() {
    }

    /** Compares a record whose parts nobody can change. */
    static void compare(ValueWriter out, FieldAccess access, Parts parts) {
        Parts made = access.take(make(access, parts));
        boolean same = Arrays.equals(parts.bits, made.bits);
        for (int i = 0; i < parts.objects.length && same; i++) {
            Object was = parts.objects[i];
            Object is = made.objects[i];
            same = was == is || was != null && is != null && isSame(out, was, is);
        }
        requireSame(access, same);
    }

    private static boolean isSame(ValueWriter out, Object one, Object other) {
        if (one.getClass() == other.getClass() && KeyRules.isSimple(one)) {
            return one.equals(other);
        }
        return Arrays.equals(out.alone(one), out.alone(other));
    }

    /** Compares a record by one that is made of copies of its parts. */
    static void compareCopies(ValueWriter out, FieldAccess access, Parts parts) {
        Parts copies = new Parts(parts.bits.length, parts.objects.length);
        System.arraycopy(parts.bits, 0, copies.bits, 0, parts.bits.length);
        byte[][] before = new byte[parts.objects.length][];
        for (int i = 0; i < before.length; i++) {
            Object copy = (parts.objects[i] != null) ? out.copy(parts.objects[i]) : null;
            copies.objects[i] = copy;
            before[i] = out.alone(copy);
        }
        Parts made = access.take(make(access, copies));
        boolean same = Arrays.equals(parts.bits, made.bits);
        for (int i = 0; i < before.length && same; i++) {
            same = Arrays.equals(before[i], out.alone(made.objects[i]));
        }
        requireSame(access, same);
    }

    private static Object make(FieldAccess access, Parts parts) {
        try {
            return access.makeRecord(parts.bits, parts.objects);
        }
        catch (ValueNotReadableException ex) {
            throw new ValueNotSupportedException(access.type().getName(), "whose constructor does not accept its parts",
                    "a constructor that accepts what it made", ex.getCause());
        }
    }

    private static void requireSame(FieldAccess access, boolean same) {
        if (!same) {
            throw ValueNotSupportedException.of(access.type(), "whose constructor makes something else of its parts",
                    "a constructor that keeps what it is given, or a converter");
        }
    }

    /** Whether a part is a plain value, equal to its copies and to nothing else. */
    static boolean isPlain(@Nullable Object part) {
        return KeyRules.isSimple(part) || part instanceof Boolean || part instanceof Character || part instanceof Byte
                || part instanceof Short || part instanceof Float || part instanceof Double
                || part != null && (part.getClass() == BigDecimal.class || part.getClass() == BigInteger.class);
    }

    /**
     * What one object consists of: its numbers, as bits, and its objects, each in the
     * order of the fields.
     */
    static final class Parts {

        private static final long[] NO_NUMBERS = {};

        final long[] bits;

        final @Nullable Object[] objects;

        Parts(int numbers, int objects) {
            this.bits = (numbers > 0) ? new long[numbers] : NO_NUMBERS;
            this.objects = new @Nullable Object[objects];
        }

    }

}
