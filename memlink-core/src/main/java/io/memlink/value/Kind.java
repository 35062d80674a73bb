package io.memlink.value;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import static io.memlink.value.ValueNotReadableException.malformed;

/**
 * A type of the JDK: its tag, which is the first byte of a value, how its objects are
 * written and read, and how they are laid out for somebody who only looks. What a tag
 * means never changes. Immutable, but for a guess.
 */
final class Kind {

    static final int NULL = 0;

    static final int REFERENCE = 1;

    static final int OBJECT = 2;

    static final int CONSTANT = 3;

    static final int SINGLETON = 4;

    static final int ARRAY = 5;

    static final int CONVERTED = 6;

    static final int LATIN_1 = 7;

    static final int UTF_8 = 8;

    static final int UTF_16 = 9;

    static final int JDK_CONSTANT = 10;

    static final int FALSE = 11;

    static final int TRUE = 12;

    static final int INTEGER = 13;

    static final int STATIC_CONSTANT = 15;

    /** Texts in Latin-1 of 0 to 63 characters, whose length is in the tag. */
    static final int SHORT_TEXT = 0x80;

    static final int SHORT_TEXT_LENGTH = 0x40;

    /** Integers from -16 to 47, which are in the tag. */
    static final int SMALL_INTEGER = 0xc0;

    static final int LEAST_SMALL_INTEGER = -16;

    static final int GREATEST_SMALL_INTEGER = 47;

    /** What most collections take. */
    private static final int FEW = 64;

    private static final @Nullable Kind[] BY_TAG = new @Nullable Kind[SHORT_TEXT];

    private static final Map<Class<?>, Kind> BY_CLASS = new HashMap<>();

    /** Classes of the JDK that are not public, such as views; they do not go away. */
    private static final Map<Class<?>, Kind> VIEWS = new ConcurrentHashMap<>();

    /** May be of an {@code IdentityHashMap}, of which nobody tells. */
    private static final Set<String> UNKNOWABLE = Set.of("java.util.Collections$SetFromMap",
            "java.util.Collections$SequencedSetFromMap");

    static {
        ScalarKinds.register();
        TimeKinds.register();
        CollectionKinds.register();
        MapKinds.register();
    }

    final int tag;

    final String name;

    final Layout layout;

    final Sharing sharing;

    final Writing<Object> writing;

    final Reading reading;

    /** Bytes of memory that an object takes for which there are no bytes of the value. */
    final int room;

    /** What an object is instead, where {@link #varies} says so. */
    private @Nullable Kind variant;

    private @Nullable Predicate<Object> varies;

    /** What comes back is of this class, where that is not the class that was written. */
    private Class<?> made = Object.class;

    /**
     * What the last value of this kind took; a guess for the next, so races do no harm.
     */
    int lastSize = 64;

    private Kind(int tag, String name, Layout layout, Sharing sharing, Writing<Object> writing, Reading reading) {
        this.tag = tag;
        this.name = name;
        this.layout = layout;
        this.sharing = sharing;
        this.writing = writing;
        this.reading = reading;
        this.room = (layout == Layout.LEAF && room(tag) == FEW) ? 0 : room(tag);
    }

    /** What the JDK takes at the most, be it empty. */
    private static int room(int tag) {
        return switch (tag) {
            case 29 -> 256; // Pattern
            case 73 -> 512; // GregorianCalendar
            case 25, 72, 84 -> 96; // URI, TimeZone, Stack
            case CollectionKinds.PRIORITY_QUEUE, 103, 109, 110 -> 112; // ConcurrentHashMap
                                                                       // and its keys,
                                                                       // Hashtable
            case 111 -> 144; // Properties
            default -> FEW;
        };
    }

    /** Registers a kind for the classes whose objects are of it. */
    @SuppressWarnings("unchecked")
    static <T> Kind register(int tag, String name, Layout layout, Sharing sharing, Writing<T> writing, Reading reading,
            Class<?>... types) {
        Kind kind = new Kind(tag, name, layout, sharing, (Writing<Object>) writing, reading);
        if (BY_TAG[tag] != null) {
            throw new IllegalStateException("tag: " + tag + " (expected: only one kind)");
        }
        BY_TAG[tag] = kind;
        for (Class<?> type : types) {
            kind.made = types[0];
            BY_CLASS.put(type, kind);
        }
        return kind;
    }

    /** A value in which there are no others, and of which a copy is as good. */
    static <T> void leaf(int tag, Class<T> type, Writing<T> writing, Reading reading) {
        register(tag, type.getSimpleName(), Layout.LEAF, Sharing.NONE, writing, reading, type);
    }

    /** A value in which there are no others, and which can be changed. */
    static <T> void mutable(int tag, Class<T> type, Writing<T> writing, Reading reading) {
        register(tag, type.getSimpleName(), Layout.LEAF, Sharing.CLOSED, writing, reading, type);
    }

    /** Says what reading makes, where no class is registered that says so. */
    Kind makes(Object example) {
        this.made = example.getClass();
        return this;
    }

