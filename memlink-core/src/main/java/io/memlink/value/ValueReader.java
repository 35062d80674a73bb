package io.memlink.value;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;

import io.memlink.value.ClassDescriptor.StaticConstants;
import io.memlink.value.KeyRules.Costs;
import io.memlink.value.Kind.JdkTypes;
import io.memlink.value.References.Cycles;
import io.memlink.value.ValueNotReadableException.Reason;
import org.jspecify.annotations.Nullable;

import static io.memlink.value.ValueNotReadableException.malformed;

/**
 * Reads one value, whatever the bytes: the mirror image of {@link ValueWriter}, with the
 * same limits. Belongs to one thread, and is used once.
 */
final class ValueReader extends ByteInput {

    private static final @Nullable Object[] NO_OBJECTS = {};

    private static final int[] NO_WEIGHTS = {};

    private static final ClassDescriptor[] NO_CLASSES = {};

    private final ClassTable table;

    private @Nullable ClassDescriptor firstClass;

    private @Nullable ClassDescriptor secondClass;

    private ClassDescriptor[] classes = NO_CLASSES;

    private int classCount;

    private @Nullable Object first;

    private @Nullable Object[] objects = NO_OBJECTS;

    private int[] weights = NO_WEIGHTS;

    private int count;

    private short depth;

    private byte hashed;

    private int barrier;

    /** What the value costs beyond its bytes, as of the first time that it does. */
    private @Nullable Costs costs;

    private long work;

    /** Memory that is taken beyond what the bytes say; stops long before it overflows. */
    private int room;

    ValueReader(ClassTable table, byte[] bytes, int offset, int length) {
        super(bytes, offset, length);
        this.table = table;
    }

    static @Nullable Object read(ClassTable table, byte[] bytes, int offset, int length) {
        try {
            ValueReader reader = new ValueReader(table, bytes, offset, length);
            reader.version();
            Object value = reader.any();
            reader.requireEnd();
            return value;
        }
        catch (ValueNotReadableException ex) {
            throw ex;
        }
        catch (Throwable ex) {
            ValueNotSupportedException.requireHarmless(ex);
            Reason reason = (ex instanceof RuntimeException) ? Reason.MALFORMED : Reason.NOT_ACCEPTED;
            throw new ValueNotReadableException(reason, null,
                    "bytes: a " + ex.getClass().getName() + " (expected: a value)", ex);
        }
    }

    void version() {
        int version = u8();
        if (version != ValueFormat.VERSION) {
            throw new ValueNotReadableException(Reason.OTHER_VERSION, null,
                    "version: " + version + " (expected: " + ValueFormat.VERSION + ")", null);
        }
    }

    void requireEnd() {
        if (remaining() > 0) {
            throw malformed(remaining() + " bytes left (expected: none)");
        }
    }

    @Nullable Object any() {
        int tag = u8();
        if (tag >= Kind.SHORT_TEXT) {
            return (tag < Kind.SMALL_INTEGER) ? text(tag) : tag - Kind.SMALL_INTEGER + Kind.LEAST_SMALL_INTEGER;
        }
        return switch (tag) {
            case Kind.NULL -> null;
            case Kind.REFERENCE -> reference();
            case Kind.LATIN_1, Kind.UTF_8, Kind.UTF_16 -> text(tag);
            case Kind.INTEGER -> s32();
            case Kind.FALSE -> false;
            case Kind.TRUE -> true;
            default -> nested(tag);
        };
    }

    private @Nullable Object nested(int tag) {
        if (++this.depth > ValueWriter.MAX_DEPTH) {
            throw malformed("nested deeper than " + ValueWriter.MAX_DEPTH);
        }
        Object value = switch (tag) {
            case Kind.OBJECT -> object();
            case Kind.CONSTANT -> constant(enumType());
            case Kind.JDK_CONSTANT -> constant(ClassDescriptor.of(JdkTypes.type(number())));
            case Kind.SINGLETON -> singleton();
            case Kind.STATIC_CONSTANT -> staticConstant();
            case Kind.ARRAY -> objects();
            case Kind.CONVERTED -> converted();
            default -> kind(Kind.of(tag));
        };
        this.depth--;
        return value;
    }

