package io.memlink.value;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

import io.memlink.value.KeyRules.Costs;
import io.memlink.value.Kind.JdkTypes;
import io.memlink.value.RecordCheck.Parts;
import io.memlink.value.References.Cycles;
import org.jspecify.annotations.Nullable;

/**
 * Writes one value. Refuses what {@link ValueReader}, its mirror image, would not make
 * again. Belongs to one thread, and is used once.
 */
final class ValueWriter extends ByteOutput {

    static final int MAX_DEPTH = 500;

    /** Hashing a set hashes the sets in it: each level does all the work again. */
    static final int MAX_HASHED = 8;

    private static final int FIRST_CAPACITY = 64;

    private final ClassTable table;

    private final References references = new References();

    private final Check check;

    private ClassDescriptor @Nullable [] classes;

    private int classCount;

    /** The declared type of what is written next, or null. */
    private @Nullable Class<?> declared;

    private int depth;

    private int hashed;

    /** Objects with a lesser number that are not complete must not be referred to. */
    private int barrier;

    private long work;

    /** Memory that is taken beyond what the bytes say, once the value is read. */
    private long room;

    /** What the value costs beyond its bytes, as of the first time that it does. */
    private @Nullable Costs costs;

    /** How often there was something that a constructor could change. */
    private int changeable;

    /** Whether there is a record that was not compared. */
    private boolean unchecked;

    private ValueWriter(ClassTable table, int capacity, Check check) {
        super(capacity);
        this.table = table;
        this.check = check;
    }

    static ValueWriter write(ClassTable table, @Nullable Object value) {
        try {
            Kind kind = (value != null) ? Kind.of(value.getClass()) : null;
            if (kind != null) {
                ValueWriter writer = root(table, value, kind.lastSize);
                kind.lastSize = writer.position();
                return writer;
            }
            if (value == null) {
                return root(table, null, 2);
            }
            ClassDescriptor type = ClassDescriptor.of(value.getClass());
            ValueWriter writer = root(table, value, type.lastSize);
            type.lastSize = writer.position();
            return writer;
        }
        catch (ValueNotSupportedException ex) {
            throw ex;
        }
        catch (Throwable ex) {
            ValueNotSupportedException.requireHarmless(ex);
            Class<?> type = (value != null) ? value.getClass() : Object.class;
            throw new ValueNotSupportedException(type.getName(),
                    "of which reading failed with a " + ex.getClass().getName(),
                    "a value that nobody changes meanwhile, and whose methods do not fail", ex);
        }
    }

    /**
     * Writes each object each time it is there, without asking constructors. What is in
     * itself is too deep.
     */
    static ValueWriter writeUnshared(ClassTable table, @Nullable Object value) {
        return whole(table, value, FIRST_CAPACITY, Check.UNSHARED);
    }

    /** Writes a part as if there were no others, with tables in an order by content. */
    static ValueWriter content(ClassTable table, @Nullable Object part) {
        return whole(table, part, FIRST_CAPACITY, Check.CONTENT);
    }

    boolean hasBytesOf(ValueWriter other) {
        return Arrays.equals(array(), 0, position(), other.array(), 0, other.position());
    }

    private static ValueWriter root(ClassTable table, @Nullable Object value, int capacity) {
        ValueWriter writer = whole(table, value, capacity, Check.FIXED);
        if (writer.unchecked && !writer.comesBack(value)) {
            // What differs may be none of its records, so look at each by itself.
            writer = whole(table, value, writer.position(), Check.EACH);
        }
        if (writer.costs != null && writer.costs.slots() > KeyRules.maxSlots(writer.position())) {
            throw ValueNotSupportedException.of(EnumMap.class, "of many for large enums", "other maps");
        }
        if (writer.room > KeyRules.maxRoom(writer.position())) {
            throw ValueNotSupportedException.of(Object.class, "of many collections that are empty, or nearly",
                    "nulls, or immutable collections without elements");
        }
        return writer;
    }

    private static ValueWriter whole(ClassTable table, @Nullable Object value, int capacity, Check check) {
        ValueWriter writer = new ValueWriter(table, capacity, check);
        writer.u8(ValueFormat.VERSION);
        writer.any(value);
        return writer;
    }

    /** Whether what is read has the same bytes again; refuses what is not read. */
    private boolean comesBack(@Nullable Object value) {
        Object back;
        try {
            back = ValueReader.read(this.table, array(), 0, position());
        }
        catch (ValueNotReadableException ex) {
            throw notReadAgain(value, ex);
        }
        try {
            return hasBytesOf(whole(this.table, back, position(), Check.NONE))
                    || content(this.table, value).hasBytesOf(content(this.table, back));
        }
        catch (ValueNotSupportedException ex) {
            return false;
        }
    }