    void orElse(Predicate<Object> condition, Kind other) {
        this.varies = condition;
        this.variant = other;
    }

    /** The kind of one object, for those classes that have two. */
    Kind of(Object value) {
        Predicate<Object> condition = this.varies;
        Kind other = this.variant;
        return (condition != null && other != null && condition.test(value)) ? other : this;
    }

    /**
     * Whether objects of a class that become this kind can be where a type is declared.
     */
    boolean fits(Class<?> written, Class<?> declared) {
        return BY_CLASS.containsKey(written) || declared.isAssignableFrom(this.made);
    }

    boolean isSorted() {
        return this.tag != CollectionKinds.PRIORITY_QUEUE
                && (this.layout == Layout.SORTED_ELEMENTS || this.layout == Layout.SORTED_ENTRIES);
    }

    /** The kind of a wrapper that is asked by order, as what is in it is. */
    @Nullable Kind sorted() {
        return switch (this.tag) {
            case CollectionKinds.LINKED_HASH_SET -> of(CollectionKinds.TREE_SET);
            case MapKinds.LINKED_HASH_MAP -> of(MapKinds.TREE_MAP);
            case 118, 124, MapKinds.UNMODIFIABLE_MAP, MapKinds.SYNCHRONIZED_MAP -> of(this.tag + 1);
            default -> isSorted() ? this : null;
        };
    }

    /** Whether a constructor that is given such an object cannot change it itself. */
    boolean isFixed() {
        return this.tag == 76 || this.tag == 78 || this.tag >= CollectionKinds.LIST_OF && this.tag <= 100
                || this.tag >= 116 && this.tag <= 121;
    }

    static @Nullable Kind of(int tag) {
        return (tag >= 0 && tag < BY_TAG.length) ? BY_TAG[tag] : null;
    }

    /** The kind of the objects of a class, or null if the class is not of the JDK. */
    static @Nullable Kind of(Class<?> type) {
        Kind kind = BY_CLASS.get(type);
        return (kind == null && type.getClassLoader() == null) ? ofView(type) : kind;
    }

    private static @Nullable Kind ofView(Class<?> type) {
        Kind kind = VIEWS.get(type);
        if (kind == null) {
            kind = ordinary(type);
            if (kind != null) {
                VIEWS.put(type, kind);
            }
        }
        return kind;
    }

    /** What a view or a wrapper comes back as. */
    private static @Nullable Kind ordinary(Class<?> type) {
        Kind kind = similar(type);
        if (kind == null || keepsInterfaces(type, kind)) {
            return kind;
        }
        Kind other = of(type, CollectionKinds.ARRAY_LIST, CollectionKinds.LINKED_HASH_SET, CollectionKinds.TREE_SET,
                MapKinds.LINKED_HASH_MAP, MapKinds.TREE_MAP, CollectionKinds.ARRAY_LIST);
        return (other != null && keepsInterfaces(type, other)) ? other : null;
    }