    private @Nullable Object kind(@Nullable Kind kind) {
        if (kind == null) {
            throw malformed("a tag (expected: one of the format)");
        }
        take(kind.room);
        if (kind.sharing == Kind.Sharing.NONE) {
            return kind.reading.read(this, -1);
        }
        long start = position() - 1 + this.work;
        int id = reserve();
        Object value = kind.reading.read(this, id);
        if (value == null) {
            throw malformed("nothing (expected: a " + kind.name + ")");
        }
        made(id, value);
        close(id, start);
        return value;
    }

    private void take(int memory) {
        this.room += memory;
        if (this.room > KeyRules.maxRoom(end())) {
            throw malformed("collections that take more memory than their bytes (expected: fewer)");
        }
    }

    /**
     * Takes a number for an object that is not made yet. The first one is the value
     * itself, for which there are no arrays: most values have no other.
     */
    private int reserve() {
        int id = this.count++;
        if (id == 1) {
            this.objects = new @Nullable Object[2];
            this.weights = new int[2];
        }
        else if (id > this.weights.length) {
            this.objects = Arrays.copyOf(this.objects, id * 2);
            this.weights = Arrays.copyOf(this.weights, id * 2);
        }
        if (id > 0) {
            this.weights[id - 1] = References.UNREFERABLE;
        }
        return id;
    }

    /** Says what a number stands for, from now on also within the object itself. */
    <T> T made(int id, T value) {
        if (id == 0) {
            this.first = value;
        }
        else if (id > 0) {
            this.objects[id - 1] = value;
            this.weights[id - 1] = References.OPEN;
        }
        return value;
    }

    private void close(int id, long start) {
        if (id > 0) {
            this.weights[id - 1] = (int) Math.min(position() + this.work - start, Integer.MAX_VALUE);
        }
        Cycles cycles = cycles();
        if (cycles != null) {
            cycles.close(id);
        }
    }

    private Costs costs() {
        Costs known = (this.costs != null) ? this.costs : new Costs();
        this.costs = known;
        return known;
    }

    private @Nullable Cycles cycles() {
        return (this.costs != null) ? this.costs.cycles : null;
    }

    private @Nullable Object reference() {
        int id = number();
        if (id >= this.count) {
            throw malformed("reference " + id + " (expected: to an object before)");
        }
        int weight = (id > 0) ? this.weights[id - 1] : (this.first != null) ? References.OPEN : References.UNREFERABLE;
        if (weight == References.UNREFERABLE || weight == References.OPEN && (id < this.barrier || this.hashed > 0)) {
            throw incomplete(id);
        }
        Object value = (id > 0) ? this.objects[id - 1] : this.first;
        Cycles cycles = cycles();
        int open = (weight == References.OPEN) ? id : (cycles != null) ? cycles.openFrom(id) : -1;
        long cost = weight;
        if (this.hashed > 0) {
            if (open >= 0) {
                throw incomplete(id);
            }
            cost = (cycles != null) ? Math.max(weight, cycles.hashing(value)) : weight;
            if (!costs().hashAgain(cost)) {
                throw malformed("reference " + id + " (expected: keys that share less)");
            }
        }
        else if (open >= 0) {
            costs().refer(this.count, open);
        }
        this.work += cost;
        return value;
    }

    private static ValueNotReadableException incomplete(int id) {
        return malformed("reference " + id + " (expected: to an object that is complete)");
    }

