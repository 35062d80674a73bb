package io.memlink.spring.json;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;

/**
 * The classes of the application that JSON may name, each by its name and shape. Safe for
 * use by many threads.
 */
final class JsonClasses {

    /** As the value format has it, and one for arrays of primitive types. */
    private static final int MAX_DIMENSIONS = 9;

    private static final String ARRAY = "[]";

    private final ClassLoader loader;

    private final TrustedClasses trusted;

    private final Map<Class<?>, JsonClass> byClass = new ConcurrentHashMap<>();

    private final Map<String, JsonClass> byId = new ConcurrentHashMap<>();

    JsonClasses(ClassLoader loader, TrustedClasses trusted) {
        this.loader = loader;
        this.trusted = trusted;
    }

    private static String id(Class<?> type) {
        return type.getName() + "#" + Long.toHexString(ValueFormat.shapeOf(type));
    }

    /** The class of an object that is written. */
    JsonClass of(Class<?> type) {
        if (isOfJdk(type)) {
            throw noForm(type);
        }
        JsonClass known = this.byClass.get(type);
        return (known != null) ? known : this.byClass.computeIfAbsent(type, (key) -> JsonClass.of(id(key), key));
    }

    private static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private static IllegalArgumentException noForm(Class<?> type) {
        return new IllegalArgumentException("with a " + type.getName() + " in it, which has no form in JSON");
    }

    String enumId(Class<?> type) {
        return isOfJdk(type) ? JsonKinds.name(type) : id(type);
    }

    String arrayId(Class<?> array) {
        Class<?> element = array.getComponentType();
        if (element.isArray()) {
            JsonKind kind = JsonKinds.ofPrimitiveArray(element);
            return ((kind != null) ? kind.tag() : arrayId(element)) + ARRAY;
        }
        return (isOfJdk(element) ? JsonKinds.name(element) : id(element)) + ARRAY;
    }

    /** The class that an object claims to be of. */
    JsonClass of(String id) {
        JsonClass known = this.byId.get(id);
        if (known != null) {
            return known;
        }
        JsonClass type = of(load(id));
        this.byId.put(id, type);
        return type;
    }

    /** The type of the elements of an array. */
    Class<?> arrayElement(String arrayId) {
        if (arrayId.endsWith(ARRAY.repeat(MAX_DIMENSIONS + 1))) {
            throw new IllegalArgumentException("JSON: an array (expected: one of fewer dimensions)");
        }
        String id = arrayId.substring(0, arrayId.length() - ARRAY.length());
        JsonKind kind = JsonKinds.of(id);
        if (id.endsWith(ARRAY) && kind == null) {
            return arrayElement(id).arrayType();
        }
        return (id.indexOf('#') > 0) ? load(id) : JsonKinds.type(id);
    }

    @SuppressWarnings({ "unchecked", "rawtypes" })
    Object constant(String id, String name) {
        Class<?> type = (id.indexOf('#') > 0) ? load(id) : JsonKinds.type(id);
        if (!type.isEnum()) {
            throw new IllegalArgumentException("JSON: a constant of a class (expected: of an enum)");
        }
        return Enum.valueOf((Class) type, name);
    }

    private Class<?> load(String id) {
        int end = id.indexOf('#');
        String name = id.substring(0, Math.max(end, 0));
        if (!this.trusted.allows(name)) {
            throw new RefusedClassException(id, "a type that is trusted");
        }
        Class<?> type;
        try {
            type = Class.forName(name, false, this.loader);
        }
        catch (ClassNotFoundException | LinkageError ex) {
            throw new RefusedClassException(name, "a class that is there");
        }
        for (Class<?> level = type; level != null; level = level.getSuperclass()) {
            if (!isOfJdk(level) && !this.trusted.allows(level.getName())) {
                throw new RefusedClassException(name, "a type whose superclass is trusted");
            }
        }
        if (isOfJdk(type) || !id(type).equals(id)) {
            throw new RefusedClassException(name, "the fields that the class has now");
        }
        return type;
    }

    /** JSON names a class whose objects are not read. */
    static final class RefusedClassException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        RefusedClassException(String name, String expected) {
            super("value: JSON with the class " + (name.matches("[\\w.$#]{1,200}") ? name : "?") + " in it (expected: "
                    + expected + ")");
        }

    }

}
