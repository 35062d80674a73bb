package io.memlink.value;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The parts of a class, as text and as 64 bits of its hash: a class that changed is
 * another. Methods, annotations, interfaces and static fields are not part of it.
 */
final class ClassShape {

    private ClassShape() {
    }

    static long hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            long hash = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                hash = hash << 8 | digest[i] & 0xff;
            }
            return hash;
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

    static String describe(Class<?> type) {
        if (type.isEnum()) {
            return "enum " + type.getName();
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return "type " + type.getName();
        }
        StringBuilder text = new StringBuilder();
        if (type.isRecord()) {
            text.append("record ").append(type.getName()).append(variables(type));
            for (RecordComponent component : type.getRecordComponents()) {
                append(text, component.getName(), component.getType(), component.getGenericType());
            }
            return text.toString();
        }
        text.append("object ").append(type.getName());
        for (Class<?> level : levels(type)) {
            text.append('|').append(typeText(level == type ? type : generic(type, level))).append(variables(level));
            for (Field field : fields(level)) {
                if (Modifier.isTransient(field.getModifiers())) {
                    text.append(";transient");
                }
                append(text, field.getName(), field.getType(), field.getGenericType());
            }
        }
        return text.toString();
    }

    /** The type variables that a class declares, with their bounds. */
    private static String variables(Class<?> type) {
        TypeVariable<?>[] variables = type.getTypeParameters();
        return (variables.length == 0) ? ""
                : "<" + String.join(",", Arrays.stream(variables)
                    .map((variable) -> variable.getName() + ":"
                            + String.join("&", Arrays.stream(variable.getBounds()).map(ClassShape::typeText).toList()))
                    .toList()) + ">";
    }

    /** The superclass as the class below it declares it, with its type arguments. */
    private static Type generic(Class<?> type, Class<?> level) {
        Class<?> below = type;
        while (below.getSuperclass() != level) {
            below = below.getSuperclass();
        }
        return below.getGenericSuperclass();
    }

    /** A class and its superclasses without {@code Object}, from the top. */
    static List<Class<?>> levels(Class<?> type) {
        List<Class<?>> levels = new ArrayList<>();
        for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
            levels.add(0, level);
        }
        return levels;
    }

    /** The fields that objects have because of one class, by name. */
    static List<Field> fields(Class<?> level) {
        return Arrays.stream(level.getDeclaredFields())
            .filter((field) -> !Modifier.isStatic(field.getModifiers()))
            .sorted(Comparator.comparing(Field::getName).thenComparing((field) -> field.getType().getName()))
            .toList();
    }

    private static void append(StringBuilder text, String name, Class<?> type, Type generic) {
        text.append(';').append(name).append(' ').append(typeText(generic));
        if (!(generic instanceof Class<?>)) {
            text.append(' ').append(type.getName());
        }
    }

    private static String typeText(Type type) {
        if (type instanceof Class<?> raw) {
            return raw.isArray() ? typeText(raw.getComponentType()) + "[]" : raw.getName();
        }
        if (type instanceof GenericArrayType array) {
            return typeText(array.getGenericComponentType()) + "[]";
        }
        if (type instanceof ParameterizedType parameterized) {
            String owner = (parameterized.getOwnerType() instanceof ParameterizedType outer) ? typeText(outer) + "."
                    : "";
            return owner + typeText(parameterized.getRawType()) + "<" + list(parameterized.getActualTypeArguments())
                    + ">";
        }
        if (type instanceof WildcardType wildcard) {
            return (wildcard.getLowerBounds().length > 0) ? "-" + list(wildcard.getLowerBounds())
                    : "+" + list(wildcard.getUpperBounds());
        }
        return ((TypeVariable<?>) type).getName();
    }

    private static String list(Type[] types) {
        return String.join(",", Arrays.stream(types).map(ClassShape::typeText).toList());
    }

}
