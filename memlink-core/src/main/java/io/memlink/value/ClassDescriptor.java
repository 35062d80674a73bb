package io.memlink.value;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A description of a class of the application: what it consists of, and how its objects
 * are taken apart and made. Knows nothing about who trusts it, so that formats share it.
 * Immutable but for remarks that may be lost.
 */
final class ClassDescriptor {

    private static final ClassLoader OURS = ClassDescriptor.class.getClassLoader();

    /**
     * A class keeps its own descriptor, so that it can go when its loader goes. The
     * classes of the loaders above ours outlive us, and would keep us: of those, the
     * value is nothing of ours.
     */
    private static final ClassValue<Object> KEPT_BY_CLASS = new ClassValue<>() {

        @Override
        protected Object computeValue(Class<?> type) {
            return isAboveOurs(type) ? Boolean.FALSE : inspect(type);
        }

    };

    private static final Map<Class<?>, ClassDescriptor> ABOVE_OURS = new ConcurrentHashMap<>();

    private static final List<String> SERIALIZATION = List.of("writeObject", "readObject", "writeReplace",
            "readResolve");

    final Class<?> type;

    final Form form;

    final long shape;

    /** What introduces the class in a stream: shape, name and kinds of its fields. */
    final byte[] header;

    /** Why its objects are not written, or null. */
    final @Nullable String problem;

    private final @Nullable FieldAccess access;

    /** The constants of its own type that it has, or null. */
    final @Nullable StaticConstants ownConstants;

    /** The table that was the last to find nothing against writing plain objects. */
    @Nullable Object admittedBy;

    /** What the last value of this class took. */
    int lastSize = 128;

    private volatile @Nullable EnumConstants constants;

    private ClassDescriptor(Class<?> type, Form form, String shape, @Nullable FieldAccess access,
            @Nullable StaticConstants ownConstants, @Nullable String problem) {
        this.type = type;
        this.form = form;
        this.shape = ClassShape.hash(shape);
        this.access = access;
        this.ownConstants = ownConstants;
        this.problem = problem;
        ByteOutput out = new ByteOutput(128);
        out.u64(this.shape);
        out.sized(type.getName().getBytes(StandardCharsets.UTF_8));
        if (access != null) {
            access.writeLayout(out);
        }
        else {
            out.size(0);
        }
        this.header = Arrays.copyOf(out.array(), out.position());
    }

    static ClassDescriptor of(Class<?> type) {
        Object kept = KEPT_BY_CLASS.get(type);
        return (kept instanceof ClassDescriptor descriptor) ? descriptor
                : ABOVE_OURS.computeIfAbsent(type, ClassDescriptor::inspect);
    }

