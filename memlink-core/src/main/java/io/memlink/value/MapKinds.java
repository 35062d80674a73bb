package io.memlink.value;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.memlink.value.KeyRules.Search;
import io.memlink.value.Kind.Layout;
import io.memlink.value.Kind.Sharing;
import org.jspecify.annotations.Nullable;

import static io.memlink.value.ValueNotReadableException.malformed;

/**
 * The maps of the JDK and their entries, and the sets and maps of the constants of an
 * enum.
 */
final class MapKinds {

    static final int IMMUTABLE_ENTRY = 80;

    static final int MAP_OF = 94;

    static final int LINKED_HASH_MAP = 108;

    static final int LINKED_HASH_MAP_BY_ACCESS = 74;

    static final int TREE_MAP = 112;

    static final int SKIP_LIST_MAP = 113;

    static final int ENUM_SET = 114;

    static final int UNMODIFIABLE_MAP = 120;

    static final int SYNCHRONIZED_MAP = 126;

    private static final @Nullable Object[] NONE = {};

    /** Hashtables get slow if many keys collide, whatever they are. */
    private static final int MAX_CHAINED = 1000;

    private static final Class<?> SYNCHRONIZED = Collections.synchronizedMap(new HashMap<>()).getClass();

    private MapKinds() {
    }

    static void register() {
        entries();
        maps();
        immutables();
        sortedMaps();
        enums();
    }

    private static void entries() {
        entry(78, "Map.entry", Map::entry, Map.entry(1, 1).getClass());
        entry(79, "SimpleEntry", AbstractMap.SimpleEntry::new, AbstractMap.SimpleEntry.class);
        entry(IMMUTABLE_ENTRY, "SimpleImmutableEntry", AbstractMap.SimpleImmutableEntry::new,
                AbstractMap.SimpleImmutableEntry.class);
    }

    private static void entry(int tag, String name,
            BiFunction<@Nullable Object, @Nullable Object, Map.Entry<?, ?>> make, Class<?> type) {
        Kind.register(tag, name, Layout.PAIR, Sharing.CLOSED, (ValueWriter out, Map.Entry<?, ?> value) -> {
            out.any(value.getKey());
            out.any(value.getValue());
        }, (in, id) -> make.apply(in.any(), in.any()), type);
    }

    private static void maps() {
        map(107, "HashMap", HashMap::new, HashMap.class);
        Kind byAccess = map(LINKED_HASH_MAP_BY_ACCESS, "LinkedHashMap in order of access",
                () -> new LinkedHashMap<>(16, 0.75f, true))
            .makes(new LinkedHashMap<>());
        map(LINKED_HASH_MAP, "LinkedHashMap", LinkedHashMap::new, LinkedHashMap.class)
            .orElse(MapKinds::isInOrderOfAccess, byAccess);
        // Going through one that changes may show a key twice; a copy has it once.
        Kind.register(109, "ConcurrentHashMap", Layout.ENTRIES, Sharing.OPEN,
                (ValueWriter out, ConcurrentHashMap<?, ?> value) -> write(out, new HashMap<>(value)),
                (in, id) -> read(in, in.made(id, new ConcurrentHashMap<>())), ConcurrentHashMap.class);
        Kind.register(110, "Hashtable", Layout.ENTRIES, Sharing.OPEN, (ValueWriter out, Hashtable<?, ?> value) -> {
            Map.Entry<?, ?>[] entries = locked(value);
            if (entries.length > MAX_CHAINED) {
                throw ValueNotSupportedException.of(Hashtable.class, "of more than " + MAX_CHAINED + " keys",
                        "a HashMap");
            }
            KeyRules.requireDistinct(writeEntries(out, value, entries, Search.CHAINS));
        }, (in, id) -> read(in, in.made(id, new Hashtable<>()), MAX_CHAINED, Search.CHAINS), Hashtable.class);
        Kind.register(111, "Properties", Layout.ENTRIES, Sharing.OPEN, (ValueWriter out, Properties value) -> {
            Map.Entry<?, ?>[] entries;
            synchronized (value) {
                entries = locked(value);
                if (value.stringPropertyNames().size() != entries.length) {
                    throw ValueNotSupportedException.of(Properties.class, "with defaults, or with what is no text",
                            "a map of texts");
                }
            }
            KeyRules.requireDistinct(writeEntries(out, value, entries, Search.TREES));
        }, (in, id) -> read(in, in.made(id, new Properties())), Properties.class);
    }

