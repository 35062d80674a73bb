package io.memlink.value;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Modifier;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.memlink.value.Kind.Layout;
import io.memlink.value.Kind.Sharing;
import org.jspecify.annotations.Nullable;

import static io.memlink.value.ValueNotReadableException.malformed;

/**
 * The collections and maps of the JDK, and what else has other objects in it. Views and
 * wrappers come back as equal collections of an ordinary kind.
 */
final class CollectionKinds {

    /** The immutable tables of the JDK get slow if many keys collide; larger ones do not. */
    private static final int MAX_PROBED = 128;

    private static final int MAX_CHAINED = 1000;

    private static final int LIST_OF = 91;

    private static final int LIST_WITH_NULLS = 92;

    private static final int SET_OF = 93;

    private static final int MAP_OF = 94;

    private static final String REVERSED = "java.util.Collections$ReverseComparator2";

    /** May be of an {@code IdentityHashMap}, of which nobody tells. */
    private static final Set<String> UNKNOWABLE = Set.of("java.util.Collections$SetFromMap",
            "java.util.Collections$SequencedSetFromMap");

    private CollectionKinds() {
    }

    static void register() {
        holders();
        lists();
        immutables();
        sets();
        maps();
        enums();
        wrappers();
    }

    private static void holders() {
        Kinds.register(Kind.of(76, Optional.class, Layout.VALUE, Sharing.CLOSED,
                (out, value) -> out.any(((Optional<?>) value).orElse(null)), (in, id) -> Optional.ofNullable(in.any())),
                Optional.class);
        Kinds.register(Kind.of(77, AtomicReference.class, Layout.VALUE, Sharing.OPEN,
                (out, value) -> out.any(value.get()), (in, id) -> {
                    AtomicReference<@Nullable Object> reference = in.made(id, new AtomicReference<>());
                    reference.set(in.any());
                    return reference;
                }), AtomicReference.class);
        pair(78, Map.Entry.class, Map::entry, Map.entry(1, 1).getClass());
        pair(79, AbstractMap.SimpleEntry.class, AbstractMap.SimpleEntry::new, AbstractMap.SimpleEntry.class);
        pair(80, AbstractMap.SimpleImmutableEntry.class, AbstractMap.SimpleImmutableEntry::new,
                AbstractMap.SimpleImmutableEntry.class);
    }

