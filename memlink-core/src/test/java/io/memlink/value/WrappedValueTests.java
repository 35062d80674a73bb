package io.memlink.value;

import java.math.BigDecimal;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is in a wrapper, and what a wrapper or a view comes back as.
 */
class WrappedValueTests {

    private final ValueFormat format = ValueFormat.of(WrappedValueTests.class.getClassLoader(),
            TrustedClasses.of("io.memlink.value"));

    static Stream<Map<?, ?>> hidingMaps() {
        Map<String, Integer> byAccess = new LinkedHashMap<>(16, 0.75f, true);
        byAccess.put("a", 1);
        byAccess.put("b", 2);
        return Stream.of(new IdentityHashMap<>(Map.of("a", 1)), new WeakHashMap<>(Map.of("a", 1)), byAccess,
                new DefaultingMap());
    }

    @ParameterizedTest
    @MethodSource("hidingMaps")
    void refusesWrappersOfMapsThatAreNotFoundByEquality(Map<Object, Object> map) {
        Stream
            .of(Collections.unmodifiableMap(map), Collections.synchronizedMap(map),
                    Collections.checkedMap(map, Object.class, Object.class),
                    Collections.unmodifiableMap(Collections.synchronizedMap(map)))
            .forEach((wrapper) -> assertThatExceptionOfType(ValueNotSupportedException.class)
                .isThrownBy(() -> this.format.encode(wrapper))
                .withMessageContaining("around a " + map.getClass().getName()));
    }

    @Test
    void refusesWrappersOfViewsOfSuchMaps() {
        Set<Object> keys = new IdentityHashMap<>(Map.of((Object) "a", 1)).keySet();
        assertThatExceptionOfType(ValueNotSupportedException.class)
            .isThrownBy(() -> this.format.encode(Collections.unmodifiableSet(keys)));
        assertThatExceptionOfType(ValueNotSupportedException.class)
            .isThrownBy(() -> this.format.encode(Collections.unmodifiableCollection(keys)));
        SortedMap<BigDecimal, Integer> prices = new TreeMap<>(Map.of(new BigDecimal("1.0"), 1));
        assertThatExceptionOfType(ValueNotSupportedException.class)
            .isThrownBy(() -> this.format.encode(prices.entrySet()));
        assertThatExceptionOfType(ValueNotSupportedException.class)
            .isThrownBy(() -> this.format.encode(Collections.unmodifiableMap(prices).entrySet()));
        assertThatExceptionOfType(ValueNotSupportedException.class)
            .isThrownBy(() -> this.format.encode(Collections.unmodifiableCollection(new TreeSet<>(Set.of("a")))));
    }

    static Stream<Map<?, ?>> sortedWrappers() {
        Map<BigDecimal, Integer> prices = new TreeMap<>(Map.of(new BigDecimal("1.0"), 1));
        return Stream.of(Collections.unmodifiableMap(prices), Collections.synchronizedMap(prices),
                Collections.checkedMap(prices, BigDecimal.class, Integer.class),
                Collections.unmodifiableMap(Collections.unmodifiableMap(prices)));
    }

    @ParameterizedTest
    @MethodSource("sortedWrappers")
    void keepsTheOrderThatIsInAWrapper(Map<?, ?> wrapper) {
        Map<?, ?> copy = (Map<?, ?>) decoded(wrapper);
        assertThat(copy.get(new BigDecimal("1.00"))).isEqualTo(1);
        assertThat(((Set<?>) decoded(wrapper.keySet())).contains(new BigDecimal("1.00"))).isTrue();
    }

    @Test
    void keepsTheComparatorThatIsInAWrapper() {
        SortedMap<String, Integer> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        map.put("Foo", 1);
        SortedSet<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.add("Foo");
        assertThat(((Map<?, ?>) decoded(Collections.unmodifiableMap(map))).containsKey("foo")).isTrue();
        assertThat(((Set<?>) decoded(Collections.unmodifiableSet(set))).contains("foo")).isTrue();
        assertThat(((Set<?>) decoded(Collections.synchronizedSet(set))).contains("foo")).isTrue();
        assertThat(((Set<?>) decoded(Collections.checkedSet(set, String.class))).contains("foo")).isTrue();
    }

    static Stream<Object> ordinaryWrappers() {
        List<Object> wrappers = new ArrayList<>();
        Stream
            .of(new HashMap<>(Map.of(TimeUnit.DAYS, 1)), new Hashtable<>(Map.of(TimeUnit.DAYS, 1)),
                    Map.of(TimeUnit.DAYS, 1), new ConcurrentHashMap<>(Map.of(TimeUnit.DAYS, 1)),
                    new EnumMap<>(Map.of(TimeUnit.DAYS, 1)), Collections.singletonMap(TimeUnit.DAYS, 1),
                    Collections.emptyMap())
            .forEach((map) -> wrappers.addAll(List.of(Collections.unmodifiableMap(map),
                    Collections.synchronizedMap(map), Collections.unmodifiableMap(map).entrySet())));
        Stream
            .of(EnumSet.of(TimeUnit.DAYS), Set.of(TimeUnit.DAYS), new HashSet<>(Set.of(TimeUnit.DAYS)),
                    new HashMap<>(Map.of(TimeUnit.DAYS, 1)).keySet())
            .forEach((set) -> wrappers
                .addAll(List.of(Collections.unmodifiableSet(set), Collections.unmodifiableCollection(set).size())));
        wrappers.add(Collections.unmodifiableList(List.of(1)));
        wrappers.add(Collections.unmodifiableList(Stream.of(1).toList()));
        return wrappers.stream();
    }