    private ClassDescriptor classReference() {
        int index = number();
        if (index > this.classCount) {
            throw malformed("class " + index + " (expected: one that was there before)");
        }
        if (index > 0) {
            return (index > 2) ? this.classes[index - 3]
                    : Objects.requireNonNull((index > 1) ? this.secondClass : this.firstClass);
        }
        ClassDescriptor type = this.table.find(array(), position(), remaining());
        if (type == null) {
            int from = position();
            long shape = u64();
            int length = size(1);
            type = this.table.load(utf8(length), shape);
            int end = from + type.header.length;
            if (end > position() + remaining()
                    || !Arrays.equals(type.header, 0, type.header.length, array(), from, end)) {
                throw malformed("the fields of " + type.type.getName() + " (expected: those it has)");
            }
            skip(end - position());
        }
        else {
            skip(type.header.length);
        }
        int count = this.classCount++;
        if (count == 0) {
            this.firstClass = type;
        }
        else if (count == 1) {
            this.secondClass = type;
        }
        else {
            if (count - 2 == this.classes.length) {
                this.classes = Arrays.copyOf(this.classes, count * 2);
            }
            this.classes[count - 2] = type;
        }
        return type;
    }

    private Object object() {
        long start = position() - 1 + this.work;
        int id = reserve();
        ClassDescriptor type = classReference();
        boolean record = type.form == ClassDescriptor.Form.RECORD;
        if (type.problem != null || !record && type.form != ClassDescriptor.Form.OBJECT) {
            throw new ValueNotReadableException(Reason.NOT_ACCEPTED, type.type.getName(),
                    "class: " + type.type.getName() + " (expected: one whose objects are written)", null);
        }
        Object value;
        if (record) {
            int outside = this.barrier;
            this.barrier = this.count;
            value = type.access().readRecord(this);
            this.barrier = outside;
            made(id, value);
        }
        else {
            value = made(id, type.access().allocate());
            type.access().read(this, value);
        }
        close(id, start);
        return value;
    }

    private Object singleton() {
        ClassDescriptor type = classReference();
        Object value = type.ownConstant(StaticConstants.INSTANCE);
        if (value == null || type.hasState()) {
            throw malformed("a " + type.type.getName() + " (expected: a class with one object)");
        }
        return value;
    }

    private Object staticConstant() {
        ClassDescriptor type = classReference();
        String name = text();
        Object value = type.ownConstant(name);
        if (value == null) {
            throw new ValueNotReadableException(Reason.UNKNOWN_CONSTANT, type.type.getName(),
                    "constant: of " + type.type.getName() + " (expected: one that it has)", null);
        }
        type.access().requireSame(this, value);
        return value;
    }

    private Object converted() {
        long start = position() - 1 + this.work;
        int id = reserve();
        ClassDescriptor type = classReference();
        if (type.form != ClassDescriptor.Form.CONVERTED) {
            throw malformed("a " + type.type.getName() + " (expected: a class with a converter)");
        }
        int outside = this.barrier;
        this.barrier = this.count;
        Object stored = any();
        this.barrier = outside;
        Cycles cycles = cycles();
        if (cycles != null && cycles.leadsOutOf(id)) {
            throw incomplete(id);
        }
        Object value = made(id, this.table.fromStored(type, stored));
        close(id, start);
        return value;
    }

