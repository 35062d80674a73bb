package io.memlink.value;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import io.memlink.value.ClassDescriptor.StaticConstants;
import io.memlink.value.ValueNotReadableException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The classes that one format lets in: decides once for each class whether it is written
 * and read. Safe for use by many threads.
 */
final class ClassTable {

    private final ClassLoader loader;

    private final TrustedClasses trusted;

    private final Converter[] converters;

    /** Stands for this table in descriptors, which must not keep the table. */
    private final Object token = new Object();

    /** Verdicts, which classes keep, so that there is nothing of ours in them. */
    private final ClassValue<Boolean> plain = verdict(this::isPlain);

    private final ClassValue<Boolean> named = verdict(this::isNamed);

    /** Classes that were read, by shape; never changed, but replaced. */
    private volatile @Nullable ClassDescriptor[] byShape = new @Nullable ClassDescriptor[16];

    private int known;

    ClassTable(ClassLoader loader, TrustedClasses trusted, List<MemlinkTypeConverter<?, ?>> converters) {
        this.loader = loader;
        this.trusted = trusted;
        this.converters = converters.stream().map(Converter::of).toArray(Converter[]::new);
    }

    /** Initializes classes of this package. */
    static void initialize(Class<?>... types) {
        try {
            for (Class<?> type : types) {
                MethodHandles.lookup().ensureInitialized(type);
            }
        }
        catch (IllegalAccessException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static ClassValue<Boolean> verdict(Predicate<Class<?>> question) {
        return new ClassValue<>() {

            @Override
            protected Boolean computeValue(Class<?> type) {
                return question.test(type);
            }

        };
    }

    /** Writes an object that is none of the JDK. */
    void write(ValueWriter out, Object value) {
        ClassDescriptor type = ClassDescriptor.of(value.getClass());
        if (type.admittedBy == this.token) {
            writeOwn(out, value, type);
        }
        else if (this.plain.get(value.getClass())) {
            type.admittedBy = this.token;
            writeOwn(out, value, type);
        }
        else {
            writeSpecial(out, value, type);
        }
    }

    private void writeSpecial(ValueWriter out, Object value, ClassDescriptor type) {
        Converter converter = converter(type.type);
        if (converter != null) {
            converter.write(out, value);
            return;
        }
        Object target = Foreign.unwrap(value);
        if (target != value) {
            out.any(target);
            return;
        }
        Kind kind = Foreign.kind(value);
        if (kind != null) {
            out.kind(value, kind);
            return;
        }
        requireNamed(type);
        writeOwn(out, value, type);
    }

    private static void writeOwn(ValueWriter out, Object value, ClassDescriptor type) {
        String constant = (type.ownConstants != null) ? type.ownConstants.nameOf(value) : null;
        if (constant == null || !constant.equals(StaticConstants.INSTANCE) && !type.access().isPlain(value)
                && overridesEquals(type.type)) {
            requireSupported(type);
            out.object(value, type);
        }
        else if (!constant.equals(StaticConstants.INSTANCE)) {
            if (!type.access().isPlain(value)) {
                throw ValueNotSupportedException.of(type.type,
                        "the constant " + constant + " of its class, with fields that are no plain values",
                        "an enum, or a class with an equals method");
            }
            out.staticConstant(value, type, constant);
        }
        else if (type.hasState()) {
            throw ValueNotSupportedException.of(type.type, "the only object of its class, with fields",
                    "an enum, or an object without fields");
        }
        else {
            out.singleton(type);
        }
    }

    /** Whether nothing has to be asked before an object of a class is written. */
    private boolean isPlain(Class<?> type) {
        ClassDescriptor descriptor = ClassDescriptor.of(type);
        if (descriptor.problem != null || converter(type) != null || Foreign.isForeign(type)) {
            return false;
        }
        try {
            requireNamed(descriptor);
            return true;
        }
        catch (ValueNotSupportedException ex) {
            return false;
        }
    }

    private static void requireSupported(ClassDescriptor type) {
        if (type.problem != null) {
            throw ValueNotSupportedException.of(type.type, type.problem,
                    "a record, an enum, a class of plain fields, a type of the JDK that is listed, or a converter");
        }
    }

    private @Nullable Converter converter(Class<?> type) {
        for (Converter converter : this.converters) {
            if (converter.converts(type)) {
                return converter;
            }
        }
        return null;
    }

    private static boolean overridesEquals(Class<?> type) {
        try {
            return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
        }
        catch (NoSuchMethodException ex) {
            return false;
        }
    }

    /**
     * The descriptor of a class whose name is written, be it of an enum or of an array.
     */
    ClassDescriptor name(Class<?> type) {
        ClassDescriptor descriptor = ClassDescriptor.of(type);
        if (!this.named.get(type)) {
            requireNamed(descriptor);
        }
        return descriptor;
    }

    private boolean isNamed(Class<?> type) {
        try {
            requireNamed(ClassDescriptor.of(type));
            return true;
        }
        catch (ValueNotSupportedException ex) {
            return false;
        }
    }

    private void requireNamed(ClassDescriptor descriptor) {
        Class<?> type = descriptor.type;
        if (ClassDescriptor.isOfJdk(type) || type.isHidden() || Proxy.isProxyClass(type)) {
            requireSupported(descriptor);
        }
        String refused = untrusted(type);
        if (refused != null) {
            throw ValueNotSupportedException.of(type,
                    refused.equals(type.getName()) ? "which is not trusted"
                            : "whose superclass " + refused + " is not trusted",
                    "a class of a trusted package: trust its package, or use a converter");
        }
        if (!isFound(type)) {
            requireSupported(descriptor);
            throw ValueNotSupportedException.of(type, "of another class loader than the one that reads",
                    "a class that " + this.loader + " finds");
        }
    }

    private boolean isFound(Class<?> type) {
        try {
            return Class.forName(type.getName(), false, this.loader) == type;
        }
        catch (ClassNotFoundException ex) {
            return false;
        }
    }

    private @Nullable String untrusted(Class<?> type) {
        for (Class<?> level = type; level != null; level = level.getSuperclass()) {
            if (!ClassDescriptor.isOfJdk(level) && !this.trusted.allows(level.getName())) {
                return level.getName();
            }
        }
        return null;
    }

    /** The class that a header introduces, if it was read before. */
    @Nullable ClassDescriptor find(byte[] bytes, int offset, int length) {
        if (length < Long.BYTES) {
            return null;
        }
        int low = bytes[offset + 4] << 24 | (bytes[offset + 5] & 0xff) << 16 | (bytes[offset + 6] & 0xff) << 8
                | bytes[offset + 7] & 0xff;
        @Nullable ClassDescriptor[] table = this.byShape;
        int mask = table.length - 1;
        for (int i = low & mask; table[i] != null; i = i + 1 & mask) {
            ClassDescriptor found = table[i];
            if (found != null && matches(found.header, bytes, offset, length)) {
                return found;
            }
        }
        return null;
    }

    private static boolean matches(byte[] header, byte[] bytes, int offset, int length) {
        return header.length <= length
                && Arrays.equals(header, 0, header.length, bytes, offset, offset + header.length);
    }

    /** The class of a name, if bytes may name it and it still is what it was. */
    ClassDescriptor load(String name, long shape) {
        for (Converter converter : this.converters) {
            if (converter.type.type.getName().equals(name) && converter.type.shape == shape) {
                return remember(converter.type);
            }
        }
        if (!this.trusted.allows(name)) {
            throw refused(Reason.NOT_TRUSTED, name, "a class that is trusted", null);
        }
        ClassDescriptor descriptor;
        try {
            Class<?> type = Class.forName(name, false, this.loader);
            String untrusted = untrusted(type);
            if (untrusted != null || ClassDescriptor.isOfJdk(type)) {
                throw refused(Reason.NOT_TRUSTED, (untrusted != null) ? untrusted : name, "a class that is trusted",
                        null);
            }
            descriptor = ClassDescriptor.of(type);
        }
        catch (ClassNotFoundException | LinkageError ex) {
            throw refused(Reason.UNKNOWN_CLASS, name, "a class that is there", ex);
        }
        if (descriptor.shape != shape) {
            throw refused(Reason.OTHER_SHAPE, name, "the fields that the class has now", null);
        }
        return remember(descriptor);
    }

    private static ValueNotReadableException refused(Reason reason, String name, String expected,
            @Nullable Throwable cause) {
        return new ValueNotReadableException(reason, name,
                "class: " + ValueNotReadableException.printable(name, ValueNotReadableException.MAX_NAME)
                        + " (expected: " + expected + ")",
                cause);
    }

    private synchronized ClassDescriptor remember(ClassDescriptor descriptor) {
        @Nullable ClassDescriptor[] table = this.byShape;
        @Nullable ClassDescriptor[] next = new @Nullable ClassDescriptor[(this.known * 2 < table.length) ? table.length
                : table.length * 2];
        for (ClassDescriptor each : table) {
            if (each == descriptor) {
                return descriptor;
            }
            if (each != null) {
                put(next, each);
            }
        }
        put(next, descriptor);
        this.known++;
        this.byShape = next;
        return descriptor;
    }

    private static void put(@Nullable ClassDescriptor[] table, ClassDescriptor descriptor) {
        int i = (int) descriptor.shape & table.length - 1;
        while (table[i] != null) {
            i = i + 1 & table.length - 1;
        }
        table[i] = descriptor;
    }

    /** Makes again what a converter stored. */
    Object fromStored(ClassDescriptor type, @Nullable Object stored) {
        for (Converter converter : this.converters) {
            if (converter.type == type) {
                return converter.fromStored(stored);
            }
        }
        throw refused(Reason.NOT_ACCEPTED, type.type.getName(), "a converter for it", null);
    }

    /** A converter and the descriptor that says so in the bytes. */
    private record Converter(MemlinkTypeConverter<Object, Object> converter, ClassDescriptor type) {

        @SuppressWarnings("unchecked")
        static Converter of(MemlinkTypeConverter<?, ?> converter) {
            return new Converter((MemlinkTypeConverter<Object, Object>) converter,
                    ClassDescriptor.converted(converter.type(), converter.storedType()));
        }

        boolean converts(Class<?> actual) {
            Class<?> declared = this.type.type;
            return Modifier.isAbstract(declared.getModifiers()) ? declared.isAssignableFrom(actual)
                    : actual == declared;
        }

        void write(ValueWriter out, Object value) {
            Object stored = this.converter.toStored(value);
            if (stored == null || !this.converter.storedType().isInstance(stored)) {
                throw ValueNotSupportedException.of(value.getClass(),
                        "whose converter made no " + this.converter.storedType().getName(),
                        "a converter that makes one");
            }
            Object back = this.converter.fromStored(stored);
            if (overridesEquals(value.getClass()) ? !value.equals(back) : back == null) {
                throw ValueNotSupportedException.of(value.getClass(), "whose converter makes something else of it",
                        "a converter that makes an equal object again");
            }
            out.converted(value, this.type, stored);
        }

        Object fromStored(@Nullable Object stored) {
            String name = this.type.type.getName();
            if (stored == null || !this.converter.storedType().isInstance(stored)) {
                throw refused(Reason.MALFORMED, name, "what its converter stores", null);
            }
            Object value;
            try {
                value = this.converter.fromStored(stored);
            }
            catch (RuntimeException ex) {
                throw refused(Reason.NOT_ACCEPTED, name, "what its converter accepts", ex);
            }
            if (value == null) {
                throw refused(Reason.NOT_ACCEPTED, name, "an object from its converter", null);
            }
            return value;
        }

    }

}