    private static boolean isAboveOurs(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null) {
            return true;
        }
        ClassLoader above = (OURS != null) ? OURS.getParent() : null;
        while (above != null) {
            if (above == loader) {
                return true;
            }
            above = above.getParent();
        }
        return false;
    }

    /** Of a class whose objects are stored as those of another. */
    static ClassDescriptor converted(Class<?> type, Class<?> storedType) {
        return new ClassDescriptor(type, Form.CONVERTED, "converted " + type.getName() + " " + storedType.getName(),
                null, null, null);
    }

    private static ClassDescriptor inspect(Class<?> type) {
        Form form = type.isEnum() ? Form.CONSTANT : type.isRecord() ? Form.RECORD : Form.OBJECT;
        String problem = problem(type);
        FieldAccess access = null;
        StaticConstants ownConstants = null;
        String shape = "type " + type.getName();
        if (!isOfJdk(type)) {
            shape = ClassShape.describe(type);
            if (form != Form.CONSTANT && (problem == null || problem.contains(" of its own"))) {
                try {
                    access = FieldAccess.of(type);
                    ownConstants = (form == Form.OBJECT) ? StaticConstants.of(type) : null;
                }
                catch (ReflectiveOperationException | InaccessibleObjectException | IllegalArgumentException ex) {
                    problem = "which does not let itself be taken apart: " + ex.getMessage();
                }
            }
        }
        return new ClassDescriptor(type, form, shape, access, ownConstants, problem);
    }

    static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private static @Nullable String problem(Class<?> type) {
        if (isOfJdk(type)) {
            return "a class of the JDK that the format does not know";
        }
        if (type.isEnum()) {
            return null;
        }
        if (type.isHidden() || type.isSynthetic()) {
            return "a lambda or a class that was generated";
        }
        if (Proxy.isProxyClass(type) || type.getName().contains("$$") || type.getName().contains("$HibernateProxy")) {
            return "a proxy";
        }
        if (type.isAnonymousClass() || type.isLocalClass()) {
            return "a class within a method";
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            return "an inner class, which is not static";
        }
        if (type.isInterface() || type.isArray() || Modifier.isAbstract(type.getModifiers())) {
            return "a type without objects";
        }
        Class<?> level = type;
        while (!isOfJdk(level)) {
            level = level.getSuperclass();
        }
        if (level != Object.class && level != Record.class) {
            return "a subclass of " + level.getName();
        }
        return serialization(type);
    }

    private static @Nullable String serialization(Class<?> type) {
        if (!java.io.Serializable.class.isAssignableFrom(type)) {
            return null;
        }
        if (java.io.Externalizable.class.isAssignableFrom(type)) {
            return "with writeExternal of its own";
        }
        for (Class<?> level : ClassShape.levels(type)) {
            for (Method method : level.getDeclaredMethods()) {
                if (SERIALIZATION.contains(method.getName()) && isSerialization(method)) {
                    return "with " + method.getName() + " of its own";
                }
            }
        }
        return null;
    }

    private static boolean isSerialization(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return parameters.length == 0 && method.getReturnType() != void.class
                || parameters.length == 1 && parameters[0].getName().startsWith("java.io.Object");
    }

    /** The constant of a name whose type is the class itself, or null. */
    @Nullable Object ownConstant(String name) {
        return (this.ownConstants != null) ? this.ownConstants.find(name) : null;
    }

    boolean hasState() {
        return this.access == null || this.access.hasState();
    }

    /** How objects are taken apart; only where there is no {@linkplain #problem}. */
    FieldAccess access() {
        FieldAccess result = this.access;
        if (result == null) {
            throw new IllegalStateException(this.type.getName());
        }
        return result;
    }

    EnumConstants constants() {
        EnumConstants result = this.constants;
        if (result == null) {
            result = new EnumConstants(this.type);
            this.constants = result;
        }
        return result;
    }

    /** The form that objects of a class take. */
    enum Form {

        RECORD, OBJECT, CONSTANT, CONVERTED

    }

    /** The constants of an enum by their names, and by the bytes of those in Latin-1. */
    static final class EnumConstants {

        private final Enum<?>[] constants;

        private final byte[][] names;

        EnumConstants(Class<?> type) {
            Object[] all = type.getEnumConstants();
            this.constants = Arrays.copyOf(all, all.length, Enum[].class);
            this.names = Arrays.stream(this.constants)
                .map((constant) -> latin1(constant.name()))
                .toArray(byte[][]::new);
        }

        /** As a short text has it; of a name that is no short text, what none has. */
        private static byte[] latin1(String name) {
            boolean latin1 = name.chars().allMatch((each) -> each <= 0xff);
            return latin1 ? name.getBytes(StandardCharsets.ISO_8859_1) : new byte[Kind.SHORT_TEXT_LENGTH];
        }

        /**
         * The constant whose name is so many bytes of an array in Latin-1.
         */
        @Nullable Enum<?> find(byte[] bytes, int offset, int length) {
            for (int i = 0; i < this.names.length; i++) {
                byte[] name = this.names[i];
                if (name.length == length && Arrays.equals(name, 0, length, bytes, offset, offset + length)) {
                    return this.constants[i];
                }
            }
            return null;
        }

        int count() {
            return this.constants.length;
        }

        @Nullable Enum<?> find(String name) {
            for (Enum<?> constant : this.constants) {
                if (constant.name().equals(name)) {
                    return constant;
                }
            }
            return null;
        }

    }

    /**
     * The static final fields of a class that are of its own type, such as those of enums
     * that are written by hand: callers compare them by identity. Safe for use by many
     * threads.
     */
    static final class StaticConstants {

        /** The name of the only object of a class, such as {@code object} in Kotlin. */
        static final String INSTANCE = "INSTANCE";

        private final List<Field> fields;

        /** Names by identity; null as long as the class is not initialized. */
        private volatile @Nullable Map<Object, String> names;

        private StaticConstants(List<Field> fields) {
            this.fields = fields;
        }

        /** The constants of a class, or null if it has none. */
        static @Nullable StaticConstants of(Class<?> type) {
            List<Field> fields = Arrays.stream(type.getDeclaredFields())
                .filter((field) -> field.getType() == type && Modifier.isStatic(field.getModifiers())
                        && Modifier.isFinal(field.getModifiers()))
                .sorted(Comparator.comparing((Field field) -> !field.getName().equals(INSTANCE))
                    .thenComparing(Field::getName))
                .toList();
            fields.forEach((field) -> field.setAccessible(true));
            return fields.isEmpty() ? null : new StaticConstants(fields);
        }

        /** The first name of a constant, or null if the object is none. */
        @Nullable String nameOf(Object value) {
            Map<Object, String> known = this.names;
            if (known == null) {
                known = new IdentityHashMap<>();
                boolean all = true;
                for (Field field : this.fields) {
                    Object constant = get(field);
                    all &= constant != null;
                    if (constant != null) {
                        known.putIfAbsent(constant, field.getName());
                    }
                }
                this.names = all ? known : null;
            }
            return known.get(value);
        }

        /** The constant of a name, or null if there is none. */
        @Nullable Object find(String name) {
            for (Field field : this.fields) {
                if (field.getName().equals(name)) {
                    return get(field);
                }
            }
            return null;
        }

        private static @Nullable Object get(Field field) {
            try {
                return field.get(null);
            }
            catch (IllegalAccessException ex) {
                return null;
            }
        }

    }

}