    private static Kind map(int tag, String name, Supplier<Map<@Nullable Object, @Nullable Object>> make,
            Class<?>... types) {
        return Kind.register(tag, name, Layout.ENTRIES, Sharing.OPEN, MapKinds::write,
                (in, id) -> read(in, in.made(id, make.get())), types);
    }

    /** Reading an entry shows the order; of a copy, since that changes it. */
    @SuppressWarnings("unchecked")
    private static boolean isInOrderOfAccess(Object value) {
        if (value.getClass() != LinkedHashMap.class) {
            return false;
        }
        LinkedHashMap<@Nullable Object, @Nullable Object> copy = (LinkedHashMap<@Nullable Object, @Nullable Object>) ((LinkedHashMap<@Nullable Object, @Nullable Object>) value)
            .clone();
        for (int i = 0; copy.size() < 2; i++) {
            copy.put(i, i);
        }
        Object first = copy.keySet().iterator().next();
        copy.get(first);
        return copy.keySet().iterator().next() != first;
    }

    private static void write(ValueWriter out, Map<?, ?> value) {
        KeyRules.requireDistinct(writeEntries(out, value, Search.TREES));
    }

    private static void writeProbed(ValueWriter out, Map<?, ?> value) {
        KeyRules.requireDistinct(writeEntries(out, value, Search.PROBES));
    }

    private static void writeSorted(ValueWriter out, Map<?, ?> value) {
        Comparator<?> comparator = Foreign.Wrapper.comparator(value);
        out.comparator(comparator);
        KeyRules.requireAscending(writeEntries(out, value, null), comparator);
    }

    /**
     * The entries that a table has at one moment, which its lock holds. Copies, since the
     * entries of some are given other keys later.
     */
    @SuppressWarnings("SynchronizationOnLocalVariableOrMethodParameter")
    private static Map.Entry<?, ?>[] locked(Map<?, ?> table) {
        synchronized (table) {
            return table.entrySet().stream().map(AbstractMap.SimpleImmutableEntry::new).toArray(Map.Entry<?, ?>[]::new);
        }
    }

    /** Writes the entries of a map that finds its keys by a hash code, or by an order. */
    private static @Nullable Object[] writeEntries(ValueWriter out, Map<?, ?> map, @Nullable Search search) {
        return writeEntries(out, map,
                SYNCHRONIZED.isInstance(map) ? locked(map) : map.entrySet().toArray(new Map.Entry<?, ?>[0]), search);
    }

    private static @Nullable Object[] writeEntries(ValueWriter out, Map<?, ?> map, Map.Entry<?, ?>[] content,
            @Nullable Search search) {
        Map.Entry<?, ?>[] entries = out.comparable(map, content, Map.Entry::getKey);
        @Nullable Object[] keys = new @Nullable Object[entries.length];
        out.size(entries.length);
        KeyRules rules = (search != null) ? new KeyRules(entries.length, search) : null;
        for (int i = 0; i < entries.length; i++) {
            long before = out.weight();
            keys[i] = entries[i].getKey();
            out.key(keys[i]);
            if (rules != null) {
                out.place(rules, keys[i], before);
            }
            else {
                out.order(keys[i], entries.length);
            }
            out.value(entries[i].getValue());
        }
        return keys;
    }

    private static <M extends Map<@Nullable Object, @Nullable Object>> M read(ValueReader in, M into) {
        return read(in, into, Integer.MAX_VALUE, Search.TREES);
    }

