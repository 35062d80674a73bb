package io.memlink.spring.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How the objects of one class of the application are taken apart and made. Immutable.
 *
 * @param id its name and shape
 * @param parts its fields, in the order in which they are written
 * @param constructor the canonical one of a record, or one that calls none
 * @param isRecord whether it is a record
 */
record JsonClass(String id, List<Part> parts, Constructor<?> constructor, boolean isRecord) {

    static JsonClass of(String id, Class<?> type) {
        try {
            if (type.isRecord()) {
                RecordComponent[] components = type.getRecordComponents();
                List<Part> parts = new ArrayList<>();
                for (RecordComponent component : components) {
                    parts.add(Part.of(type.getDeclaredField(component.getName()), component.getName()));
                }
                Constructor<?> constructor = type.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return new JsonClass(id, parts, constructor, true);
            }
            return new JsonClass(id, fields(type), withoutConstructor(type), false);
        }
        catch (ReflectiveOperationException ex) {
            throw new IllegalArgumentException("class: " + type.getName() + " (expected: one with fields)", ex);
        }
    }

    private static List<Part> fields(Class<?> type) {
        List<Part> parts = new ArrayList<>();
        for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
            List<Part> own = new ArrayList<>();
            Field[] fields = level.getDeclaredFields();
            Arrays.sort(fields, Comparator.comparing(Field::getName));
            for (Field field : fields) {
                if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                    String name = field.getName();
                    boolean hidden = parts.stream().anyMatch((part) -> part.name().equals(name));
                    own.add(Part.of(field, hidden ? level.getName() + "." + name : name));
                }
            }
            parts.addAll(own);
        }
        return parts;
    }

    /** What the JDK has for serialization libraries, as the value format does it. */
    private static Constructor<?> withoutConstructor(Class<?> type) throws ReflectiveOperationException {
        Class<?> factories = Class.forName("sun.reflect.ReflectionFactory");
        Object factory = factories.getMethod("getReflectionFactory").invoke(null);
        return (Constructor<?>) factories.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
            .invoke(factory, type, Object.class.getDeclaredConstructor());
    }

    Object make(@Nullable Object[] contents) {
        try {
            if (this.isRecord) {
                return this.constructor.newInstance(contents);
            }
            Object object = this.constructor.newInstance();
            for (int i = 0; i < contents.length; i++) {
                this.parts.get(i).field().set(object, contents[i]);
            }
            return object;
        }
        catch (InvocationTargetException ex) {
            throw new IllegalArgumentException("class: " + this.id + " (expected: one that accepts its fields)",
                    ex.getCause());
        }
        catch (ReflectiveOperationException ex) {
            throw new IllegalArgumentException("class: " + this.id + " (expected: one with objects)", ex);
        }
    }

    /**
     * A field.
     *
     * @param name what it is called in JSON
     * @param field the field
     */
    record Part(String name, Field field) {

        static Part of(Field field, String name) {
            field.setAccessible(true);
            return new Part(name, field);
        }

        boolean isPrimitive() {
            return this.field.getType().isPrimitive();
        }

        @Nullable Object get(Object object) {
            try {
                return this.field.get(object);
            }
            catch (IllegalAccessException ex) {
                throw new IllegalStateException(ex);
            }
        }

        Object parse(String text) {
            return switch (this.field.getType().descriptorString()) {
                case "Z" -> "true".equals(text);
                case "B" -> Byte.valueOf(text);
                case "S" -> Short.valueOf(text);
                case "C" -> text.charAt(0);
                case "I" -> Integer.valueOf(text);
                case "J" -> Long.valueOf(text);
                case "F" -> Float.valueOf(text);
                default -> Double.valueOf(text);
            };
        }

    }

}