    private static ValueNotSupportedException notReadAgain(@Nullable Object value, ValueNotReadableException ex) {
        String known = ex.className();
        String type = (known != null) ? known : (value != null) ? value.getClass().getName() : "null";
        return new ValueNotSupportedException(type, "which was not read again: " + ex.getMessage(),
                "a constructor that accepts what it made, and keys that are not changed", ex.getCause());
    }

    /** The bytes of a part, as if there were no others. */
    private byte[] alone(@Nullable Object part, Check check) {
        ValueWriter writer = new ValueWriter(this.table, FIRST_CAPACITY, check);
        writer.any(part);
        spend(writer.position() + ((writer.costs != null) ? writer.costs.work(0) : 0));
        return Arrays.copyOf(writer.array(), writer.position());
    }

    /**
     * The bytes of a part, as if there were no others, with tables in an order by
     * content.
     */
    byte[] content(@Nullable Object part) {
        return alone(part, Check.CONTENT);
    }

    /** Whether two parts have the same content; a constructor may have copied one. */
    boolean isSame(Object one, Object other) {
        spend(RecordCheck.length(one));
        return RecordCheck.isCopy(one, other) || Arrays.equals(content(one), content(other));
    }

    /** What was written so far, shared parts included each time they are there. */
    long weight() {
        return position() + this.work;
    }