    private static <M extends Map<@Nullable Object, @Nullable Object>> M read(ValueReader in, M into, int most,
            Search search) {
        int length = in.elements(2);
        if (length > most) {
            throw malformed(length + " keys (expected: at most " + most + ")");
        }
        KeyRules rules = new KeyRules(length,
                (search == Search.PROBES && length > CollectionKinds.MAX_PROBED) ? Search.TREES : search);
        for (int i = 0; i < length; i++) {
            in.element(2);
            long before = in.weight();
            Object key = in.key();
            in.place(rules, key, before);
            into.put(key, in.any());
        }
        return requireSize(into, length);
    }

    private static <M extends NavigableMap<@Nullable Object, @Nullable Object>> M readSorted(ValueReader in, M into) {
        int length = in.elements(2);
        @Nullable Object[] keys = NONE;
        for (int i = 0; i < length; i++) {
            in.element(2);
            Object key = in.key();
            in.order(key, length);
            into.put(key, in.any());
            if (i == 0 && !KeyRules.isConsistent(key, into.comparator())) {
                keys = new @Nullable Object[length];
            }
            if (keys.length > 0) {
                keys[i] = key;
            }
        }
        if (keys.length > 0 && !KeyRules.isOrdered(keys, into.keySet(), into.comparator())) {
            throw malformed("keys whose order contradicts itself");
        }
        return requireSize(into, length);
    }

    private static <M extends Map<?, ?>> M requireSize(M map, int length) {
        if (map.size() != length) {
            throw malformed("a key that is there twice");
        }
        return map;
    }

    private static void immutables() {
        Kind large = wrapped(UNMODIFIABLE_MAP, "unmodifiableMap", Collections::unmodifiableMap);
        Kind.register(MAP_OF, "Map.of", Layout.ENTRIES, Sharing.CLOSED, MapKinds::writeProbed, (in, id) -> {
            Map<@Nullable Object, @Nullable Object> map = read(in, new LinkedHashMap<>(), Integer.MAX_VALUE,
                    Search.PROBES);
            return (map.size() > CollectionKinds.MAX_PROBED) ? Collections.unmodifiableMap(map) : Map.copyOf(map);
        }).makes(Map.of()).orElse((map) -> ((Map<?, ?>) map).size() > CollectionKinds.MAX_PROBED, large);
        Kind.register(100, "Collections.singletonMap", Layout.ENTRIES, Sharing.CLOSED, MapKinds::write, (in, id) -> {
            Map<@Nullable Object, @Nullable Object> map = read(in, new HashMap<>());
            Object key = CollectionKinds.only(map.keySet().toArray());
            return Collections.singletonMap(key, map.get(key));
        }, Collections.singletonMap(1, 1).getClass());
        wrapped(SYNCHRONIZED_MAP, "synchronizedMap", Collections::synchronizedMap);
    }

    private static Kind wrapped(int tag, String name, UnaryOperator<Map<@Nullable Object, @Nullable Object>> wrap) {
        return Kind
            .register(tag, name, Layout.ENTRIES, Sharing.CLOSED, MapKinds::write,
                    (in, id) -> wrap.apply(read(in, new LinkedHashMap<>())))
            .makes(wrap.apply(new LinkedHashMap<>()));
    }

    private static void sortedMaps() {
        sortedMap(TREE_MAP, TreeMap.class, TreeMap::new);
        sortedMap(SKIP_LIST_MAP, ConcurrentSkipListMap.class, ConcurrentSkipListMap::new);
        wrappedSorted(121, "unmodifiableSortedMap", Collections::unmodifiableNavigableMap);
        wrappedSorted(127, "synchronizedSortedMap", Collections::synchronizedNavigableMap);
    }

    private static void sortedMap(int tag, Class<?> type,
            Function<@Nullable Comparator<@Nullable Object>, NavigableMap<@Nullable Object, @Nullable Object>> make) {
        Kind.register(tag, type.getSimpleName(), Layout.SORTED_ENTRIES, Sharing.OPEN, MapKinds::writeSorted,
                (in, id) -> readSorted(in, in.made(id, make.apply(in.comparator()))), type);
    }