    /** Whether two parts have the same content; a constructor may have copied one. */
    boolean isSame(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return one == other;
        }
        int length = RecordCheck.length(one);
        spend(length);
        if (one != other) {
            // What is shared may be copied again and again.
            take((int) Math.min(8L * length, Integer.MAX_VALUE / 8));
        }
        try {
            if (RecordCheck.isCopy(one, other)) {
                return true;
            }
            ValueWriter first = ValueWriter.content(this.table, one);
            spend(first.position());
            ValueWriter second = ValueWriter.content(this.table, other);
            spend(second.position());
            return first.hasBytesOf(second);
        }
        catch (ValueNotSupportedException ex) {
            return false;
        }
    }

    /** What was read so far, shared parts included each time they are there. */
    long weight() {
        return position() + this.work;
    }

    /**
     * Counts the work of finding a place for a key, which is done again to compare it.
     */
    void place(KeyRules rules, @Nullable Object key, long before) {
        long cost = rules.add(key, weight() - before);
        if (cost < 0) {
            throw malformed("a key whose hash code is that of too many others");
        }
        spendAgain(cost);
    }

    /** Counts the work of finding a key its place in an order of so many. */
    void order(@Nullable Object key, int keys) {
        if (this.costs != null && !KeyRules.isSimple(key)) {
            spendAgain(this.costs.ordering(keys));
        }
    }

    private void spendAgain(long cost) {
        if (cost > 0) {
            this.work += cost;
            spend(cost);
        }
    }

    private void spend(long cost) {
        // Twice, since hash codes and what is copied may differ from when it was written.
        if (cost > 0 && costs().work(cost) > 2 * Costs.maxWork(end())) {
            throw malformed("more to compare (expected: less for so many bytes)");
        }
    }

    /** Says that a decimal has so many bytes. */
    void decimal(int bytes) {
        if (Costs.isCostly(bytes)) {
            costs().decimal(bytes);
        }
    }

    /** Counts what is allocated for constants that are not there. */
    void slots(int count) {
        if (count > KeyRules.FEW_SLOTS && costs().slots(count) > KeyRules.maxSlots(end())) {
            throw malformed("maps of large enums (expected: fewer)");
        }
    }

    /** Reads which type the constants of an enum or the elements of an array have. */
    private ClassDescriptor type() {
        int code = number();
        ClassDescriptor type = (code == 0) ? classReference() : ClassDescriptor.of(JdkTypes.type(code));
        if (type.form == ClassDescriptor.Form.CONVERTED) {
            throw malformed("a " + type.type.getName() + " (expected: the name of a class)");
        }
        return type;
    }

    private ClassDescriptor enumType() {
        return requireEnum(classReference());
    }

    ClassDescriptor anyEnumType() {
        return requireEnum(type());
    }

    private static ClassDescriptor requireEnum(ClassDescriptor type) {
        if (type.form != ClassDescriptor.Form.CONSTANT) {
            throw malformed("a " + type.type.getName() + " (expected: an enum)");
        }
        return type;
    }

    Enum<?> constant(ClassDescriptor type) {
        requireEnum(type);
        int tag = u8();
        int length = tag - Kind.SHORT_TEXT;
        if (length >= 0 && length < Kind.SHORT_TEXT_LENGTH && length <= remaining()) {
            Enum<?> found = type.constants().find(array(), position(), length);
            if (found != null) {
                skip(length);
                return found;
            }
        }
        String name = text(tag);
        Enum<?> found = type.constants().find(name);
        if (found == null) {
            throw new ValueNotReadableException(Reason.UNKNOWN_CONSTANT, type.type.getName(),
                    "constant: of " + type.type.getName() + " (expected: one that it has)", null);
        }
        return found;
    }

    private Object objects() {
        long start = position() - 1 + this.work;
        int id = reserve();
        int dimensions = u8();
        Class<?> type = type().type;
        if (dimensions < 1 || dimensions > JdkTypes.MAX_DIMENSIONS || dimensions == 1 && type.isPrimitive()) {
            throw malformed(dimensions + " dimensions");
        }
        for (int i = 1; i < dimensions; i++) {
            type = type.arrayType();
        }
        int length = elements(1);
        @Nullable Object[] array = made(id, (@Nullable Object[]) Array.newInstance(type, length));
        for (int i = 0; i < length; i++) {
            element(1);
            array[i] = any();
        }
        close(id, start);
        return array;
    }

    @Nullable Object key() {
        if (++this.hashed > ValueWriter.MAX_HASHED + 1) {
            throw malformed("keys in keys");
        }
        int outside = this.barrier;
        this.barrier = this.count;
        Object key = any();
        this.barrier = outside;
        this.hashed--;
        return key;
    }

    /** Reads what orders a sorted collection, or null for its natural order. */
    @SuppressWarnings("unchecked")
    @Nullable Comparator<@Nullable Object> comparator() {
        int outside = this.barrier;
        this.barrier = this.count;
        Object comparator = KeyRules.comparator(this, 0);
        this.barrier = outside;
        if (comparator != null && !(comparator instanceof Comparator)) {
            throw malformed("a comparator (expected: one that compares)");
        }
        return (Comparator<@Nullable Object>) comparator;
    }

}
