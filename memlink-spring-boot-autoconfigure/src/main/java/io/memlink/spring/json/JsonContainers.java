package io.memlink.spring.json;

import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The collections and maps that have a form in JSON: their elements, or their keys and
 * values in turns; what orders the sorted ones comes before.
 */
final class JsonContainers {

    private static final Map<String, Comparator<?>> COMPARATORS = Map.of("natural order", Comparator.naturalOrder(),
            "reverse order", Comparator.reverseOrder(), "case-insensitive order", String.CASE_INSENSITIVE_ORDER);

    private JsonContainers() {
    }

    static void register() {
        mutable();
        immutable();
        sorted();
        single("Optional", Optional.class, (value) -> value.isPresent() ? new Object[] { value.get() } : new Object[0],
                (parts) -> (parts.length == 0) ? Optional.empty() : Optional.of(only(parts)));
        single("AtomicReference", AtomicReference.class, (value) -> new @Nullable Object[] { value.get() },
                (parts) -> new AtomicReference<@Nullable Object>(parts[0]));
        single("SimpleEntry", AbstractMap.SimpleEntry.class,
                (value) -> new @Nullable Object[] { value.getKey(), value.getValue() },
                (parts) -> new AbstractMap.SimpleEntry<>(parts[0], parts[1]));
        single("SimpleImmutableEntry", AbstractMap.SimpleImmutableEntry.class,
                (value) -> new @Nullable Object[] { value.getKey(), value.getValue() },
                (parts) -> new AbstractMap.SimpleImmutableEntry<>(parts[0], parts[1]));
    }

    private static Object only(@Nullable Object[] parts) {
        if (parts.length != 1 || parts[0] == null) {
            throw new IllegalArgumentException("JSON: " + parts.length + " elements (expected: one)");
        }
        return parts[0];
    }

    private static void mutable() {
        collection("ArrayList", ArrayList::new, ArrayList.class);
        collection("LinkedList", LinkedList::new, LinkedList.class);
        collection("Vector", Vector::new, Vector.class);
        collection("ArrayDeque", ArrayDeque::new, ArrayDeque.class);
        collection("ConcurrentLinkedQueue", ConcurrentLinkedQueue::new, ConcurrentLinkedQueue.class);
        collection("ConcurrentLinkedDeque", ConcurrentLinkedDeque::new, ConcurrentLinkedDeque.class);
        collection("CopyOnWriteArrayList", CopyOnWriteArrayList::new, CopyOnWriteArrayList.class);
        collection("HashSet", HashSet::new, HashSet.class);
        collection("LinkedHashSet", LinkedHashSet::new, LinkedHashSet.class);
        map("HashMap", HashMap::new, HashMap.class);
        map("LinkedHashMap", LinkedHashMap::new, LinkedHashMap.class);
        map("ConcurrentHashMap", ConcurrentHashMap::new, ConcurrentHashMap.class);
        map("EnumMap", JsonContainers::enumMap, EnumMap.class);
    }

    private static void immutable() {
        collection("Arrays.asList", (list) -> Arrays.asList(list.toArray()), Arrays.asList(1).getClass());
        collection("List.of", JsonContainers::listOf, List.of(1).getClass(), List.of(1, 2, 3).getClass());
        collection("Set.of", JsonContainers::setOf, Set.of(1).getClass(), Set.of(1, 2, 3).getClass());
        map("Map.of", JsonContainers::mapOf, Map.of(1, 1).getClass(), Map.of(1, 1, 2, 2).getClass());
        collection("emptyList", (list) -> Collections.emptyList(), Collections.emptyList().getClass());
        collection("emptySet", (list) -> Collections.emptySet(), Collections.emptySet().getClass());
        map("emptyMap", (map) -> Collections.emptyMap(), Collections.emptyMap().getClass());
        collection("singletonList", (list) -> Collections.singletonList(list.get(0)),
                Collections.singletonList(1).getClass());
        collection("singleton", (list) -> Collections.singleton(list.get(0)), Collections.singleton(1).getClass());
        collection("unmodifiableList", Collections::unmodifiableList,
                Collections.unmodifiableList(new ArrayList<>()).getClass());
        collection("unmodifiableSet", (list) -> Collections.unmodifiableSet(new LinkedHashSet<>(list)),
                Collections.unmodifiableSet(new HashSet<>()).getClass());
        map("unmodifiableMap", Collections::unmodifiableMap, Collections.unmodifiableMap(new HashMap<>()).getClass());
    }

    private static Object listOf(List<@Nullable Object> list) {
        // The list of a stream may have nulls, and is of the same class.
        return list.contains(null) ? list.stream().toList() : List.of(list.toArray());
    }