    /**
     * Counts the work of finding a place for a key, which is done again to compare it.
     */
    void place(KeyRules rules, @Nullable Object key, long before) {
        long cost = rules.add(key, weight() - before);
        if (cost < 0) {
            throw KeyRules.refused(key);
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
        if (cost > 0 && costs().work(cost) > Costs.maxWork(position())) {
            throw ValueNotSupportedException.of(Object.class, "with more to compare than its size allows",
                    "keys with hash codes that differ, and records that share less");
        }
    }

    /** Says that a decimal has so many bytes. */
    void decimal(int bytes) {
        if (Costs.isCostly(bytes)) {
            costs().decimal(bytes);
        }
    }

    /**
     * Brings what is in a table without an order into one, where values are compared that
     * do not share their tables.
     */
    <T> T[] comparable(Object table, T[] content, Function<T, @Nullable Object> key) {
        boolean compared = this.check == Check.UNSHARED || this.check == Check.CONTENT;
        if (compared && content.length > 1 && KeyRules.hasNoOrder(table)) {
            Map<T, byte[]> bytes = new IdentityHashMap<>();
            for (T part : content) {
                bytes.put(part, alone(key.apply(part), this.check));
            }
            Arrays.sort(content, Comparator.comparing(bytes::get, Arrays::compare));
        }
        return content;
    }

    /** What a part is for those who read it. */
    @Nullable Object copy(Object part) {
        byte[] bytes = alone(part, Check.NONE);
        return RecordCheck.isPlain(part) ? part : new ValueReader(this.table, bytes, 0, bytes.length).any();
    }

    /** Counts what is allocated for constants that are not there. */
    void slots(Class<?> type) {
        int count = type.getEnumConstants().length;
        if (count > KeyRules.FEW_SLOTS) {
            costs().slots(count);
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

    void any(@Nullable Object value) {
        if (value == null) {
            u8(Kind.NULL);
        }
        else if (value instanceof String text) {
            text(text);
        }
        else if (value instanceof Integer number) {
            integer(number);
        }
        else if (value instanceof Boolean flag) {
            u8(flag ? Kind.TRUE : Kind.FALSE);
        }
        else {
            nested(value);
        }
    }

    private void integer(int value) {
        if (value >= Kind.LEAST_SMALL_INTEGER && value <= Kind.GREATEST_SMALL_INTEGER) {
            u8(Kind.SMALL_INTEGER + value - Kind.LEAST_SMALL_INTEGER);
        }
        else {
            u8(Kind.INTEGER);
            s32(value);
        }
    }

    private void nested(Object value) {
        Class<?> type = value.getClass();
        Class<?> expected = this.declared;
        this.declared = null;
        if (++this.depth > MAX_DEPTH) {
            throw ValueNotSupportedException.of(type, "nested deeper than " + MAX_DEPTH,
                    "a value that is less deep, or a list instead of a chain");
        }
        Kind kind = Kind.of(type);
        if (kind != null) {
            kind(value, kindOf(value, kind.of(value), expected));
        }
        else if (value instanceof Enum<?> constant) {
            constant(constant);
        }
        else if (value instanceof Object[] array) {
            array(array);
        }
        else {
            this.table.write(this, value);
        }
        this.depth--;
    }

    /** The kind of a value, of which a field that is declared may not have another. */
    private Kind kindOf(Object value, Kind kind, @Nullable Class<?> expected) {
        Kind result = kind;
        if (Foreign.Wrapper.isWrapper(value)) {
            Object content = Foreign.Wrapper.content(value);
            result = Foreign.Wrapper.kind(value, content, kind);
            if (this.check != Check.UNSHARED && !Foreign.Wrapper.isFixed(content)
                    && !this.references.wrap(value, content)) {
                throw behind(value);
            }
        }
        if (expected != null && !result.fits(value.getClass(), expected)) {
            throw ValueNotSupportedException.of(value.getClass(),
                    "which would come back as another kind than its " + expected.getName(),
                    "a collection of its own, or a field of a more general type");
        }
        return result;
    }

    private static ValueNotSupportedException behind(Object value) {
        return ValueNotSupportedException.of(value.getClass(),
                "which is a view of something, or behind a view, that is there twice",
                "a value with the collection or its wrapper, but not both");
    }

    private int add(Object value, boolean referable) {
        if (this.references.isWrapped(value)) {
            throw behind(value);
        }
        return this.references.add(value, referable);
    }

    void kind(Object value, Kind kind) {
        this.room += kind.room;
        if (kind.sharing == Kind.Sharing.NONE) {
            u8(kind.tag);
            kind.writing.write(this, value);
            return;
        }
        if (isReference(value)) {
            return;
        }
        this.changeable += kind.isFixed() ? 0 : 1;
        int id = add(value, kind.sharing == Kind.Sharing.OPEN);
        long start = position() + this.work;
        u8(kind.tag);
        kind.writing.write(this, value);
        close(id, start);
    }

    private void close(int id, long start) {
        this.references.close(id, position() + this.work - start);
        Cycles cycles = cycles();
        if (cycles != null) {
            cycles.close(id);
        }
    }

    /** Writes a reference where the object is there already. */
    private boolean isReference(Object value) {
        if (this.check == Check.UNSHARED) {
            return false;
        }
        int id = this.references.find(value);
        if (id < 0) {
            return false;
        }
        int weight = this.references.weight(id);
        if (weight == References.UNREFERABLE || weight == References.OPEN && (id < this.barrier || this.hashed > 0)) {
            throw ValueNotSupportedException.of(value.getClass(),
                    "which is in itself by way of a record, a key, an element of a set or a converter",
                    "a value without this cycle");
        }
        Cycles cycles = cycles();
        int open = (weight == References.OPEN) ? id : (cycles != null) ? cycles.openFrom(id) : -1;
        long cost = weight;
        if (this.hashed > 0) {
            if (open >= 0) {
                throw incomplete(value);
            }
            cost = (cycles != null) ? Math.max(weight, cycles.hashing(value)) : weight;
            if (!costs().hashAgain(cost)) {
                throw ValueNotSupportedException.of(value.getClass(), "which is in keys over and over",
                        "keys that share less");
            }
        }
        else if (open >= 0) {
            costs().refer(this.references.count(), open);
        }
        this.changeable++;
        u8(Kind.REFERENCE);
        size(id);
        this.work += cost;
        return true;
    }

    private static ValueNotSupportedException incomplete(Object value) {
        return ValueNotSupportedException.of(value.getClass(),
                "in a key, an element of a set or a converter, with a reference to what they are in",
                "a value whose keys do not lead back to it, or a list instead of a set");
    }

    void reference(ClassDescriptor type) {
        ClassDescriptor[] known = this.classes;
        if (known == null) {
            known = new ClassDescriptor[2];
            this.classes = known;
        }
        for (int i = 0; i < this.classCount; i++) {
            if (known[i] == type) {
                size(i + 1);
                return;
            }
        }
        if (this.classCount == known.length) {
            known = Arrays.copyOf(known, known.length * 2);
            this.classes = known;
        }
        known[this.classCount++] = type;
        u8(0);
        raw(type.header);
    }

    private void constant(Enum<?> constant) {
        Class<?> type = constant.getDeclaringClass();
        int code = JdkTypes.code(type);
        if (code > 0) {
            u8(Kind.JDK_CONSTANT);
            size(code);
        }
        else {
            ClassDescriptor descriptor = this.table.name(type);
            u8(Kind.CONSTANT);
            reference(descriptor);
        }
        text(constant.name());
    }

    /** Writes which type the constants of an enum or the elements of an array have. */
    void type(Class<?> type) {
        int code = JdkTypes.code(type);
        size(code);
        if (code == 0) {
            reference(this.table.name(type));
        }
    }

    private void array(Object[] array) {
        if (isReference(array)) {
            return;
        }
        this.changeable++;
        int id = add(array, true);
        long start = position() + this.work;
        Class<?> type = array.getClass().getComponentType();
        int dimensions = 1;
        while (type.isArray()) {
            type = type.getComponentType();
            dimensions++;
        }
        if (dimensions > JdkTypes.MAX_DIMENSIONS) {
            throw ValueNotSupportedException.of(type, "in an array of " + dimensions + " dimensions",
                    "at most " + JdkTypes.MAX_DIMENSIONS);
        }
        u8(Kind.ARRAY);
        u8(dimensions);
        type(type);
        size(array.length);
        for (int i = 0; i < array.length; i++) {
            this.declared = array.getClass().getComponentType();
            element(array[i], i);
            this.declared = null;
        }
        close(id, start);
    }

    void singleton(ClassDescriptor type) {
        u8(Kind.SINGLETON);
        reference(type);
    }

    /** Writes a constant by its name, with its fields to see whether it still is that. */
    void staticConstant(Object value, ClassDescriptor type, String name) {
        u8(Kind.STATIC_CONSTANT);
        reference(type);
        text(name);
        type.access().write(this, type.access().take(value));
    }

    void object(Object value, ClassDescriptor type) {
        if (isReference(value)) {
            return;
        }
        boolean record = type.form == ClassDescriptor.Form.RECORD;
        int id = add(value, !record);
        long start = position() + this.work;
        u8(Kind.OBJECT);
        reference(type);
        if (record) {
            int outside = this.barrier;
            this.barrier = this.references.count();
            record(value, type.access());
            this.barrier = outside;
        }
        else {
            this.changeable++;
            type.access().write(this, value);
        }
        close(id, start);
    }

    private void record(Object value, FieldAccess access) {
        if (access.keepsParts) {
            access.write(this, value);
            return;
        }
        int before = this.changeable;
        Parts parts = access.take(value);
        access.write(this, parts);
        if (this.check != Check.FIXED && this.check != Check.EACH) {
            return;
        }
        if (this.changeable == before) {
            RecordCheck.compare(this, access, parts);
        }
        else if (this.check == Check.EACH) {
            RecordCheck.compareCopies(this, access, parts);
        }
        else {
            this.unchecked = true;
        }
    }

    /** Writes what a converter made, and hands it to nobody before it is complete. */
    void converted(Object value, ClassDescriptor type, Object stored) {
        if (isReference(value)) {
            return;
        }
        this.changeable++;
        int id = add(value, false);
        long start = position() + this.work;
        u8(Kind.CONVERTED);
        reference(type);
        int outside = this.barrier;
        this.barrier = this.references.count();
        any(stored);
        this.barrier = outside;
        Cycles cycles = cycles();
        if (cycles != null && cycles.leadsOutOf(id)) {
            throw incomplete(value);
        }
        close(id, start);
    }

    /** Writes what is in a field of a type. */
    void field(@Nullable Object value, String name, Class<?> type) {
        try {
            this.declared = type;
            any(value);
            this.declared = null;
        }
        catch (ValueNotSupportedException ex) {
            throw ex.within("." + name);
        }
    }

    void element(@Nullable Object value, int index) {
        try {
            any(value);
        }
        catch (ValueNotSupportedException ex) {
            throw ex.within("[" + index + "]");
        }
    }

    /** Writes what a key leads to. */
    void value(@Nullable Object value) {
        try {
            any(value);
        }
        catch (ValueNotSupportedException ex) {
            throw ex.within("[value]");
        }
    }

    /**
     * Writes a key or an element of a set, which is hashed or compared when it is read.
     */
    void key(@Nullable Object key) {
        if (key == null || KeyRules.isSimple(key)) {
            any(key);
            return;
        }
        if (++this.hashed > MAX_HASHED) {
            throw ValueNotSupportedException.of(key.getClass(), "a key in keys in keys", "fewer sets in sets");
        }
        int outside = this.barrier;
        this.barrier = this.references.count();
        try {
            any(key);
        }
        catch (ValueNotSupportedException ex) {
            throw ex.within("[key]");
        }
        this.barrier = outside;
        this.hashed--;
    }

    /** Writes what orders a sorted collection, if it is one of those that are known. */
    void comparator(@Nullable Comparator<?> comparator) {
        int code = KeyRules.code(comparator);
        u8(code);
        if (comparator == null || code < KeyRules.REVERSED) {
            return;
        }
        if (code == KeyRules.REVERSED) {
            comparator(comparator.reversed());
        }
        else {
            key(comparator);
        }
    }

    /** Which records are compared with what becomes of them. */
    enum Check {

        UNSHARED, NONE, CONTENT, FIXED, EACH

    }

}
