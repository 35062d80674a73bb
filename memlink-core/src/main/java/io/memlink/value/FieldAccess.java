package io.memlink.value;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.memlink.value.RecordCheck.Parts;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the fields of the objects of one class, each by a handle that has
 * exactly its type, so that no number is boxed. Records are made by their canonical
 * constructor, others without one. Immutable.
 */
final class FieldAccess {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** The position of a sort is what stands for it in a header. */
    private static final String SORTS = "LZBSCIJFD";

    /** Parameters of a method take so many places, of which a number takes two. */
    private static final int MAX_PLACES = 240;

    private final Class<?> type;

    private final String[] names;

    private final char[] sorts;

    private final Class<?>[] types;

    private final MethodHandle[] getters;

    private final MethodHandle[] setters;

    private final Field[] transients;

    private final int numbers;

    private final @Nullable MethodHandle maker;

    /** Whether it is a record whose constructor makes nothing else of its parts. */
    final boolean keepsParts;

    /**
     * Whether it is a record with the hash code that the compiler makes, of all parts.
     */
    final boolean hashesParts;

    /** Made when it is needed: making it may initialize the class. */
    private volatile @Nullable Constructor<?> allocator;

    private FieldAccess(Class<?> type, List<Field> fields, List<Field> transients) throws ReflectiveOperationException {
        int n = fields.size();
        this.type = type;
        this.names = new String[n];
        this.sorts = new char[n];
        this.types = new Class<?>[n];
        this.getters = new MethodHandle[n];
        this.setters = new MethodHandle[type.isRecord() ? 0 : n];
        this.transients = transients.toArray(new Field[0]);
        int primitives = 0;
        for (int i = 0; i < n; i++) {
            Field field = fields.get(i);
            field.setAccessible(true);
            Class<?> part = field.getType().isPrimitive() ? field.getType() : Object.class;
            this.names[i] = field.getName();
            this.types[i] = field.getType();
            this.sorts[i] = field.getType().isPrimitive() ? field.getType().descriptorString().charAt(0) : 'L';
            this.getters[i] = LOOKUP.unreflectGetter(field).asType(MethodType.methodType(part, Object.class));
            if (!type.isRecord()) {
                this.setters[i] = LOOKUP.unreflectSetter(field)
                    .asType(MethodType.methodType(void.class, Object.class, part));
            }
            primitives += field.getType().isPrimitive() ? 1 : 0;
        }
        for (Field field : this.transients) {
            field.setAccessible(true);
        }
        this.numbers = primitives;
        this.maker = type.isRecord() ? maker(type, primitives) : null;
        this.keepsParts = type.isRecord() && RecordCheck.ConstructorCode.keepsParts(type);
        this.hashesParts = type.isRecord() && hashesParts(type);
    }

    private static boolean hashesParts(Class<?> record) throws ReflectiveOperationException {
        // What is written by hand is not final, as a rule: the class is.
        return Modifier.isFinal(record.getMethod("hashCode").getModifiers());
    }