    private static Object setOf(List<@Nullable Object> list) {
        return Set.of(list.toArray());
    }

    private static Object mapOf(Map<@Nullable Object, @Nullable Object> map) {
        return Map.copyOf(map);
    }

    @SuppressWarnings({ "unchecked", "rawtypes" })
    private static Object enumMap(Map<@Nullable Object, @Nullable Object> map) {
        return new EnumMap((Map) map);
    }

    @SuppressWarnings("unchecked")
    private static void sorted() {
        sortedSet("TreeSet", TreeSet.class, (comparator) -> new TreeSet<>((Comparator<Object>) comparator));
        sortedSet("ConcurrentSkipListSet", ConcurrentSkipListSet.class,
                (comparator) -> new ConcurrentSkipListSet<>((Comparator<Object>) comparator));
        sortedMap("TreeMap", TreeMap.class, (comparator) -> new TreeMap<>((Comparator<Object>) comparator));
        sortedMap("ConcurrentSkipListMap", ConcurrentSkipListMap.class,
                (comparator) -> new ConcurrentSkipListMap<>((Comparator<Object>) comparator));
    }

    @SuppressWarnings("rawtypes") // as classes are
    private static void sortedSet(String tag, Class<? extends SortedSet> type,
            Function<@Nullable Comparator<?>, ? extends SortedSet<@Nullable Object>> make) {
        single(tag, type, (value) -> {
            List<@Nullable Object> parts = new ArrayList<>();
            parts.add(name(value.comparator()));
            parts.addAll((Collection<?>) value);
            return parts.toArray();
        }, (parts) -> {
            SortedSet<@Nullable Object> set = make.apply(comparator(parts));
            set.addAll(Arrays.asList(parts).subList(1, parts.length));
            return set;
        });
    }

    @SuppressWarnings("rawtypes") // as classes are
    private static void sortedMap(String tag, Class<? extends SortedMap> type,
            Function<@Nullable Comparator<?>, ? extends SortedMap<@Nullable Object, @Nullable Object>> make) {
        single(tag, type, (value) -> {
            List<@Nullable Object> parts = new ArrayList<>();
            parts.add(name(value.comparator()));
            ((Map<?, ?>) value).forEach((key, content) -> parts.addAll(Arrays.asList(key, content)));
            return parts.toArray();
        }, (parts) -> {
            SortedMap<@Nullable Object, @Nullable Object> map = make.apply(comparator(parts));
            put(map, parts, 1);
            return map;
        });
    }

    private static @Nullable String name(@Nullable Comparator<?> comparator) {
        if (comparator == null) {
            return null;
        }
        return COMPARATORS.entrySet()
            .stream()
            .filter((entry) -> entry.getValue() == comparator)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(
                    "with a " + comparator.getClass().getName() + " in it, which has no form in JSON"));
    }

    private static @Nullable Comparator<?> comparator(@Nullable Object[] parts) {
        if (parts[0] == null) {
            return null;
        }
        Comparator<?> comparator = COMPARATORS.get(parts[0].toString());
        if (comparator == null) {
            throw new IllegalArgumentException("JSON: a comparator (expected: one that is known)");
        }
        return comparator;
    }

    private static void put(Map<@Nullable Object, @Nullable Object> map, @Nullable Object[] parts, int from) {
        for (int i = from; i < parts.length; i += 2) {
            map.put(parts[i], parts[i + 1]);
        }
    }

    private static void collection(String tag, Function<List<@Nullable Object>, Object> make, Class<?>... types) {
        for (Class<?> type : types) {
            JsonKinds.add(new JsonKind.Parts(tag, (value) -> ((Collection<?>) value).toArray(),
                    (parts) -> make.apply(new ArrayList<>(Arrays.asList(parts)))), type);
        }
    }

    private static void map(String tag, Function<Map<@Nullable Object, @Nullable Object>, Object> make,
            Class<?>... types) {
        for (Class<?> type : types) {
            JsonKinds.add(new JsonKind.Parts(tag, (value) -> {
                List<@Nullable Object> parts = new ArrayList<>();
                ((Map<?, ?>) value).forEach((key, content) -> parts.addAll(Arrays.asList(key, content)));
                return parts.toArray();
            }, (parts) -> {
                Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                put(map, parts, 0);
                return make.apply(map);
            }), type);
        }
    }

    private static <T> void single(String tag, Class<T> type, Function<T, @Nullable Object[]> take,
            Function<@Nullable Object[], Object> make) {
        JsonKinds.add(new JsonKind.Parts(tag, (value) -> take.apply(type.cast(value)), make::apply), type);
    }

}