    private static void wrappedSorted(int tag, String name,
            UnaryOperator<NavigableMap<@Nullable Object, @Nullable Object>> wrap) {
        Kind.register(tag, name, Layout.SORTED_ENTRIES, Sharing.CLOSED, MapKinds::writeSorted,
                (in, id) -> wrap.apply(readSorted(in, new TreeMap<>(in.comparator()))))
            .makes(wrap.apply(new TreeMap<>()));
    }

    private static void enums() {
        EnumSet<Layout> some = EnumSet.noneOf(Layout.class);
        Kind.register(ENUM_SET, "EnumSet", Layout.ENUM_SET, Sharing.OPEN, (ValueWriter out, EnumSet<?> value) -> {
            Object[] constants = value.toArray();
            out.type((constants.length > 0) ? typeOf(constants[0]) : EmptyEnums.elementType(value));
            out.size(constants.length);
            for (Object constant : constants) {
                out.text(((Enum<?>) constant).name());
            }
        }, MapKinds::readEnumSet, some.getClass());
        Kind.register(115, "EnumMap", Layout.ENUM_MAP, Sharing.OPEN, (ValueWriter out, EnumMap<?, ?> value) -> {
            Object[] constants = value.keySet().toArray();
            Class<?> type = (constants.length > 0) ? typeOf(constants[0]) : EmptyEnums.elementType(value);
            out.type(type);
            out.slots(type);
            out.size(constants.length);
            for (Object constant : constants) {
                out.text(((Enum<?>) constant).name());
                out.field(value.get(constant), ((Enum<?>) constant).name(), Object.class);
            }
        }, MapKinds::readEnumMap, EnumMap.class);
    }

    private static Class<?> typeOf(Object constant) {
        return ((Enum<?>) constant).getDeclaringClass();
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
        in.slots(type.constants().count());
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

    /**
     * Enums whose constants an empty set or map is for, which neither says. Safe for use
     * by many threads; keeps no class from going.
     */
    static final class EmptyEnums {

        private static final int MAX_RECENT = 8;

        /**
         * Constants of enums that were found lately; may be lost, which costs a probe.
         */
        private static volatile List<WeakReference<Enum<?>>> recent = List.of();

        private EmptyEnums() {
        }

        @SuppressWarnings({ "unchecked", "rawtypes" })
        static Class<?> elementType(EnumSet<?> empty) {
            EnumSet all = EnumSet.complementOf((EnumSet) empty);
            return all.isEmpty() ? Probe.elementType(empty) : ((Enum<?>) all.iterator().next()).getDeclaringClass();
        }

        static Class<?> elementType(EnumMap<?, ?> empty) {
            for (WeakReference<Enum<?>> each : recent) {
                Enum<?> constant = each.get();
                if (constant != null && accepts(empty, constant)) {
                    return constant.getDeclaringClass();
                }
            }
            Class<?> found = Probe.elementType(empty);
            Object[] constants = found.getEnumConstants();
            if (constants.length > 0) {
                recent = Stream.concat(Stream.of(new WeakReference<Enum<?>>((Enum<?>) constants[0])), recent.stream())
                    .limit(MAX_RECENT)
                    .toList();
            }
            return found;
        }

        @SuppressWarnings({ "unchecked", "rawtypes" })
        private static boolean accepts(EnumMap<?, ?> empty, Enum<?> constant) {
            try {
                ((EnumMap) empty.clone()).put(constant, null);
                return true;
            }
            catch (ClassCastException ex) {
                return false;
            }
        }

        /** A stream that notes the enum of what is serialized. */
        private static final class Probe extends ObjectOutputStream {

            private @Nullable Class<?> found;

            Probe() throws IOException {
                super(OutputStream.nullOutputStream());
            }

            static Class<?> elementType(Object value) {
                try (Probe probe = new Probe()) {
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

    }

}