    @ParameterizedTest
    @MethodSource("ordinaryWrappers")
    void keepsWrappersOfWhatIsFoundByEquality(Object wrapper) {
        assertThat(decoded(wrapper)).isEqualTo(wrapper);
    }

    @Test
    void keepsViewsOfConcurrentMapsConcurrent() {
        ConcurrentNavigableMap<String, Integer> map = new ConcurrentSkipListMap<>(Map.of("a", 1, "b", 2));
        assertThat(decoded(map.headMap("b"))).isInstanceOf(ConcurrentSkipListMap.class).isEqualTo(Map.of("a", 1));
        assertThat(decoded(new Concurrent(map.descendingMap(), map.tailMap("b"))))
            .isEqualTo(new Concurrent(map.descendingMap(), map.tailMap("b")));
    }

    @Test
    void keepsSetsOfLargeEnums() {
        assertThat(decoded(new Letters(EnumSet.of(Large.V70)))).isEqualTo(new Letters(EnumSet.of(Large.V70)));
    }

    @Test
    void refusesWhatWouldNotFitIntoItsField() {
        Map<Integer, Integer> many = IntStream.range(0, 200).boxed().collect(Collectors.toMap((i) -> i, (i) -> i));
        @SuppressWarnings("unchecked")
        AbstractMap<Integer, Integer> large = (AbstractMap<Integer, Integer>) (Object) Map.copyOf(many);
        assertThatExceptionOfType(ValueNotSupportedException.class)
            .isThrownBy(() -> this.format.encode(new General(large)))
            .withMessageContaining(" at .map, which would come back as another kind than its java.util.AbstractMap");
        Attributes attributes = new Attributes();
        attributes.map = large;
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(attributes))
            .withMessageContaining(" at .map, ");
        assertThat(decoded(new General(new HashMap<>(many)))).isEqualTo(new General(new HashMap<>(many)));
    }

    @Test
    void refusesWhatIsThereWithItsWrapper() {
        List<Object> list = new ArrayList<>(List.of(1));
        Collection<Object> wrapper = Collections.unmodifiableList(list);
        Collection<Object> changing = Collections.synchronizedList(list);
        Stream
            .of(List.of(list, wrapper), List.of(wrapper, list), List.of(changing, list), List.of(changing, wrapper),
                    List.of(wrapper, changing))
            .forEach((both) -> assertThatExceptionOfType(ValueNotSupportedException.class)
                .isThrownBy(() -> this.format.encode(both))
                .withMessageContaining("a view of something"));
        assertThat(decoded(List.of(wrapper, wrapper))).isEqualTo(List.of(wrapper, wrapper));
        List<?> two = List.of(wrapper, Collections.unmodifiableList(list));
        assertThat(decoded(two)).isEqualTo(two);
    }

    @Test
    void keepsTheOrderOfSequencedWrappers() throws Exception {
        Class<?> sequenced;
        try {
            sequenced = Class.forName("java.util.SequencedMap");
        }
        catch (ClassNotFoundException ex) {
            assertThat(Runtime.version().feature()).isLessThan(21);
            return;
        }
        Object wrapper = Collections.class.getMethod("unmodifiableSequencedMap", sequenced)
            .invoke(null, new LinkedHashMap<>(Map.of("a", 1)));
        assertThat(decoded(wrapper)).isInstanceOf(sequenced).isEqualTo(wrapper);
        Object set = Collections.class.getMethod("unmodifiableSequencedSet", Class.forName("java.util.SequencedSet"))
            .invoke(null, new LinkedHashSet<>(List.of(1)));
        assertThat(decoded(set)).isInstanceOf(Class.forName("java.util.SequencedSet")).isEqualTo(set);
    }

    private Object decoded(Object value) {
        return this.format.decode(this.format.encode(value));
    }

    record Concurrent(ConcurrentMap<String, Integer> descending, ConcurrentNavigableMap<String, Integer> tail) {

    }

    record General(AbstractMap<Integer, Integer> map) {

    }

    record Letters(EnumSet<Large> letters) {

    }

    static final class Attributes {

        AbstractMap<Integer, Integer> map;

    }

    @SuppressWarnings("serial")
    static final class DefaultingMap extends HashMap<Object, Object> {

        @Override
        public Object get(Object key) {
            return getOrDefault(key, 0);
        }

    }

    enum Large {

        V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12, V13, V14, V15, V16, V17, V18, V19, V20, V21, V22, V23,
        V24, V25, V26, V27, V28, V29, V30, V31, V32, V33, V34, V35, V36, V37, V38, V39, V40, V41, V42, V43, V44, V45,
        V46, V47, V48, V49, V50, V51, V52, V53, V54, V55, V56, V57, V58, V59, V60, V61, V62, V63, V64, V65, V66, V67,
        V68, V69, V70, V71

    }

}