    /** Callers may rely on each interface, such as that of a map with an order. */
    private static boolean keepsInterfaces(Class<?> type, Kind kind) {
        for (Class<?> level = type; level != null; level = level.getSuperclass()) {
            for (Class<?> each : level.getInterfaces()) {
                if (each.getName().startsWith("java.util.") && Modifier.isPublic(each.getModifiers())
                        && !each.isAssignableFrom(kind.made)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static @Nullable Kind similar(Class<?> type) {
        String name = type.getName();
        if (Modifier.isPublic(type.getModifiers()) || !name.startsWith("java.util.") || UNKNOWABLE.contains(name)
                || name.startsWith("java.util.IdentityHashMap$")) {
            return null;
        }
        if (EnumSet.class.isAssignableFrom(type)) {
            return of(MapKinds.ENUM_SET);
        }
        if (name.contains("Tree") || name.contains("SkipList")) {
            return ofSorted(type, name.contains("SkipList"));
        }
        if (Map.Entry.class.isAssignableFrom(type)) {
            return of(MapKinds.IMMUTABLE_ENTRY);
        }
        if (name.startsWith("java.util.ImmutableCollections$")) {
            return of(type, CollectionKinds.LIST_OF, CollectionKinds.SET_OF, -1, MapKinds.MAP_OF, -1, -1);
        }
        if (name.startsWith("java.util.Collections$Unmodifiable")) {
            return of(type, 117, 118, 119, 120, 121, 116);
        }
        if (name.startsWith("java.util.Collections$Synchronized")) {
            return of(type, 123, 124, 125, 126, 127, 122);
        }
        return Queue.class.isAssignableFrom(type) ? null
                : of(type, CollectionKinds.ARRAY_LIST, CollectionKinds.LINKED_HASH_SET, CollectionKinds.TREE_SET,
                        MapKinds.LINKED_HASH_MAP, MapKinds.TREE_MAP, CollectionKinds.ARRAY_LIST);
    }

    /** Entries of a sorted map are found by its order, which they do not tell. */
    private static @Nullable Kind ofSorted(Class<?> type, boolean concurrent) {
        if (Map.Entry.class.isAssignableFrom(type)) {
            return of(MapKinds.IMMUTABLE_ENTRY);
        }
        return of(type, -1, -1, concurrent ? CollectionKinds.SKIP_LIST_SET : CollectionKinds.TREE_SET, -1,
                concurrent ? MapKinds.SKIP_LIST_MAP : MapKinds.TREE_MAP, CollectionKinds.ARRAY_LIST);
    }

    private static @Nullable Kind of(Class<?> type, int list, int set, int sortedSet, int map, int sortedMap,
            int collection) {
        if (List.class.isAssignableFrom(type)) {
            return of(list);
        }
        if (Set.class.isAssignableFrom(type)) {
            return of(SortedSet.class.isAssignableFrom(type) ? sortedSet : set);
        }
        if (Map.class.isAssignableFrom(type)) {
            return of(SortedMap.class.isAssignableFrom(type) ? sortedMap : map);
        }
        return Collection.class.isAssignableFrom(type) ? of(collection) : null;
    }

    /** The parts that follow the tag. */
    enum Layout {

        LEAF, VALUE, PAIR, ELEMENTS, SORTED_ELEMENTS, ENTRIES, SORTED_ENTRIES, ENUM_SET, ENUM_MAP

    }

    /** The treatment of an object that is there twice. */
    enum Sharing {

        /** No: another that is equal is as good. */
        NONE,

        /** Yes, even where it is met in itself. */
        OPEN,

        /** Yes, once it is complete. */
        CLOSED

    }

    /**
     * Writes what follows the tag.
     *
     * @param <T> the type
     */
    interface Writing<T> {

        void write(ValueWriter out, T value);

    }

    /** Reads what follows the tag of an object that has a number, or -1. */
    interface Reading {

        @Nullable Object read(ValueReader in, int id);

    }

    /**
     * The types of the JDK that arrays and constants are of, by number: no name of the
     * JDK is ever in the bytes. New ones are added at the end.
     */
    static final class JdkTypes {

        static final int MAX_DIMENSIONS = 8;

        private static final List<Class<?>> TYPES = List.of(boolean.class, byte.class, short.class, char.class,
                int.class, long.class, float.class, double.class, // 1 to 8
                Object.class, String.class, CharSequence.class, Comparable.class, Number.class, Boolean.class,
                Byte.class, Short.class, Character.class, Integer.class, Long.class, Float.class, Double.class, // 21
                java.math.BigInteger.class, java.math.BigDecimal.class, java.util.UUID.class, java.net.URI.class,
                java.util.Locale.class, java.util.Currency.class, java.util.Date.class, // 28
                java.time.Instant.class, java.time.Duration.class, java.time.Period.class, java.time.LocalDate.class,
                java.time.LocalTime.class, java.time.LocalDateTime.class, java.time.ZonedDateTime.class,
                java.time.OffsetDateTime.class, java.time.OffsetTime.class, java.time.Year.class,
                java.time.YearMonth.class, java.time.MonthDay.class, java.time.ZoneId.class, java.time.ZoneOffset.class, // 42
                Iterable.class, java.util.Collection.class, java.util.List.class, java.util.Set.class,
                java.util.Queue.class, java.util.Deque.class, java.util.SortedSet.class, java.util.NavigableSet.class,
                Map.class, java.util.SortedMap.class, java.util.NavigableMap.class, Map.Entry.class, // 54
                java.util.ArrayList.class, java.util.LinkedList.class, java.util.HashSet.class,
                java.util.LinkedHashSet.class, java.util.TreeSet.class, HashMap.class, java.util.LinkedHashMap.class,
                java.util.TreeMap.class, java.util.Optional.class, java.util.BitSet.class, // 64
                java.io.Serializable.class, Cloneable.class, Enum.class, Record.class, // 68
                java.time.DayOfWeek.class, java.time.Month.class, java.time.temporal.ChronoUnit.class,
                java.time.temporal.ChronoField.class, java.time.chrono.IsoEra.class, java.time.format.FormatStyle.class,
                java.time.format.TextStyle.class, java.util.concurrent.TimeUnit.class, java.math.RoundingMode.class); // 77

        private static final Map<Class<?>, Integer> CODES = codes();

        private JdkTypes() {
        }

        private static Map<Class<?>, Integer> codes() {
            Map<Class<?>, Integer> codes = new HashMap<>();
            for (int i = 0; i < TYPES.size(); i++) {
                codes.put(TYPES.get(i), i + 1);
            }
            return codes;
        }

        /** The number of a type, or 0. */
        static int code(Class<?> type) {
            Integer code = CODES.get(type);
            return (code != null) ? code : 0;
        }

        static int count() {
            return TYPES.size();
        }

        static Class<?> type(int code) {
            if (code < 1 || code > TYPES.size()) {
                throw malformed("type " + code + " (expected: one of the JDK)");
            }
            return TYPES.get(code - 1);
        }

    }

}
