package io.memlink.value.suite;

import java.math.BigDecimal;
import java.text.Collator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

import io.memlink.value.suite.shop.Beans;
import io.memlink.value.suite.shop.Enums.Colour;
import io.memlink.value.suite.shop.Extended;
import io.memlink.value.suite.shop.Records;

/**
 * Sorted sets and maps, with all kinds of comparators.
 */
final class SortedValues {

    private SortedValues() {
    }

    private static <T> TreeSet<T> set(Comparator<? super T> order, List<T> elements) {
        TreeSet<T> set = new TreeSet<>(order);
        set.addAll(elements);
        return set;
    }

    private static <T> TreeMap<T, Integer> map(Comparator<? super T> order, List<T> keys) {
        TreeMap<T, Integer> map = new TreeMap<>(order);
        keys.forEach((each) -> map.put(each, map.size()));
        return map;
    }

    static void addTo(ValueCase.Kind values) {
        sets(values);
        maps(values);
    }

    private static void sets(ValueCase.Kind values) {
        values.add("TreeSet", () -> new TreeSet<>(List.of("z", "a")));
        values.add("TreeSet, empty", TreeSet::new);
        values.add("TreeSet of records", () -> new TreeSet<>(List.of(new Records.Named("b"), new Records.Named("a"))));
        values.add("TreeSet of beans",
                () -> new TreeSet<>(List.of(new Beans.Ranked(2, "b"), new Beans.Ranked(1, "a"))));
        values.add("TreeSet of enums", () -> new TreeSet<>(Set.of(Colour.BLUE, Colour.RED)));
        values.add("TreeSet of dates", () -> new TreeSet<>(List.of(LocalDate.of(2026, 1, 2), LocalDate.EPOCH)));
        values.add("TreeSet of BigDecimal, one scale", () -> new TreeSet<>(List.of(new BigDecimal("1.50"))),
                (set) -> ((Set<?>) set).contains(new BigDecimal("1.5")));
        values.add("TreeSet of Double, NaN and -0.0", () -> new TreeSet<>(List.of(Double.NaN, -0.0, 0.0, 1.0)));
        values.add("TreeSet, reverseOrder", () -> set(Comparator.reverseOrder(), List.of("a", "b")));
        values.add("TreeSet, Collections.reverseOrder", () -> set(Collections.reverseOrder(), List.of("a", "b")));
        values.add("TreeSet, naturalOrder", () -> set(Comparator.naturalOrder(), List.of("a", "b")));
        values.add("TreeSet, CASE_INSENSITIVE_ORDER", () -> set(String.CASE_INSENSITIVE_ORDER, List.of("a", "B")),
                (set) -> ((Set<?>) set).contains("b"));
        values.add("TreeSet, CASE_INSENSITIVE_ORDER reversed",
                () -> set(String.CASE_INSENSITIVE_ORDER.reversed(), List.of("a", "B")),
                (set) -> ((Set<?>) set).contains("b"));
        values.add("TreeSet, nullsFirst", () -> {
            TreeSet<String> set = new TreeSet<>(Comparator.nullsFirst(Comparator.naturalOrder()));
            set.add(null);
            set.add("a");
            return set;
        });
        values.add("TreeSet, nullsLast of null", () -> {
            TreeSet<String> set = new TreeSet<>(Comparator.nullsLast(null));
            set.add("a");
            return set;
        });
        values.add("TreeSet, own comparator", () -> set(new Extended.ByLength(), List.of("a", "bb")));
        values.add("TreeSet, own comparator, empty", () -> new TreeSet<>(new Extended.ByLength()));
        values.add("TreeSet, enum as comparator", () -> set(Extended.Order.BACKWARDS, List.of("a", "bb")));
        values.add("TreeSet, record as comparator", () -> set(new Extended.RecordOrder(true), List.of("a", "bb")));
        values.add("TreeSet, lambda", () -> set((a, b) -> b.compareTo(a), List.of("a", "bb")));
        values.add("TreeSet, lambda, empty", () -> new TreeSet<String>((a, b) -> b.compareTo(a)));
        values.add("TreeSet, lambda, one element", () -> set((a, b) -> b.compareTo(a), List.of("a")));
        values.add("TreeSet, Collator", () -> set(Collator.getInstance(Locale.GERMAN)::compare, List.of("a", "z")));
        values.add("TreeSet, Collator itself", () -> {
            TreeSet<Object> set = new TreeSet<>(Collator.getInstance(Locale.GERMAN));
            set.add("a");
            return set;
        });
        values.add("TreeSet of elements equal by order", () -> new TreeSet<>(List.of(new Records.ByGroup("g", 1))));
        values.add("TreeSet of lists by size",
                () -> set(Comparator.comparing(List<Integer>::size), List.of(List.of(1), List.of())));
        values.add("ConcurrentSkipListSet", () -> new ConcurrentSkipListSet<>(List.of(2, 1)));
        values.add("ConcurrentSkipListSet, backwards", () -> {
            ConcurrentSkipListSet<String> set = new ConcurrentSkipListSet<>(Comparator.reverseOrder());
            set.addAll(List.of("a", "b"));
            return set;
        });
        values.add("ConcurrentSkipListSet, lambda", () -> {
            ConcurrentSkipListSet<String> set = new ConcurrentSkipListSet<>((a, b) -> b.compareTo(a));
            set.addAll(List.of("a", "b"));
            return set;
        });
    }

