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

import io.memlink.spring.json.JsonKind.Keys;
import org.jspecify.annotations.Nullable;

/**
 * The collections and maps that have a form in JSON: their elements, or their keys and
 * values in turns; what orders the sorted ones comes before.
 */
final class JsonContainers {

    private static final Map<String, Comparator<?>> COMPARATORS = Map.of("natural order", Comparator.naturalOrder(),
            "reverse order", Comparator.reverseOrder(), "case-insensitive order", String.CASE_INSENSITIVE_ORDER);

    /** The value format makes other tables of larger ones. */
    private static final int MAX_PROBED = 128;

    private static final boolean FIXED = true;

    private static final boolean CHANGEABLE = false;

    private JsonContainers() {
    }

    static void register() {
        mutable();
        immutable();
        sorted();
        single("Optional", FIXED, Keys.NONE, Optional.class,
                (value) -> value.isPresent() ? new Object[] { value.get() } : new Object[0],
                (parts) -> (parts.length == 0) ? Optional.empty() : Optional.of(only(parts)));
        single("AtomicReference", CHANGEABLE, Keys.NONE, AtomicReference.class,
                (value) -> new @Nullable Object[] { value.get() },
                (parts) -> new AtomicReference<@Nullable Object>(parts[0]));
        single("SimpleEntry", CHANGEABLE, Keys.NONE, AbstractMap.SimpleEntry.class,
                (value) -> new @Nullable Object[] { value.getKey(), value.getValue() },
                (parts) -> new AbstractMap.SimpleEntry<>(parts[0], parts[1]));
        single("SimpleImmutableEntry", FIXED, Keys.NONE, AbstractMap.SimpleImmutableEntry.class,
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
        list("ArrayList", CHANGEABLE, ArrayList::new, ArrayList.class);
        list("LinkedList", CHANGEABLE, LinkedList::new, LinkedList.class);
        list("Vector", CHANGEABLE, Vector::new, Vector.class);
        list("ArrayDeque", CHANGEABLE, ArrayDeque::new, ArrayDeque.class);
        list("ConcurrentLinkedQueue", CHANGEABLE, ConcurrentLinkedQueue::new, ConcurrentLinkedQueue.class);
        list("ConcurrentLinkedDeque", CHANGEABLE, ConcurrentLinkedDeque::new, ConcurrentLinkedDeque.class);
        list("Arrays.asList", CHANGEABLE, (list) -> Arrays.asList(list.toArray()), Arrays.asList(1).getClass());
        list("CopyOnWriteArrayList", CHANGEABLE, CopyOnWriteArrayList::new, CopyOnWriteArrayList.class);
        set("HashSet", CHANGEABLE, HashSet::new, HashSet.class);
        set("LinkedHashSet", CHANGEABLE, LinkedHashSet::new, LinkedHashSet.class);
        map("HashMap", CHANGEABLE, HashMap::new, HashMap.class);
        map("LinkedHashMap", CHANGEABLE, LinkedHashMap::new, LinkedHashMap.class);
        map("ConcurrentHashMap", CHANGEABLE, ConcurrentHashMap::new, ConcurrentHashMap.class);
        map("EnumMap", CHANGEABLE, JsonContainers::enumMap, EnumMap.class);
    }

    private static void immutable() {
        list("List.of", FIXED, JsonContainers::listOf, List.of(1).getClass(), List.of(1, 2, 3).getClass());
        set("Set.of", FIXED, JsonContainers::setOf, Set.of(1).getClass(), Set.of(1, 2, 3).getClass());
        map("Map.of", FIXED, JsonContainers::mapOf, Map.of(1, 1).getClass(), Map.of(1, 1, 2, 2).getClass());
        list("emptyList", FIXED, (list) -> Collections.emptyList(), Collections.emptyList().getClass());
        set("emptySet", FIXED, (list) -> Collections.emptySet(), Collections.emptySet().getClass());
        map("emptyMap", FIXED, (map) -> Collections.emptyMap(), Collections.emptyMap().getClass());
        list("singletonList", FIXED, (list) -> Collections.singletonList(list.get(0)),
                Collections.singletonList(1).getClass());
        set("singleton", FIXED, (list) -> Collections.singleton(list.get(0)), Collections.singleton(1).getClass());
        list("unmodifiableList", FIXED, Collections::unmodifiableList,
                Collections.unmodifiableList(new ArrayList<>()).getClass());
        set("unmodifiableSet", FIXED, (list) -> Collections.unmodifiableSet(new LinkedHashSet<>(list)),
                Collections.unmodifiableSet(new HashSet<>()).getClass());
        map("unmodifiableMap", FIXED, Collections::unmodifiableMap,
                Collections.unmodifiableMap(new HashMap<>()).getClass());
    }

    private static Object listOf(List<@Nullable Object> list) {
        // The list of a stream may have nulls, and is of the same class.
        return list.contains(null) ? list.stream().toList() : List.of(list.toArray());
    }

    /** Whether a table is one of the immutable ones, which get slow if keys collide. */
    static boolean isProbed(JsonKind.Parts kind) {
        return kind.tag().equals("Set.of") || kind.tag().equals("Map.of");
    }

    private static void requireFew(int keys) {
        if (keys > MAX_PROBED) {
            throw new IllegalArgumentException("JSON: an immutable table (expected: at most " + MAX_PROBED + " keys)");
        }
    }

    private static Object setOf(List<@Nullable Object> list) {
        requireFew(list.size());
        return Set.of(list.toArray());
    }

    private static Object mapOf(Map<@Nullable Object, @Nullable Object> map) {
        requireFew(map.size());
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
        single(tag, CHANGEABLE, Keys.ALL, type, (value) -> {
            List<@Nullable Object> parts = new ArrayList<>();
            parts.add(name(value.comparator()));
            parts.addAll((Collection<?>) value);
            return parts.toArray();
        }, (parts) -> {
            SortedSet<@Nullable Object> set = make.apply(comparator(parts));
            set.addAll(Arrays.asList(parts).subList(1, parts.length));
            requireAll(set.size(), parts.length - 1);
            return set;
        });
    }

    @SuppressWarnings("rawtypes") // as classes are
    private static void sortedMap(String tag, Class<? extends SortedMap> type,
            Function<@Nullable Comparator<?>, ? extends SortedMap<@Nullable Object, @Nullable Object>> make) {
        single(tag, CHANGEABLE, Keys.ODD, type, (value) -> {
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
        requireAll(map.size(), (parts.length - from) / 2);
    }

    /** Keys may have become equal, since their classes compare them otherwise now. */
    private static void requireAll(int there, int expected) {
        if (there != expected) {
            throw new IllegalArgumentException("JSON: keys that are equal (expected: each once)");
        }
    }

    private static void list(String tag, boolean isFixed, Function<List<@Nullable Object>, Object> make,
            Class<?>... types) {
        collection(tag, isFixed, Keys.NONE, make, types);
    }

    private static void set(String tag, boolean isFixed, Function<List<@Nullable Object>, Object> make,
            Class<?>... types) {
        collection(tag, isFixed, Keys.ALL, make, types);
    }

    private static void collection(String tag, boolean isFixed, Keys keys,
            Function<List<@Nullable Object>, Object> make, Class<?>... types) {
        JsonKind.Parts kind = new JsonKind.Parts(tag, isFixed, keys, (value) -> ((Collection<?>) value).toArray(),
                (parts) -> {
                    Collection<?> made = (Collection<?>) make.apply(new ArrayList<>(Arrays.asList(parts)));
                    requireAll(made.size(), parts.length);
                    return made;
                });
        for (Class<?> type : types) {
            JsonKinds.add(kind, type);
        }
    }

    private static void map(String tag, boolean isFixed, Function<Map<@Nullable Object, @Nullable Object>, Object> make,
            Class<?>... types) {
        JsonKind.Parts kind = new JsonKind.Parts(tag, isFixed, Keys.EVEN, (value) -> {
            List<@Nullable Object> parts = new ArrayList<>();
            ((Map<?, ?>) value).forEach((key, content) -> parts.addAll(Arrays.asList(key, content)));
            return parts.toArray();
        }, (parts) -> {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            put(map, parts, 0);
            Map<?, ?> made = (Map<?, ?>) make.apply(map);
            requireAll(made.size(), map.size());
            return made;
        });
        for (Class<?> type : types) {
            JsonKinds.add(kind, type);
        }
    }

    private static <T> void single(String tag, boolean isFixed, Keys keys, Class<T> type,
            Function<T, @Nullable Object[]> take, Function<@Nullable Object[], Object> make) {
        JsonKinds.add(new JsonKind.Parts(tag, isFixed, keys, (value) -> take.apply(type.cast(value)), make::apply),
                type);
    }

}
