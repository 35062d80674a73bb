package io.memlink.value;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The static final fields of a class that are of its own type, such as those of enums
 * that are written by hand: callers compare them by identity. Safe for use by many
 * threads.
 */
final class StaticConstants {

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
