package io.memlink.value.suite;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.memlink.value.suite.shop.Enums.Colour;
import io.memlink.value.suite.shop.Records;

import static io.memlink.value.suite.ApplicationValues.box;

/**
 * Views and wrappers of collections and maps.
 */
final class ViewValues {

    private ViewValues() {
    }

    static void addTo(ValueCase.Kind values) {
        lists(values);
        wrappers(values);
        maps(values);
        entries(values);
    }

    private static Map<Object, Object> linked() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("b", 1L);
        map.put("a", 2L);
        return map;
    }

    private static TreeMap<String, Long> tree() {
        return new TreeMap<>(Map.of("a", 1L, "b", 2L, "c", 3L));
    }

    private static void lists(ValueCase.Kind values) {
        values.add("subList", () -> new ArrayList<>(List.of("a", "b", "c")).subList(1, 3));
        values.add("subList of subList",
                () -> new ArrayList<>(List.of("a", "b", "c", "d")).subList(1, 4).subList(1, 2));
        values.add("subList, empty", () -> new ArrayList<>(List.of("a")).subList(1, 1));
        values.add("subList of List.of", () -> List.of(1, 2, 3, 4).subList(1, 3));
        values.add("subList of LinkedList", () -> new LinkedList<>(List.of(1, 2, 3)).subList(0, 2));
        values.add("subList of Arrays.asList", () -> Arrays.asList(1, null, 3).subList(1, 3));
        values.add("subList of CopyOnWriteArrayList", () -> new CopyOnWriteArrayList<>(List.of(1, 2)).subList(0, 1));
        values.add("subList of Vector", () -> new java.util.Vector<>(List.of(1, 2)).subList(0, 1));
        values.add("subList in a record", () -> box(new ArrayList<>(List.of("a", "b")).subList(0, 1)));
        values.add("nCopies", () -> Collections.nCopies(3, "x"));
        values.add("nCopies of a bean", () -> Collections.nCopies(2, new int[] { 1 }));
        values.add("nCopies, none", () -> Collections.nCopies(0, "x"));
        values.add("emptyList, emptySet, emptyMap",
                () -> box(List.of(Collections.emptyList(), Collections.emptySet(), Collections.emptyMap())));
        values.add("emptySortedSet, emptyNavigableMap",
                () -> box(List.of(Collections.emptySortedSet(), Collections.emptyNavigableMap())));
        values.add("singleton", () -> Collections.singleton(1L));
        values.add("singleton of null", () -> Collections.singleton(null));
        values.add("singletonList of null", () -> Collections.singletonList(null));
        values.add("singletonMap", () -> Collections.singletonMap(3L, 4L));
        values.add("singletonMap of nulls", () -> Collections.singletonMap(null, null));
        values.add("asLifoQueue", () -> Collections.asLifoQueue(new java.util.ArrayDeque<>(List.of(1, 2))));
        values.add("newSetFromMap", () -> {
            var set = Collections.newSetFromMap(new LinkedHashMap<Object, Boolean>());
            set.add("z");
            set.add("a");
            return set;
        });
        values.add("newSetFromMap of identity", () -> {
            var set = Collections.newSetFromMap(new java.util.IdentityHashMap<Object, Boolean>());
            set.add(new Records.AllEqual(1));
            set.add(new Records.AllEqual(2));
            return set;
        });
        values.add("descendingSet", () -> new TreeSet<>(List.of("a", "b")).descendingSet());
        values.add("headSet", () -> new TreeSet<>(List.of("a", "b", "c")).headSet("b"));
        values.add("tailSet of ConcurrentSkipListSet", () -> new ConcurrentSkipListSet<>(List.of(1, 2, 3)).tailSet(2));
    }

    private static void wrappers(ValueCase.Kind values) {
        values.add("unmodifiableList", () -> Collections.unmodifiableList(new ArrayList<>(List.of(1L))),
                (list) -> CollectionValues.add(list, 2L));
        values.add("unmodifiableList of LinkedList", () -> Collections.unmodifiableList(new LinkedList<>(List.of(1L))));
        values.add("unmodifiableList of unmodifiableList",
                () -> Collections.unmodifiableList(Collections.unmodifiableList(new ArrayList<>(List.of(1L)))));
        values.add("unmodifiableSet", () -> Collections.unmodifiableSet(new LinkedHashSet<>(List.of(2L, 1L))),
                (set) -> CollectionValues.add(set, 5L));
        values.add("unmodifiableMap", () -> Collections.unmodifiableMap(linked()), MapValues::put);
        values.add("unmodifiableMap of TreeMap", () -> Collections.unmodifiableMap(tree()));
        values.add("unmodifiableCollection", () -> Collections.unmodifiableCollection(new ArrayList<>(List.of(3L))));
        values.add("unmodifiableCollection of a set",
                () -> Collections.unmodifiableCollection(new LinkedHashSet<>(List.of(3L, 1L))));
        values.add("unmodifiableSortedSet", () -> Collections.unmodifiableSortedSet(new TreeSet<>(List.of(2, 1))));
        values.add("unmodifiableSortedSet, backwards", () -> {
            TreeSet<Integer> set = new TreeSet<>(Comparator.reverseOrder());
            set.addAll(List.of(1, 2));
            return Collections.unmodifiableSortedSet(set);
        });
        values.add("unmodifiableNavigableMap", () -> Collections.unmodifiableNavigableMap(tree()));
        values.add("unmodifiableMap's entrySet", () -> Collections.unmodifiableMap(linked()).entrySet());
        values.add("unmodifiableMap's keySet and values", () -> List.of(Collections.unmodifiableMap(linked()).keySet(),
                Collections.unmodifiableMap(linked()).values()));
        values.add("synchronizedList", () -> Collections.synchronizedList(new ArrayList<>(List.of(1L))));
        values.add("synchronizedList of LinkedList", () -> Collections.synchronizedList(new LinkedList<>(List.of(1L))));
        values.add("synchronizedMap", () -> Collections.synchronizedMap(linked()), MapValues::put);
        values.add("synchronizedSet", () -> Collections.synchronizedSet(new LinkedHashSet<>(List.of(2L, 1L))));
        values.add("synchronizedSortedMap", () -> Collections.synchronizedSortedMap(tree()));
        values.add("synchronizedCollection", () -> Collections.synchronizedCollection(new ArrayList<>(List.of(1))));
        values.add("checkedList", () -> Collections.checkedList(new ArrayList<>(List.of("a")), String.class));
        values.add("checkedMap",
                () -> Collections.checkedMap(new HashMap<>(Map.of("a", 1)), String.class, Integer.class));
        values.add("checkedSet", () -> Collections.checkedSet(new LinkedHashSet<>(List.of("a")), String.class));
    }

    private static void maps(ValueCase.Kind values) {
        values.add("HashMap.keySet", () -> new HashMap<>(Map.of(1L, 2L)).keySet());
        values.add("HashMap.values", () -> new HashMap<>(Map.of(1L, 2L)).values());
        values.add("HashMap.values with equal values", () -> {
            Map<Object, Object> map = new LinkedHashMap<>();
            map.put(1, "same");
            map.put(2, "same");
            return map.values();
        });
        values.add("HashMap.entrySet", () -> new HashMap<>(Map.of(1L, 2L)).entrySet());
        values.add("LinkedHashMap.keySet", () -> linked().keySet());
        values.add("LinkedHashMap.values", () -> linked().values());
        values.add("LinkedHashMap.entrySet", () -> linked().entrySet());
        values.add("LinkedHashMap.keySet in a record", () -> box(linked().keySet()));
        values.add("TreeMap.headMap", () -> tree().headMap("b"));
        values.add("TreeMap.tailMap, exclusive", () -> tree().tailMap("a", false));
        values.add("TreeMap.subMap of descendingMap", () -> tree().descendingMap().subMap("c", "a"));
        values.add("TreeMap.descendingMap", () -> tree().descendingMap());
        values.add("TreeMap.keySet", () -> tree().keySet());
        values.add("TreeMap.navigableKeySet", () -> tree().navigableKeySet());
        values.add("TreeMap.descendingKeySet", () -> tree().descendingKeySet());
        values.add("TreeMap.values, entrySet", () -> List.of(tree().values(), tree().entrySet()));
        values.add("Map.of's keySet, values, entrySet",
                () -> List.of(Map.of(1, 2).keySet(), Map.of(1, 2).values(), Map.of(1, 2).entrySet()));
        values.add("ConcurrentHashMap.keySet", () -> new ConcurrentHashMap<>(Map.of(1L, 2L)).keySet());
        values.add("ConcurrentHashMap.keySet with a default",
                () -> new ConcurrentHashMap<>(Map.of(1L, "v")).keySet("d"), (set) -> CollectionValues.add(set, 5L));
        values.add("ConcurrentHashMap.values, entrySet", () -> List.of(new ConcurrentHashMap<>(Map.of(1L, 2L)).values(),
                new ConcurrentHashMap<>(Map.of(1L, 2L)).entrySet()));
        values.add("ConcurrentSkipListMap.headMap", () -> new ConcurrentSkipListMap<>(tree()).headMap("b"));
        values.add("ConcurrentSkipListMap.keySet", () -> new ConcurrentSkipListMap<>(tree()).keySet());
        values.add("WeakHashMap.keySet", () -> new WeakHashMap<>(Map.of(Colour.RED, 1)).keySet());
        values.add("EnumMap.keySet, values", () -> {
            var map = new java.util.EnumMap<>(Map.of(Colour.RED, 1));
            return List.of(map.keySet(), map.values(), map.entrySet());
        });
        values.add("IdentityHashMap.keySet", () -> new java.util.IdentityHashMap<>(Map.of(Colour.RED, 1)).keySet());
        values.add("partitioningBy", () -> Stream.of(1, 2, 3).collect(Collectors.partitioningBy((i) -> i > 1)));
        values.add("partitioningBy, keySet",
                () -> Stream.of(1, 2, 3).collect(Collectors.partitioningBy((i) -> i > 1)).keySet());
        values.add("groupingBy Long", () -> Stream.of(1L, 2L, 3L).collect(Collectors.groupingBy((i) -> i % 2)));
        values.add("toMap of enums", () -> Stream.of(Colour.values()).collect(Collectors.toMap((i) -> i, Enum::name)));
        values.add("System.getenv", () -> new HashMap<>(Map.of("e", Map.copyOf(System.getenv()).size())));
        values.add("Collectors.summarizingInt", () -> Stream.of(1, 2).collect(Collectors.summarizingInt((i) -> i)));
    }

    private static void entries(ValueCase.Kind values) {
        values.add("Map.entry", () -> Map.entry(1L, "a"));
        values.add("SimpleEntry", () -> new AbstractMap.SimpleEntry<>(1L, "a"), ViewValues::setValue);
        values.add("SimpleEntry of nulls", () -> new AbstractMap.SimpleEntry<>(null, null));
        values.add("SimpleImmutableEntry", () -> new AbstractMap.SimpleImmutableEntry<>(2L, "b"), ViewValues::setValue);
        values.add("entry of a HashMap", () -> new HashMap<>(Map.of(1L, 2L)).entrySet().iterator().next());
        values.add("entry of a HashMap, null key", () -> {
            Map<Object, Object> map = new HashMap<>();
            map.put(null, null);
            return map.entrySet().iterator().next();
        });
        values.add("entry of a TreeMap", () -> tree().firstEntry());
        values.add("entry of a TreeMap's entrySet", () -> tree().entrySet().iterator().next());
        values.add("entry of a ConcurrentHashMap",
                () -> new ConcurrentHashMap<>(Map.of(1, 2)).entrySet().iterator().next());
        values.add("entry of an EnumMap",
                () -> new java.util.EnumMap<>(Map.of(Colour.RED, 1)).entrySet().iterator().next());
        values.add("entries of an unmodifiable map",
                () -> new ArrayList<>(Collections.unmodifiableMap(linked()).entrySet()));
        values.add("list of entries", () -> new ArrayList<>(linked().entrySet()));
        values.add("entry in a set", () -> new java.util.HashSet<>(List.of(Map.entry("a", 1))));
    }

    @SuppressWarnings("unchecked")
    private static Object setValue(Object entry) {
        try {
            ((Map.Entry<Object, Object>) entry).setValue("set");
            return entry.toString();
        }
        catch (RuntimeException ex) {
            return ex.getClass();
        }
    }

}
