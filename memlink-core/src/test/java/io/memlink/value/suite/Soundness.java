package io.memlink.value.suite;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether fields and arrays hold what their types say, all the way down.
 */
final class Soundness {

    private static final int DEEP = 300;

    private Soundness() {
    }

    /** What is wrong; null if nothing is. */
    static String problemOf(Object value) throws IllegalAccessException {
        return problemOf(value, new IdentityHashMap<>(), 0);
    }

    private static String problemOf(Object value, Map<Object, Object> seen, int depth) throws IllegalAccessException {
        if (value == null || depth > DEEP || seen.put(value, value) != null) {
            return null;
        }
        if (value instanceof Object[] array) {
            for (Object each : array) {
                if (each != null && !value.getClass().getComponentType().isInstance(each)) {
                    return value.getClass() + " holds a " + each.getClass();
                }
                String problem = problemOf(each, seen, depth + 1);
                if (problem != null) {
                    return problem;
                }
            }
            return null;
        }
        if (Comparison.isOfJdk(value.getClass()) || value.getClass().isArray()) {
            return ofJdk(value, seen, depth);
        }
        for (Class<?> level = value.getClass(); level != null
                && !Comparison.isOfJdk(level); level = level.getSuperclass()) {
            for (Field field : level.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    Object held = field.get(value);
                    if (held != null && !field.getType().isInstance(held)) {
                        return field + " holds a " + held.getClass();
                    }
                    String problem = problemOf(held, seen, depth + 1);
                    if (problem != null) {
                        return problem;
                    }
                }
            }
        }
        return null;
    }

    private static String ofJdk(Object value, Map<Object, Object> seen, int depth) throws IllegalAccessException {
        if (value instanceof Collection<?> all) {
            for (Object each : all) {
                String problem = problemOf(each, seen, depth + 1);
                if (problem != null) {
                    return problem;
                }
            }
        }
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> each : map.entrySet()) {
                String problem = problemOf(each.getKey(), seen, depth + 1);
                if (problem == null) {
                    problem = problemOf(each.getValue(), seen, depth + 1);
                }
                if (problem != null) {
                    return problem;
                }
            }
        }
        return (value instanceof Optional<?> o && o.isPresent()) ? problemOf(o.get(), seen, depth + 1) : null;
    }

}
