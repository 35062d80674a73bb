package io.memlink.spring.boot.autoconfigure.template;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.memlink.value.MemlinkTypeConverter;
import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import io.memlink.value.ValueNotSupportedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Values of other libraries, which are present here, come back as they were.
 */
class LibraryConvertersTests {

    private static final ClassLoader LOADER = LibraryConvertersTests.class.getClassLoader();

    private static final String GUAVA = "com.google.common.collect.";

    private final ValueFormat format = format();

    private static ValueFormat format() {
        ValueFormat format = ValueFormat.of(LOADER, TrustedClasses.of());
        for (MemlinkTypeConverter<?, ?> converter : new LibraryConverters(LOADER).all()) {
            format = format.with(converter);
        }
        return format;
    }

    static Stream<Arguments> values() {
        return Stream.of(Arguments.of(GUAVA + "ImmutableList", "copyOf", Collection.class, List.of(1L, 2L)),
                Arguments.of(GUAVA + "ImmutableList", "copyOf", Collection.class, List.of()),
                Arguments.of(GUAVA + "ImmutableSet", "copyOf", Collection.class, List.of("b", "a")),
                Arguments.of(GUAVA + "ImmutableMap", "copyOf", Map.class, Map.of(1L, "a", 2L, "b")),
                Arguments.of(GUAVA + "ImmutableBiMap", "copyOf", Map.class, Map.of(1, 2)),
                Arguments.of(GUAVA + "ImmutableSortedSet", "copyOf", Collection.class, List.of(3, 1)),
                Arguments.of(GUAVA + "ImmutableSortedSet", "copyOfSorted", SortedSet.class, descending()),
                Arguments.of(GUAVA + "ImmutableSortedMap", "copyOf", Map.class, Map.of("b", 1, "a", 2)),
                Arguments.of(GUAVA + "ImmutableSortedMap", "copyOfSorted", SortedMap.class,
                        new TreeMap<>(Map.of(1, 2))),
                Arguments.of("org.joda.money.Money", "parse", String.class, "EUR 12.50"),
                Arguments.of("org.joda.money.BigMoney", "parse", String.class, "EUR 12.503"),
                Arguments.of("org.joda.money.CurrencyUnit", "of", String.class, "EUR"));
    }

    private static SortedSet<String> descending() {
        SortedSet<String> set = new TreeSet<>(Comparator.reverseOrder());
        set.addAll(List.of("a", "b"));
        return set;
    }

    private static Object make(String type, String method, Class<?> parameter, Object argument) throws Exception {
        assertThat(ClassUtils.isPresent(type, LOADER)).as("%s is among the dependencies of the tests", type).isTrue();
        return ClassUtils.resolveClassName(type, LOADER).getMethod(method, parameter).invoke(null, argument);
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesComeBackWithTheirTypes(String type, String method, Class<?> parameter, Object argument)
            throws Exception {
        Object value = make(type, method, parameter, argument);
        Object back = this.format.decode(this.format.encode(value));
        assertThat(back).isEqualTo(value);
        assertThat(back).isExactlyInstanceOf(value.getClass());
        if (value instanceof SortedSet<?> set) {
            assertThat(((SortedSet<?>) back).comparator()).isEqualTo(set.comparator());
            assertThat(List.copyOf((SortedSet<?>) back)).isEqualTo(List.copyOf(set));
        }
    }

    @Test
    void whatHasNoConverterIsRefused() throws Exception {
        Object table = make(GUAVA + "ImmutableListMultimap", "copyOf",
                ClassUtils.resolveClassName(GUAVA + "Multimap", LOADER),
                ClassUtils.resolveClassName(GUAVA + "ArrayListMultimap", LOADER).getMethod("create").invoke(null));
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(table));
    }

    @Test
    void librariesThatAreNotThereAreNotMissed() {
        assertThat(new LibraryConverters(new FilteredClassLoader("com.google.common", "org.joda.money")).all())
            .isEmpty();
    }

}
