package io.memlink.spring.boot.autoconfigure.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Ordering;
import io.memlink.value.MemlinkTypeConverter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of converters of the values of other libraries, where these are present.
 * Those of an application come before.
 */
final class ConverterConfiguration {

    private ConverterConfiguration() {
    }

    /**
     * Immutable collections of Guava; special kinds before those that they are kinds of,
     * since the first converter that fits is taken.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ImmutableList.class)
    static class Guava {

        @Bean
        MemlinkTypeConverter<ImmutableSortedSet<Object>, TreeSet<Object>> memlinkImmutableSortedSetConverter() {
            return converter(ImmutableSortedSet.class, TreeSet.class, Guava::sorted, ImmutableSortedSet::copyOfSorted);
        }

        @Bean
        MemlinkTypeConverter<ImmutableSortedMap<Object, Object>, TreeMap<Object, Object>> memlinkImmutableSortedMapConverter() {
            return converter(ImmutableSortedMap.class, TreeMap.class, Guava::sorted, ImmutableSortedMap::copyOfSorted);
        }

        @Bean
        MemlinkTypeConverter<ImmutableBiMap<Object, Object>, Map<Object, Object>> memlinkImmutableBiMapConverter() {
            return converter(ImmutableBiMap.class, Map.class, LinkedHashMap::new, ImmutableBiMap::copyOf);
        }

        @Bean
        MemlinkTypeConverter<ImmutableList<Object>, List<Object>> memlinkImmutableListConverter() {
            return converter(ImmutableList.class, List.class, ArrayList::new, ImmutableList::copyOf);
        }

        @Bean
        MemlinkTypeConverter<ImmutableSet<Object>, List<Object>> memlinkImmutableSetConverter() {
            return converter(ImmutableSet.class, List.class, ArrayList::new, ImmutableSet::copyOf);
        }

        @Bean
        MemlinkTypeConverter<ImmutableMap<Object, Object>, Map<Object, Object>> memlinkImmutableMapConverter() {
            return converter(ImmutableMap.class, Map.class, LinkedHashMap::new, ImmutableMap::copyOf);
        }

        @SuppressWarnings("unchecked")
        private static <S, T> MemlinkTypeConverter<S, T> converter(Class<?> type, Class<?> storedType,
                Function<S, T> toStored, Function<T, S> fromStored) {
            return MemlinkTypeConverter.of((Class<S>) type, (Class<T>) storedType, toStored, fromStored);
        }

        /** The natural order has a class of its own in Guava, and none in the JDK. */
        private static TreeSet<Object> sorted(ImmutableSortedSet<Object> set) {
            if (set instanceof ContiguousSet) {
                throw new IllegalArgumentException("set: a ContiguousSet (expected: one whose elements are stored)");
            }
            return isNatural(set.comparator()) ? new TreeSet<>((Collection<Object>) set) : new TreeSet<>(set);
        }

        private static TreeMap<Object, Object> sorted(ImmutableSortedMap<Object, Object> map) {
            return isNatural(map.comparator()) ? new TreeMap<>((Map<Object, Object>) map) : new TreeMap<>(map);
        }

        private static boolean isNatural(Object comparator) {
            return comparator == Ordering.natural();
        }

    }

}
