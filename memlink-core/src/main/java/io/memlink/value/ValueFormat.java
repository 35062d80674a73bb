package io.memlink.value;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The format: makes bytes of values and values of bytes, for one class loader and one
 * list of trusted classes. A value comes back as it was, or one of two exceptions says
 * why not. Immutable, and safe for use by many threads; holds its class loader for as
 * long as it is held itself.
 * <p>
 * Objects of one class, kept in this format: <pre>{@code
 * ClassLoader loader = Product.class.getClassLoader();
 * TrustedClasses trusted = TrustedClasses.of(Product.class.getName());
 * ValueFormat format = ValueFormat.of(loader, trusted);
 * ValueOperations<Object> values = client.with(ObjectTranscoder.typed(format));
 * values.set("product:7", new Product("tea", 350), Expiration.never()).join();
 * return values.get("product:7").join();
 * }</pre>
 */
public final class ValueFormat {

    /** The version of the format, the first byte of everything that is written. */
    public static final int VERSION = 1;

    static {
        // Not where a value is written near the end of a stack: a class whose first use
        // fails cannot be used again.
        ClassTable.initialize(ClassDescriptor.class, ClassDescriptor.EnumConstants.class, ClassDescriptor.Form.class,
                ClassDescriptor.StaticConstants.class, ClassShape.class, Kind.class, Kind.JdkTypes.class,
                KeyRules.class, KeyRules.Costs.class, KeyRules.Search.class, CollectionKinds.class, MapKinds.class,
                MapKinds.EmptyEnums.class, ScalarKinds.class, TimeKinds.class, FieldAccess.class, Foreign.class,
                Foreign.Wrapper.class, RecordCheck.class, RecordCheck.Parts.class, References.class,
                References.Cycles.class, ValueReader.class, ValueWriter.class, ValueWriter.Check.class,
                ValueNotReadableException.class, ValueNotSupportedException.class);
    }

    private final ClassLoader loader;

    private final TrustedClasses trusted;

    private final List<MemlinkTypeConverter<?, ?>> converters;

    private final ClassTable classes;

    private ValueFormat(ClassLoader loader, TrustedClasses trusted, List<MemlinkTypeConverter<?, ?>> converters) {
        this.loader = Objects.requireNonNull(loader, "loader");
        this.trusted = Objects.requireNonNull(trusted, "trusted");
        this.converters = converters;
        this.classes = new ClassTable(loader, trusted, converters);
    }

    /**
     * A format without converters.
     * @param loader finds the classes that are read; what is written has to be of classes
     * that it finds
     * @param trusted the classes that are written and read by name
     * @return the format
     */
    public static ValueFormat of(ClassLoader loader, TrustedClasses trusted) {
        return new ValueFormat(loader, trusted, List.of());
    }

    /**
     * Adds a converter. Its class needs not be trusted, since it is never looked up by
     * name. The format's own types cannot be converted; of several converters for a class
     * the first is taken.
     * @param converter the converter
     * @return a format that has it
     */
    public ValueFormat with(MemlinkTypeConverter<?, ?> converter) {
        Objects.requireNonNull(converter, "converter");
        return new ValueFormat(this.loader, this.trusted,
                Stream.concat(this.converters.stream(), Stream.of(converter)).toList());
    }

    /**
     * Returns what finds the classes that are read.
     * @return the class loader
     */
    public ClassLoader classLoader() {
        return this.loader;
    }

    /**
     * Returns which classes are written and read by name.
     * @return the list
     */
    public TrustedClasses trustedClasses() {
        return this.trusted;
    }

    /**
     * Returns what a class consists of, as 64 bits of a hash over its kind, its
     * superclasses, and the names and generic types of its fields: a class with another
     * shape is another class to this format, and to formats that make use of it.
     * @param type a class of the application
     * @return its shape
     */
    public static long shapeOf(Class<?> type) {
        return ClassDescriptor.of(type).shape;
    }

    /**
     * Tells whether two values have the same content, of the same classes and in the same
     * order; not whether the same of their parts are one object. Meant for those who
     * check whether another format keeps a value.
     * @param one a value
     * @param other another one
     * @return whether their bytes are the same, each time they are there
     * @throws ValueNotSupportedException if one of them has no bytes
     */
    public boolean isSame(@Nullable Object one, @Nullable Object other) {
        ValueWriter first = ValueWriter.writeUnshared(this.classes, one);
        ValueWriter second = ValueWriter.writeUnshared(this.classes, other);
        return Arrays.equals(first.array(), 0, first.position(), second.array(), 0, second.position());
    }

    /**
     * Makes bytes of a value.
     * @param value the value, which nobody may change in the meantime, except for
     * collections that are made for that
     * @return the bytes, which belong to the caller
     * @throws ValueNotSupportedException if the value would not come back as it is
     */
    public byte[] encode(@Nullable Object value) {
        return encode(value, ValueFormat::exact);
    }

    private static byte[] exact(byte[] bytes, int length) {
        return (bytes.length == length) ? bytes : Arrays.copyOf(bytes, length);
    }

    /**
     * Makes bytes of a value, without a copy that is as long as they are.
     * @param <R> what is made of the bytes
     * @param value the value
     * @param target takes the bytes over, in the caller's thread
     * @return what the target made of them
     * @throws ValueNotSupportedException if the value would not come back as it is; the
     * target is not called then
     */
    public <R> R encode(@Nullable Object value, Target<R> target) {
        ValueWriter writer = ValueWriter.write(this.classes, value);
        return target.accept(writer.array(), writer.position());
    }

    /**
     * Makes a value of bytes.
     * @param bytes what {@link #encode(Object)} made
     * @return the value
     * @throws ValueNotReadableException if they do not become a value here, which is a
     * miss
     */
    public @Nullable Object decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * Makes a value of a part of an array.
     * @param bytes the array, which is neither kept nor changed
     * @param offset where the part begins
     * @param length how long it is
     * @return the value
     * @throws ValueNotReadableException if the bytes do not become a value here, which is
     * a miss
     */
    public @Nullable Object decode(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return ValueReader.read(this.classes, bytes, offset, length);
    }

    /**
     * Takes over what was encoded.
     *
     * @param <R> what becomes of it
     */
    @FunctionalInterface
    public interface Target<R> {

        /**
         * Takes the bytes over: nobody else has the array.
         * @param bytes the array, whose beginning is the encoded value
         * @param length the length of the encoded value
         * @return what becomes of it
         */
        R accept(byte[] bytes, int length);

    }

}