    private static void maps(ValueCase.Kind values) {
        values.add("TreeMap", () -> new TreeMap<>(Map.of("b", 1L, "a", 2L)));
        values.add("TreeMap, null values", () -> {
            TreeMap<String, Object> map = new TreeMap<>();
            map.put("a", null);
            return map;
        });
        values.add("TreeMap of Integer and Long keys apart",
                () -> new ArrayList<>(List.of(new TreeMap<>(Map.of(1, "i")), new TreeMap<>(Map.of(1L, "l")))));
        values.add("TreeMap, reverseOrder", () -> map(Comparator.reverseOrder(), List.of("a", "b")));
        values.add("TreeMap, reverseOrder, empty", () -> new TreeMap<String, String>(Comparator.reverseOrder()),
                (map) -> {
                    SortedMap<String, String> sorted = cast(map);
                    sorted.put("a", "");
                    sorted.put("b", "");
                    return sorted.firstKey();
                });
        values.add("TreeMap, CASE_INSENSITIVE_ORDER", () -> map(String.CASE_INSENSITIVE_ORDER, List.of("a", "B")),
                (map) -> ((Map<?, ?>) map).get("b"));
        values.add("TreeMap, own comparator", () -> map(new Extended.ByLength(), List.of("a", "bb")));
        values.add("TreeMap, comparing.thenComparing",
                () -> map(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()),
                        List.of("a", "bb")));
        values.add("TreeMap, naturalOrder explicit", () -> map(Comparator.naturalOrder(), List.of("a", "bb")));
        values.add("TreeMap, null key by nullsFirst", () -> {
            TreeMap<String, Object> map = new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));
            map.put(null, 1);
            return map;
        });
        values.add("TreeMap of record keys",
                () -> new TreeMap<>(Map.of(new Records.Named("b"), 1, new Records.Named("a"), 2)));
        values.add("TreeMap of keys that only order by a part",
                () -> new TreeMap<>(Map.of(new Records.ByGroup("g", 2), "v")),
                (map) -> ((Map<?, ?>) map).get(new Records.ByGroup("g", 5)));
        values.add("ConcurrentSkipListMap", () -> new ConcurrentSkipListMap<>(Map.of(2L, "a", 1L, "b")));
        values.add("ConcurrentSkipListMap, backwards", () -> {
            ConcurrentSkipListMap<String, Integer> map = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
            map.put("a", 1);
            map.put("b", 2);
            return map;
        });
        values.add("TreeMap with itself as a value", () -> {
            TreeMap<String, Object> map = new TreeMap<>();
            map.put("self", map);
            return map;
        });
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }

}
