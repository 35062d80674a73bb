package io.memlink.spring.boot.autoconfigure.template;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import io.memlink.value.MemlinkTypeConverter;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Converters of values of other libraries, where these are present: Guava's immutable
 * collections, and the money of Joda. Those are found by name, so that nobody needs them.
 *
 * @param classLoader finds the libraries
 */
record LibraryConverters(ClassLoader classLoader) {

    private static final String GUAVA = "com.google.common.collect.";

    private static final String JODA = "org.joda.money.";

    /**
     * Special kinds come before those that they are kinds of: the first that fits is
     * taken.
     */
    List<MemlinkTypeConverter<?, ?>> all() {
        List<MemlinkTypeConverter<?, ?>> converters = new ArrayList<>();
        add(converters, GUAVA + "ImmutableSortedSet", "copyOfSorted", SortedSet.class, TreeSet.class,
                (value) -> sorted((SortedSet<?>) value));
        add(converters, GUAVA + "ImmutableSortedMap", "copyOfSorted", SortedMap.class, TreeMap.class,
                (value) -> sorted((SortedMap<?, ?>) value));
        add(converters, GUAVA + "ImmutableBiMap", "copyOf", Map.class, Map.class,
                (value) -> new LinkedHashMap<>((Map<?, ?>) value));
        add(converters, GUAVA + "ImmutableMap", "copyOf", Map.class, Map.class,
                (value) -> new LinkedHashMap<>((Map<?, ?>) value));
        add(converters, GUAVA + "ImmutableList", "copyOf", Collection.class, List.class,
                (value) -> new ArrayList<>((Collection<?>) value));
        add(converters, GUAVA + "ImmutableSet", "copyOf", Collection.class, List.class,
                (value) -> new ArrayList<>((Collection<?>) value));
        add(converters, JODA + "Money", "parse", String.class, String.class, Object::toString);
        add(converters, JODA + "BigMoney", "parse", String.class, String.class, Object::toString);
        add(converters, JODA + "CurrencyUnit", "of", String.class, String.class, Object::toString);
        return converters;
    }

    @SuppressWarnings("unchecked")
    private void add(List<MemlinkTypeConverter<?, ?>> converters, String name, String factory, Class<?> parameter,
            Class<?> storedType, Function<Object, Object> toStored) {
        if (ClassUtils.isPresent(name, this.classLoader)) {
            Class<?> type = ClassUtils.resolveClassName(name, this.classLoader);
            Method method = ClassUtils.getMethodIfAvailable(type, factory, parameter);
            if (method != null) {
                converters.add(MemlinkTypeConverter.of((Class<Object>) type, (Class<Object>) storedType, toStored,
                        (stored) -> call(method, stored)));
            }
        }
    }

    private static Object call(Method factory, Object stored) {
        try {
            return factory.invoke(null, stored);
        }
        catch (InvocationTargetException ex) {
            throw new IllegalArgumentException("value: not accepted by " + factory, ex.getCause());
        }
        catch (IllegalAccessException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static Object sorted(SortedSet<?> set) {
        if (set.getClass().getName().endsWith("ContiguousSet")) {
            throw new IllegalArgumentException("set: a range (expected: one whose elements are stored)");
        }
        return isNatural(set.comparator()) ? new TreeSet<>((Collection<?>) set) : new TreeSet<>(set);
    }

    private static Object sorted(SortedMap<?, ?> map) {
        return isNatural(map.comparator()) ? new TreeMap<>((Map<?, ?>) map) : new TreeMap<>(map);
    }

    /** The natural order has a class of its own in Guava, and none in the JDK. */
    private static boolean isNatural(@Nullable Object comparator) {
        return comparator != null && comparator.getClass().getName().equals(GUAVA + "NaturalOrdering");
    }

}