    static FieldAccess of(Class<?> type) throws ReflectiveOperationException {
        List<Field> fields = new ArrayList<>();
        List<Field> transients = new ArrayList<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                fields.add(type.getDeclaredField(component.getName()));
            }
        }
        else {
            for (Class<?> level : ClassShape.levels(type)) {
                for (Field field : ClassShape.fields(level)) {
                    (Modifier.isTransient(field.getModifiers()) ? transients : fields).add(field);
                }
            }
        }
        return new FieldAccess(type, fields, transients);
    }

    /**
     * What the JDK has for libraries like this one; unlike {@code Unsafe} it is not going
     * away. Called by reflection, because its module need not be there.
     */
    private static Constructor<?> allocator(Class<?> type) throws ReflectiveOperationException {
        Class<?> factories = Class.forName("sun.reflect.ReflectionFactory");
        Object factory = factories.getMethod("getReflectionFactory").invoke(null);
        return (Constructor<?>) factories.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
            .invoke(factory, type, Object.class.getDeclaredConstructor());
    }

    /** Makes a record of its numbers, as bits, and its objects, each in their order. */
    private static MethodHandle maker(Class<?> type, int primitives) throws ReflectiveOperationException {
        Class<?>[] parts = Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
        if (primitives + parts.length > MAX_PLACES) {
            throw new IllegalArgumentException("too many components");
        }
        Constructor<?> constructor = type.getDeclaredConstructor(parts);
        constructor.setAccessible(true);
        MethodHandle make = LOOKUP.unreflectConstructor(constructor).asFixedArity();
        int[] order = new int[parts.length];
        int number = 0;
        int object = primitives;
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isPrimitive()) {
                make = MethodHandles.filterArguments(make, i, fromBits(parts[i]));
                order[i] = number++;
            }
            else {
                order[i] = object++;
            }
        }
        Class<?>[] sorted = new Class<?>[parts.length];
        Arrays.fill(sorted, 0, primitives, long.class);
        Arrays.fill(sorted, primitives, parts.length, Object.class);
        Class<?>[] erased = Arrays.stream(parts)
            .map((part) -> part.isPrimitive() ? long.class : Object.class)
            .toArray(Class<?>[]::new);
        make = make.asType(MethodType.methodType(Object.class, erased));
        make = MethodHandles.permuteArguments(make, MethodType.methodType(Object.class, sorted), order);
        return make.asSpreader(primitives, Object[].class, parts.length - primitives)
            .asSpreader(0, long[].class, primitives);
    }

    private static MethodHandle fromBits(Class<?> type) throws ReflectiveOperationException {
        if (type == float.class || type == double.class) {
            return LOOKUP.findStatic(FieldAccess.class, type.getName() + "Of", MethodType.methodType(type, long.class));
        }
        return MethodHandles.explicitCastArguments(MethodHandles.identity(type),
                MethodType.methodType(type, long.class));
    }

    private static float floatOf(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    private static double doubleOf(long bits) {
        return Double.longBitsToDouble(bits);
    }

    Class<?> type() {
        return this.type;
    }

    boolean hasState() {
        return this.names.length + this.transients.length > 0;
    }

    /** The kinds of the fields, two in a byte, for those who do not have the class. */
    void writeLayout(ByteOutput out) {
        out.size(this.sorts.length);
        for (int i = 0; i < this.sorts.length; i += 2) {
            int second = (i + 1 < this.sorts.length) ? SORTS.indexOf(this.sorts[i + 1]) : 0;
            out.u8(SORTS.indexOf(this.sorts[i]) << 4 | second);
        }
    }

    void write(ValueWriter out, Object value) {
        try {
            if (this.maker == null) {
                requireNoTransients(value);
                requireAllocator();
            }
            for (int i = 0; i < this.sorts.length; i++) {
                MethodHandle get = this.getters[i];
                switch (this.sorts[i]) {
                    case 'Z' -> out.u8((boolean) get.invokeExact(value) ? 1 : 0);
                    case 'B' -> out.u8((byte) get.invokeExact(value));
                    case 'S' -> out.s32((short) get.invokeExact(value));
                    case 'C' -> out.u16((char) get.invokeExact(value));
                    case 'I' -> out.s32((int) get.invokeExact(value));
                    case 'J' -> out.s64((long) get.invokeExact(value));
                    case 'F' -> out.u32(Float.floatToRawIntBits((float) get.invokeExact(value)));
                    case 'D' -> out.u64(Double.doubleToRawLongBits((double) get.invokeExact(value)));
                    default -> out.field((Object) get.invokeExact(value), this.names[i], this.types[i]);
                }
            }
        }
        catch (Throwable ex) {
            throw unchecked(ex);
        }
    }

    /** A transient field would be empty when the object comes back. */
    private void requireNoTransients(Object value) throws IllegalAccessException {
        for (Field field : this.transients) {
            Object content = field.get(value);
            if (content != null && !content.equals(0) && !isZero(content)) {
                throw ValueNotSupportedException.of(this.type, "whose transient field " + field.getName() + " is set",
                        "a field that is not transient, one that is empty, or a converter");
            }
        }
    }

    private void requireAllocator() {
        try {
            allocator();
        }
        catch (ReflectiveOperationException ex) {
            throw new ValueNotSupportedException(this.type.getName(), "of which no object can be made",
                    "the module jdk.unsupported, a record, or a converter", ex);
        }
    }

    private static boolean isZero(Object content) {
        if (content instanceof Number number) {
            return number.getClass().getModule() == Object.class.getModule() && number.doubleValue() == 0;
        }
        return content.equals(false) || content.equals('\0');
    }

    /** Whether all that an object consists of is plain values. */
    boolean isPlain(Object value) {
        return Arrays.stream(take(value).objects).allMatch(RecordCheck::isPlain);
    }

    void write(ValueWriter out, Parts parts) {
        int number = 0;
        int object = 0;
        for (int i = 0; i < this.sorts.length; i++) {
            switch (this.sorts[i]) {
                case 'Z', 'B' -> out.u8((int) parts.bits[number++]);
                case 'S', 'I' -> out.s32((int) parts.bits[number++]);
                case 'C' -> out.u16((int) parts.bits[number++]);
                case 'J' -> out.s64(parts.bits[number++]);
                case 'F' -> out.u32((int) parts.bits[number++]);
                case 'D' -> out.u64(parts.bits[number++]);
                default -> out.field(parts.objects[object++], this.names[i], this.types[i]);
            }
        }
    }

    Parts take(Object value) {
        Parts parts = new Parts(this.numbers, this.sorts.length - this.numbers);
        long[] bits = parts.bits;
        int number = 0;
        int object = 0;
        try {
            for (int i = 0; i < this.sorts.length; i++) {
                MethodHandle get = this.getters[i];
                switch (this.sorts[i]) {
                    case 'Z' -> bits[number++] = (boolean) get.invokeExact(value) ? 1 : 0;
                    case 'B' -> bits[number++] = (byte) get.invokeExact(value);
                    case 'S' -> bits[number++] = (short) get.invokeExact(value);
                    case 'C' -> bits[number++] = (char) get.invokeExact(value);
                    case 'I' -> bits[number++] = (int) get.invokeExact(value);
                    case 'J' -> bits[number++] = (long) get.invokeExact(value);
                    case 'F' -> bits[number++] = Float.floatToRawIntBits((float) get.invokeExact(value));
                    case 'D' -> bits[number++] = Double.doubleToRawLongBits((double) get.invokeExact(value));
                    default -> parts.objects[object++] = (Object) get.invokeExact(value);
                }
            }
        }
        catch (Throwable ex) {
            throw unchecked(ex);
        }
        return parts;
    }

    Object allocate() {
        try {
            return allocator().newInstance();
        }
        catch (ReflectiveOperationException ex) {
            throw notAccepted((ex.getCause() != null) ? ex.getCause() : ex);
        }
        catch (LinkageError ex) {
            throw notAccepted(ex);
        }
    }

    private Constructor<?> allocator() throws ReflectiveOperationException {
        Constructor<?> constructor = this.allocator;
        if (constructor == null) {
            constructor = allocator(this.type);
            this.allocator = constructor;
        }
        return constructor;
    }

    void read(ValueReader in, Object object) {
        try {
            for (int i = 0; i < this.sorts.length; i++) {
                MethodHandle set = this.setters[i];
                switch (this.sorts[i]) {
                    case 'Z' -> set.invokeExact(object, in.bool());
                    case 'B' -> set.invokeExact(object, (byte) in.u8());
                    case 'S' -> set.invokeExact(object, in.s16());
                    case 'C' -> set.invokeExact(object, (char) in.u16());
                    case 'I' -> set.invokeExact(object, in.s32());
                    case 'J' -> set.invokeExact(object, in.s64());
                    case 'F' -> set.invokeExact(object, Float.intBitsToFloat(in.u32()));
                    case 'D' -> set.invokeExact(object, Double.longBitsToDouble(in.u64()));
                    default -> set.invokeExact(object, in.any());
                }
            }
        }
        catch (Throwable ex) {
            throw unchecked(ex);
        }
    }

    Object readRecord(ValueReader in) {
        Parts parts = readParts(in);
        if (this.keepsParts) {
            return makeRecord(parts.bits, parts.objects);
        }
        @Nullable Object[] given = parts.objects.clone();
        Object record = makeRecord(parts.bits, parts.objects);
        Parts made = take(record);
        boolean same = Arrays.equals(parts.bits, made.bits);
        for (int i = 0; i < given.length && same; i++) {
            same = given[i] == made.objects[i] || in.isSame(given[i], made.objects[i]);
        }
        if (!same) {
            throw new ValueNotReadableException(ValueNotReadableException.Reason.NOT_ACCEPTED, this.type.getName(),
                    "bytes: a record of " + this.type.getName() + " (expected: one that its constructor keeps)", null);
        }
        return record;
    }

    private Parts readParts(ValueReader in) {
        Parts parts = new Parts(this.numbers, this.sorts.length - this.numbers);
        long[] bits = parts.bits;
        int number = 0;
        int object = 0;
        for (int i = 0; i < this.sorts.length; i++) {
            switch (this.sorts[i]) {
                case 'Z' -> bits[number++] = in.bool() ? 1 : 0;
                case 'B' -> bits[number++] = (byte) in.u8();
                case 'S' -> bits[number++] = in.s16();
                case 'C' -> bits[number++] = in.u16();
                case 'I' -> bits[number++] = in.s32();
                case 'J' -> bits[number++] = in.s64();
                case 'F' -> bits[number++] = in.u32();
                case 'D' -> bits[number++] = in.u64();
                default -> parts.objects[object++] = in.any();
            }
        }
        return parts;
    }

    /** Reads the fields that a constant had, which have to be those it has. */
    void requireSame(ValueReader in, Object constant) {
        Parts was = readParts(in);
        Parts is = take(constant);
        if (!Arrays.equals(was.bits, is.bits) || !Arrays.equals(is.objects, was.objects)) {
            throw new ValueNotReadableException(ValueNotReadableException.Reason.NOT_ACCEPTED, this.type.getName(),
                    "constant: of " + this.type.getName() + " (expected: with the fields it has now)", null);
        }
    }

    Object makeRecord(long[] bits, @Nullable Object[] objects) {
        MethodHandle make = this.maker;
        if (make == null) {
            throw new IllegalStateException(this.type.getName());
        }
        try {
            return (Object) make.invokeExact(bits, objects);
        }
        catch (Throwable ex) {
            ValueNotSupportedException.requireHarmless(ex);
            throw notAccepted(ex);
        }
    }

    private ValueNotReadableException notAccepted(Throwable cause) {
        return new ValueNotReadableException(
                ValueNotReadableException.Reason.NOT_ACCEPTED, this.type.getName(), "bytes: an object of "
                        + this.type.getName() + " that cannot be made, because of a " + cause.getClass().getName(),
                cause);
    }

    private static RuntimeException unchecked(Throwable ex) {
        if (ex instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (ex instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(ex);
    }

}