    private static void pair(int tag, Class<?> type, Pairing make, Class<?> actual) {
        Kinds.register(Kind.of(tag, type, Layout.PAIR, Sharing.CLOSED, (out, value) -> {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) value;
            out.any(entry.getKey());
            out.any(entry.getValue());
        }, (in, id) -> make.of(in.any(), in.any())), actual);
    }

    private interface Pairing {

        Object of(@Nullable Object key, @Nullable Object value);

    }

    private static void lists() {
        Kinds.register(Kind.of(81, ArrayList.class, Layout.ELEMENTS, Sharing.OPEN,
                (out, value) -> out.elements((Collection<?>) value), (in, id) -> {
                    int length = in.elements(1);
                    return in.elements(in.made(id, new ArrayList<@Nullable Object>(length)), length);
                }), ArrayList.class);
        list(82, LinkedList.class, LinkedList::new);
        list(83, Vector.class, Vector::new);
        list(84, Stack.class, Stack::new);
        list(85, ArrayDeque.class, ArrayDeque::new);
        list(86, ConcurrentLinkedQueue.class, ConcurrentLinkedQueue::new);
        list(87, ConcurrentLinkedDeque.class, ConcurrentLinkedDeque::new);
        made(88, CopyOnWriteArrayList.class, CopyOnWriteArrayList.class, CopyOnWriteArrayList::new);
        made(89, List.class, Arrays.asList(1).getClass(), Arrays::asList);
        Kinds.register(Kind.of(90, PriorityQueue.class, Layout.SORTED_ELEMENTS, Sharing.CLOSED, (out, value) -> {
            comparator(out, value.comparator());
            Object[] elements = value.toArray();
            out.size(elements.length);
            for (Object element : elements) {
                out.key(element);
            }
        }, (in, id) -> readQueue(in)), PriorityQueue.class);
    }

    private static PriorityQueue<@Nullable Object> readQueue(ValueReader in) {
        PriorityQueue<@Nullable Object> queue = new PriorityQueue<>(in.comparator());
        int length = in.elements(1);
        for (int i = 0; i < length; i++) {
            in.element(1);
            queue.add(in.key());
        }
        return queue;
    }

    private static <C extends Collection<?>> void list(int tag, Class<C> type,
            Supplier<Collection<@Nullable Object>> make) {
        Kinds.register(Kind.of(tag, type, Layout.ELEMENTS, Sharing.OPEN, (out, value) -> out.elements(value.toArray()),
                (in, id) -> in.elements(in.made(id, make.get()), in.elements(1))), type);
    }

    /** A collection that is made of its elements, once they are there. */
    private static Kind made(int tag, Class<?> type, Class<?> actual, Function<@Nullable Object[], Object> make) {
        return Kinds.register(Kind.of(tag, type, Layout.ELEMENTS, Sharing.CLOSED,
                (out, value) -> out.elements(((Collection<?>) value).toArray()), (in, id) -> make.apply(in.elements())),
                actual);
    }

    private static void immutables() {
        Kind list = Kinds.register(Kind.of(LIST_OF, List.class, Layout.ELEMENTS, Sharing.CLOSED,
                (out, value) -> out.elements((Collection<?>) value), (in, id) -> List.of(in.elements())));
        list.variant = Kinds.register(Kind.of(LIST_WITH_NULLS, List.class, Layout.ELEMENTS, Sharing.CLOSED,
                (out, value) -> out.elements(((Collection<?>) value).toArray()),
                (in, id) -> Stream.of(in.elements()).toList()));
        list.varies = CollectionKinds::allowsNulls;
        Kinds.register(Kind.of(SET_OF, Set.class, Layout.ELEMENTS, Sharing.CLOSED,
                (out, value) -> out.keys(((Collection<?>) value).toArray()), (in, id) -> {
                    Set<@Nullable Object> set = in.keys(new LinkedHashSet<>());
                    return (set.size() > MAX_PROBED) ? Collections.unmodifiableSet(set) : Set.of(set.toArray());
                }));
        Kinds.register(Kind.of(MAP_OF, Map.class, Layout.ENTRIES, Sharing.CLOSED,
                (out, value) -> out.entries((Map<?, ?>) value), (in, id) -> {
                    Map<@Nullable Object, @Nullable Object> map = in.entries(new LinkedHashMap<>());
                    return (map.size() > MAX_PROBED) ? Collections.unmodifiableMap(map) : Map.copyOf(map);
                }));
        constant(95, Collections.emptyList());
        constant(96, Collections.emptySet());
        constant(97, Collections.emptyMap());
        made(98, List.class, Collections.singletonList(1).getClass(),
                (elements) -> Collections.singletonList(only(elements)));
        Kinds.register(Kind.of(99, Set.class, Layout.ELEMENTS, Sharing.CLOSED,
                (out, value) -> out.keys(((Collection<?>) value).toArray()),
                (in, id) -> Collections.singleton(only(in.keys(new HashSet<>()).toArray()))),
                Collections.singleton(1).getClass());
        Kinds.register(Kind.of(100, Map.class, Layout.ENTRIES, Sharing.CLOSED,
                (out, value) -> out.entries((Map<?, ?>) value), (in, id) -> {
                    Map<@Nullable Object, @Nullable Object> map = in.entries(new HashMap<>());
                    Map.Entry<?, ?> entry = (Map.Entry<?, ?>) only(map.entrySet().toArray());
                    return Collections.singletonMap(entry.getKey(), entry.getValue());
                }), Collections.singletonMap(1, 1).getClass());
    }

    /** An immutable list copies itself if it may have nulls in it. */
    private static boolean allowsNulls(Object list) {
        try {
            return List.copyOf((List<?>) list) != list;
        }
        catch (NullPointerException ex) {
            return true;
        }
    }

    private static void constant(int tag, Object value) {
        Kinds.register(Kind.leaf(tag, Object.class, (out, each) -> {
        }, (in, id) -> value), value.getClass());
    }

    private static Object only(@Nullable Object[] elements) {
        if (elements.length != 1) {
            throw malformed(elements.length + " elements (expected: 1)");
        }
        return elements[0];
    }

    private static void sets() {
        set(101, HashSet.class, HashSet::new);
        set(102, LinkedHashSet.class, LinkedHashSet::new);
        set(103, ConcurrentHashMap.KeySetView.class, ConcurrentHashMap::newKeySet);
        Kinds.register(Kind.of(104, CopyOnWriteArraySet.class, Layout.ELEMENTS, Sharing.CLOSED,
                (out, value) -> out.keys(value.toArray()),
                (in, id) -> new CopyOnWriteArraySet<>(in.keys(new LinkedHashSet<>()))), CopyOnWriteArraySet.class);
        sortedSet(105, TreeSet.class, TreeSet::new);
        sortedSet(106, ConcurrentSkipListSet.class, ConcurrentSkipListSet::new);
    }

    private static <C extends Collection<?>> void set(int tag, Class<C> type,
            Supplier<Collection<@Nullable Object>> make) {
        Kinds.register(Kind.of(tag, type, Layout.ELEMENTS, Sharing.OPEN,
                (Kind.Writing<Collection<?>>) (out, value) -> out.keys(value.toArray()),
                (in, id) -> in.keys(in.made(id, make.get()))), type);
    }

    private static <C extends SortedSet<?>> void sortedSet(int tag, Class<C> type,
            Function<@Nullable Comparator<@Nullable Object>, Collection<@Nullable Object>> make) {
        Kinds.register(Kind.of(tag, type, Layout.SORTED_ELEMENTS, Sharing.OPEN,
                (Kind.Writing<SortedSet<?>>) CollectionKinds::writeSorted, (in, id) -> in.keys(in.made(id, make.apply(in.comparator())))), type);
    }

    private static void maps() {
        map(107, HashMap.class, HashMap::new);
        map(108, LinkedHashMap.class, LinkedHashMap::new);
        map(109, ConcurrentHashMap.class, ConcurrentHashMap::new);
        Kinds.register(Kind.of(110, Hashtable.class, Layout.ENTRIES, Sharing.OPEN, (out, value) -> {
            if (value.size() > MAX_CHAINED) {
                throw ValueNotSupportedException.of(Hashtable.class, "of more than " + MAX_CHAINED + " keys",
                        "a HashMap");
            }
            out.entries(value);
        }, (in, id) -> in.entries(in.made(id, new Hashtable<>()), MAX_CHAINED)), Hashtable.class);
        Kinds.register(Kind.of(111, Properties.class, Layout.ENTRIES, Sharing.OPEN, (out, value) -> {
            if (value.stringPropertyNames().size() != value.size()) {
                throw ValueNotSupportedException.of(Properties.class, "with defaults, or with what is no text",
                        "a map of texts");
            }
            out.entries(value);
        }, (in, id) -> in.entries(in.made(id, new Properties()))), Properties.class);
        sortedMap(112, TreeMap.class, TreeMap::new);
        sortedMap(113, ConcurrentSkipListMap.class, ConcurrentSkipListMap::new);
    }

    private static <M extends Map<?, ?>> void map(int tag, Class<M> type,
            Supplier<Map<@Nullable Object, @Nullable Object>> make) {
        Kinds.register(Kind.of(tag, type, Layout.ENTRIES, Sharing.OPEN,
                (Kind.Writing<Map<?, ?>>) (out, value) -> out.entries(value),
                (in, id) -> in.entries(in.made(id, make.get()))), type);
    }

    private static <M extends SortedMap<?, ?>> void sortedMap(int tag, Class<M> type,
            Function<@Nullable Comparator<@Nullable Object>, Map<@Nullable Object, @Nullable Object>> make) {
        Kinds.register(Kind.of(tag, type, Layout.SORTED_ENTRIES, Sharing.OPEN,
                (Kind.Writing<SortedMap<?, ?>>) CollectionKinds::writeSorted, (in, id) -> in.entries(in.made(id, make.apply(in.comparator())))), type);
    }

    private static void enums() {
        Kinds.register(Kind.of(114, EnumSet.class, Layout.ENUM_SET, Sharing.OPEN, (out, value) -> {
            Object[] constants = value.toArray();
            out.type(elementType(value, constants));
            out.size(constants.length);
            for (Object constant : constants) {
                out.text(((Enum<?>) constant).name());
            }
        }, (in, id) -> readEnumSet(in, id)), EnumSet.noneOf(Layout.class).getClass());
        Kinds.register(Kind.of(115, EnumMap.class, Layout.ENUM_MAP, Sharing.OPEN, (out, value) -> {
            Map<?, ?> map = (Map<?, ?>) value;
            Object[] constants = map.keySet().toArray();
            out.type(elementType(value, constants));
            out.size(constants.length);
            for (Object constant : constants) {
                out.text(((Enum<?>) constant).name());
                out.field(map.get(constant), ((Enum<?>) constant).name());
            }
        }, (in, id) -> readEnumMap(in, id)), EnumMap.class);
    }

    private static Class<?> elementType(Object value, Object[] constants) {
        if (constants.length > 0) {
            return ((Enum<?>) constants[0]).getDeclaringClass();
        }
        return EnumTypeProbe.elementType(value);
    }

    @SuppressWarnings({ "unchecked", "rawtypes" })
    private static Object readEnumSet(ValueReader in, int id) {
        ClassDescriptor type = in.anyEnumType();
        EnumSet set = in.made(id, EnumSet.noneOf((Class) type.type));
        int length = in.size(1);
        for (int i = 0; i < length; i++) {
            if (!set.add(in.constant(type))) {
                throw malformed("a constant that is there twice");
            }
        }
        return set;
    }

    @SuppressWarnings({ "unchecked", "rawtypes" })
    private static Object readEnumMap(ValueReader in, int id) {
        ClassDescriptor type = in.anyEnumType();
        EnumMap map = in.made(id, new EnumMap((Class) type.type));
        int length = in.elements(2);
        for (int i = 0; i < length; i++) {
            in.element(2);
            Enum constant = in.constant(type);
            if (map.containsKey(constant)) {
                throw malformed("a constant that is there twice");
            }
            map.put(constant, in.any());
        }
        return map;
    }

    /** Finds out of what enum an empty collection is: it is said when it is serialized. */
    private static final class EnumTypeProbe extends ObjectOutputStream {

        private @Nullable Class<?> found;

        EnumTypeProbe() throws IOException {
            super(OutputStream.nullOutputStream());
        }

        static Class<?> elementType(Object value) {
            try (EnumTypeProbe probe = new EnumTypeProbe()) {
                probe.writeObject(value);
                Class<?> found = probe.found;
                if (found != null) {
                    return found;
                }
            }
            catch (IOException ex) {
                // Said below.
            }
            throw ValueNotSupportedException.of(value.getClass(), "which is empty, and does not say of what",
                    "another collection");
        }

        @Override
        protected void annotateClass(Class<?> type) {
            if (type.isEnum()) {
                this.found = type;
            }
        }

    }

    private static void wrappers() {
        made(116, Collection.class, Collections.unmodifiableCollection(new ArrayList<>()).getClass(),
                (elements) -> Collections.unmodifiableCollection(new ArrayList<>(Arrays.asList(elements))));
        made(117, List.class, Collections.unmodifiableList(new ArrayList<>()).getClass(),
                (elements) -> Collections.unmodifiableList(new ArrayList<>(Arrays.asList(elements))));
        wrappedSet(118, Collections.unmodifiableSet(new HashSet<>()).getClass(), Collections::unmodifiableSet);
        wrappedSortedSet(119, Collections::unmodifiableNavigableSet);
        wrappedMap(120, Collections.unmodifiableMap(new HashMap<>()).getClass(), Collections::unmodifiableMap);
        wrappedSortedMap(121, Collections::unmodifiableNavigableMap);
        made(122, Collection.class, Collections.synchronizedCollection(new ArrayList<>()).getClass(),
                (elements) -> Collections.synchronizedCollection(new ArrayList<>(Arrays.asList(elements))));
        made(123, List.class, Collections.synchronizedList(new ArrayList<>()).getClass(),
                (elements) -> Collections.synchronizedList(new ArrayList<>(Arrays.asList(elements))));
        wrappedSet(124, Collections.synchronizedSet(new HashSet<>()).getClass(), Collections::synchronizedSet);
        wrappedSortedSet(125, Collections::synchronizedNavigableSet);
        wrappedMap(126, Collections.synchronizedMap(new HashMap<>()).getClass(), Collections::synchronizedMap);
        wrappedSortedMap(127, Collections::synchronizedNavigableMap);
    }

    private static void wrappedSet(int tag, Class<?> actual,
            Function<Set<@Nullable Object>, Set<@Nullable Object>> wrap) {
        Kinds.register(Kind.of(tag, Set.class, Layout.ELEMENTS, Sharing.CLOSED,
                (out, value) -> out.keys(value.toArray()), (in, id) -> wrap.apply(in.keys(new LinkedHashSet<>()))),
                actual);
    }

    private static void wrappedMap(int tag, Class<?> actual,
            Function<Map<@Nullable Object, @Nullable Object>, Map<@Nullable Object, @Nullable Object>> wrap) {
        Kinds.register(
                Kind.of(tag, Map.class, Layout.ENTRIES, Sharing.CLOSED, (out, value) -> out.entries(value),
                        (in, id) -> wrap.apply(in.entries(new LinkedHashMap<>()))),
                actual);
    }

    private static void wrappedSortedSet(int tag,
            Function<NavigableSet<@Nullable Object>, NavigableSet<@Nullable Object>> wrap) {
        Kinds.register(Kind.of(tag, SortedSet.class, Layout.SORTED_ELEMENTS, Sharing.CLOSED,
                CollectionKinds::writeSorted, (in, id) -> wrap.apply(in.keys(new TreeSet<>(in.comparator())))));
    }

    private static void wrappedSortedMap(int tag,
            Function<NavigableMap<@Nullable Object, @Nullable Object>, NavigableMap<@Nullable Object, @Nullable Object>> wrap) {
        Kinds.register(Kind.of(tag, SortedMap.class, Layout.SORTED_ENTRIES, Sharing.CLOSED,
                CollectionKinds::writeSorted, (in, id) -> wrap.apply(in.entries(new TreeMap<>(in.comparator())))));
    }

    private static void writeSorted(ValueWriter out, SortedSet<?> value) {
        Comparator<?> comparator = value.comparator();
        comparator(out, comparator);
        out.sortedKeys(value.toArray(), comparator);
    }

    private static void writeSorted(ValueWriter out, SortedMap<?, ?> value) {
        Comparator<?> comparator = value.comparator();
        comparator(out, comparator);
        out.sortedEntries(value, comparator);
    }

    private static void comparator(ValueWriter out, @Nullable Comparator<?> comparator) {
        Comparator<?> inner = (comparator != null && comparator.getClass().getName().equals(REVERSED))
                ? comparator.reversed() : null;
        if (comparator == null) {
            out.u8(0);
        }
        else if (comparator == Comparator.naturalOrder()) {
            out.u8(1);
        }
        else if (comparator == Comparator.reverseOrder()) {
            out.u8(2);
        }
        else if (comparator == String.CASE_INSENSITIVE_ORDER) {
            out.u8(3);
        }
        else if (inner != null) {
            out.u8(4);
            comparator(out, inner);
        }
        else if (comparator.getClass().getName().startsWith("java.")) {
            throw ValueNotSupportedException.of(comparator.getClass(), "a comparator that is not known",
                    "natural or reverse order, String.CASE_INSENSITIVE_ORDER, or a trusted class or enum");
        }
        else {
            out.u8(5);
            out.key(comparator);
        }
    }

    @SuppressWarnings("unchecked")
    static @Nullable Comparator<@Nullable Object> comparator(ValueReader in, int depth) {
        Object comparator = switch (in.u8()) {
            case 0 -> null;
            case 1 -> Comparator.naturalOrder();
            case 2 -> Comparator.reverseOrder();
            case 3 -> String.CASE_INSENSITIVE_ORDER;
            case 4 -> (depth < 3) ? Collections.reverseOrder(comparator(in, depth + 1)) : "";
            case 5 -> in.key();
            default -> "";
        };
        if (comparator != null && !(comparator instanceof Comparator)) {
            throw malformed("a comparator (expected: one that is known)");
        }
        return (Comparator<@Nullable Object>) comparator;
    }

    /** What an object of a class of the JDK comes back as that is a view or a wrapper. */
    static @Nullable Kind ordinary(Class<?> type) {
        String name = type.getName();
        if (Modifier.isPublic(type.getModifiers()) || !name.startsWith("java.util.") || UNKNOWABLE.contains(name)
                || name.startsWith("java.util.IdentityHashMap$")) {
            return null;
        }
        if (name.startsWith("java.util.ImmutableCollections$")) {
            return Kinds.of(List.class.isAssignableFrom(type) ? LIST_OF : Set.class.isAssignableFrom(type) ? SET_OF : MAP_OF);
        }
        if (name.startsWith("java.util.Collections$Unmodifiable")) {
            return choose(type, 116, 117, 118, 119, 120, 121);
        }
        if (name.startsWith("java.util.Collections$Synchronized")) {
            return choose(type, 122, 123, 124, 125, 126, 127);
        }
        if (Map.Entry.class.isAssignableFrom(type)) {
            return Kinds.of(80);
        }
        return Queue.class.isAssignableFrom(type) ? null : choose(type, 81, 81, 102, 105, 108, 112);
    }

    private static @Nullable Kind choose(Class<?> type, int collection, int list, int set, int sortedSet, int map,
            int sortedMap) {
        if (SortedMap.class.isAssignableFrom(type)) {
            return Kinds.of(sortedMap);
        }
        if (Map.class.isAssignableFrom(type)) {
            return Kinds.of(map);
        }
        if (SortedSet.class.isAssignableFrom(type)) {
            return Kinds.of(sortedSet);
        }
        if (Set.class.isAssignableFrom(type)) {
            return Kinds.of(set);
        }
        if (List.class.isAssignableFrom(type)) {
            return Kinds.of(list);
        }
        return Collection.class.isAssignableFrom(type) ? Kinds.of(collection) : null;
    }

}
