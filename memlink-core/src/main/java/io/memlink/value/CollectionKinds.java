package io.memlink.value;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.RandomAccess;
import java.util.Set;
import java.util.Stack;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.memlink.value.KeyRules.Search;
import io.memlink.value.Kind.Layout;
import io.memlink.value.Kind.Sharing;
import org.jspecify.annotations.Nullable;

import static io.memlink.value.ValueNotReadableException.malformed;

/**
 * The collections of the JDK, and what else has one object in it.
 */
final class CollectionKinds {

    static final int ARRAY_LIST = 81;

    static final int PRIORITY_QUEUE = 90;

    static final int LIST_OF = 91;

    static final int SET_OF = 93;

    static final int LINKED_HASH_SET = 102;

    static final int TREE_SET = 105;

    static final int SKIP_LIST_SET = 106;

    static final int UNMODIFIABLE_SET = 118;

    /** The immutable tables of the JDK get slow if many keys collide. */
    static final int MAX_PROBED = 128;

    private static final @Nullable Object[] NONE = {};

    private static final int MAX_COMPARED = 1000;

    private CollectionKinds() {
    }

    static void register() {
        holders();
        lists();
        queues();
        immutables();
        sets();
        wrappers();
    }

    private static void holders() {
        Kind.register(76, "Optional", Layout.VALUE, Sharing.CLOSED,
                (ValueWriter out, Optional<?> value) -> out.any(value.orElse(null)),
                (in, id) -> Optional.ofNullable(in.any()), Optional.class);
        Kind.register(77, "AtomicReference", Layout.VALUE, Sharing.OPEN,
                (ValueWriter out, AtomicReference<?> value) -> out.any(value.get()), (in, id) -> {
                    AtomicReference<@Nullable Object> reference = in.made(id, new AtomicReference<>());
                    reference.set(in.any());
                    return reference;
                }, AtomicReference.class);
    }

    private static void lists() {
        Kind.register(ARRAY_LIST, "ArrayList", Layout.ELEMENTS, Sharing.OPEN, CollectionKinds::write, (in, id) -> {
            int length = in.elements(1);
            return read(in, in.made(id, new ArrayList<@Nullable Object>(length)), length);
        }, ArrayList.class);
        list(82, LinkedList.class, (length) -> new LinkedList<>());
        list(83, Vector.class, Vector::new);
        list(84, Stack.class, (length) -> new Stack<>());
        made(88, "CopyOnWriteArrayList", CopyOnWriteArrayList::new, CopyOnWriteArrayList.class);
        made(89, "Arrays.asList", Arrays::asList, Arrays.asList(1).getClass());
    }

    private static void queues() {
        Kind.register(85, "ArrayDeque", Layout.ELEMENTS, Sharing.OPEN,
                (ValueWriter out, ArrayDeque<?> value) -> writeElements(out, snapshot(value)), (in, id) -> {
                    int length = in.elements(1);
                    return read(in, in.made(id, new ArrayDeque<>(length)), length);
                }, ArrayDeque.class);
        list(86, ConcurrentLinkedQueue.class, (length) -> new ConcurrentLinkedQueue<>());
        list(87, ConcurrentLinkedDeque.class, (length) -> new ConcurrentLinkedDeque<>());
        Kind.register(PRIORITY_QUEUE, "PriorityQueue", Layout.SORTED_ELEMENTS, Sharing.CLOSED,
                CollectionKinds::writeQueue, (in, id) -> {
                    PriorityQueue<@Nullable Object> queue = new PriorityQueue<>(in.comparator());
                    int length = in.elements(1);
                    for (int i = 0; i < length; i++) {
                        in.element(1);
                        Object key = in.key();
                        in.order(key, length);
                        queue.add(key);
                    }
                    return queue;
                }, PriorityQueue.class);
    }

    private static void writeQueue(ValueWriter out, PriorityQueue<?> value) {
        out.comparator(value.comparator());
        Object[] elements = snapshot(value);
        requireHeap(elements, value.comparator());
        out.size(elements.length);
        for (Object element : elements) {
            out.key(element);
            out.order(element, elements.length);
        }
    }

    /** Elements that were changed may be below others that they belong above. */
    @SuppressWarnings("unchecked")
    private static void requireHeap(Object[] elements, @Nullable Comparator<?> comparator) {
        PriorityQueue<Object> again = new PriorityQueue<>((Comparator<Object>) comparator);
        Collections.addAll(again, elements);
        Object[] built = again.toArray();
        for (int i = 0; i < elements.length; i++) {
            if (elements[i] != built[i]) {
                throw ValueNotSupportedException.of(PriorityQueue.class, "with an element that is not where it belongs",
                        "elements that are not changed");
            }
        }
    }

    /** The elements of a queue without nulls, which nobody changes meanwhile. */
    private static Object[] snapshot(Collection<?> value) {
        Object[] elements = value.toArray();
        if (value.size() != elements.length || Arrays.asList(elements).contains(null)) {
            throw new ConcurrentModificationException();
        }
        return elements;
    }

    /** Writes a list that can be asked for each element. */
    private static void write(ValueWriter out, Collection<?> value) {
        if (!(value instanceof RandomAccess && value instanceof List<?> list)) {
            writeSnapshot(out, value);
            return;
        }
        int length = list.size();
        out.size(length);
        for (int i = 0; i < length; i++) {
            out.element(list.get(i), i);
        }
        if (list.size() != length) {
            throw new ConcurrentModificationException();
        }
    }

    private static void writeSnapshot(ValueWriter out, Collection<?> value) {
        writeElements(out, value.toArray());
    }

    private static void writeElements(ValueWriter out, Object[] elements) {
        out.size(elements.length);
        for (int i = 0; i < elements.length; i++) {
            out.element(elements[i], i);
        }
    }

    /** Writes the elements of a set, which are hashed when they are read. */
    private static void writeKeys(ValueWriter out, Collection<?> value) {
        writeKeyArray(out, out.comparable(value, value.toArray(), (element) -> element), Search.TREES);
    }

    private static void writeProbed(ValueWriter out, Collection<?> value) {
        writeKeyArray(out, out.comparable(value, value.toArray(), (element) -> element), Search.PROBES);
    }

    private static void writeKeyArray(ValueWriter out, Object[] elements, Search search) {
        out.size(elements.length);
        KeyRules rules = new KeyRules(elements.length, search);
        for (Object element : elements) {
            long before = out.weight();
            out.key(element);
            out.place(rules, element, before);
        }
        KeyRules.requireDistinct(elements);
    }

    /** Writes the elements of a sorted set, which are compared when they are read. */
    private static void writeSorted(ValueWriter out, Collection<?> value) {
        Comparator<?> comparator = Foreign.Wrapper.comparator(value);
        Object[] elements = value.toArray();
        KeyRules.requireAscending(elements, comparator);
        out.comparator(comparator);
        out.size(elements.length);
        for (Object element : elements) {
            out.key(element);
            out.order(element, elements.length);
        }
    }

    private static @Nullable Object[] readArray(ValueReader in) {
        @Nullable Object[] elements = new @Nullable Object[in.elements(1)];
        for (int i = 0; i < elements.length; i++) {
            in.element(1);
            elements[i] = in.any();
        }
        return elements;
    }

    private static <C extends Collection<@Nullable Object>> C read(ValueReader in, C into, int length) {
        for (int i = 0; i < length; i++) {
            in.element(1);
            into.add(in.any());
        }
        return into;
    }

    private static <C extends Collection<@Nullable Object>> C readKeys(ValueReader in, C into) {
        return readKeys(in, into, Integer.MAX_VALUE, Search.TREES);
    }

    private static <C extends Collection<@Nullable Object>> C readKeys(ValueReader in, C into, int most,
            Search search) {
        int length = in.elements(1);
        if (length > most) {
            throw malformed(length + " elements (expected: at most " + most + ")");
        }
        KeyRules rules = new KeyRules(length, (search == Search.PROBES && length > MAX_PROBED) ? Search.TREES : search);
        for (int i = 0; i < length; i++) {
            in.element(1);
            long before = in.weight();
            Object key = in.key();
            in.place(rules, key, before);
            if (!into.add(key)) {
                throw malformed("an element that is there twice");
            }
        }
        return into;
    }

    private static <C extends NavigableSet<@Nullable Object>> C readSorted(ValueReader in, C into) {
        int length = in.elements(1);
        @Nullable Object[] keys = NONE;
        for (int i = 0; i < length; i++) {
            in.element(1);
            Object key = in.key();
            in.order(key, length);
            if (!into.add(key)) {
                throw malformed("an element that is there twice");
            }
            if (i == 0 && !KeyRules.isConsistent(key, into.comparator())) {
                keys = new @Nullable Object[length];
            }
            if (keys.length > 0) {
                keys[i] = key;
            }
        }
        if (keys.length > 0 && !KeyRules.isOrdered(keys, into, into.comparator())) {
            throw malformed("elements whose order contradicts itself");
        }
        return into;
    }

    /** A collection that is there before its elements are. */
    private static void list(int tag, Class<?> type, IntFunction<Collection<@Nullable Object>> make) {
        Kind.register(tag, type.getSimpleName(), Layout.ELEMENTS, Sharing.OPEN, CollectionKinds::writeSnapshot,
                (in, id) -> {
                    int length = in.elements(1);
                    return read(in, in.made(id, make.apply(length)), length);
                }, type);
    }

    /** A collection that is made of its elements, once they are there. */
    private static Kind made(int tag, String name, Function<@Nullable Object[], Object> make, Class<?>... types) {
        return Kind.register(tag, name, Layout.ELEMENTS, Sharing.CLOSED, CollectionKinds::writeSnapshot,
                (in, id) -> make.apply(readArray(in)), types);
    }

    private static void immutables() {
        Kind withNulls = made(92, "Stream.toList", (elements) -> Stream.of(elements).toList())
            .makes(Stream.of().toList());
        Kind.register(LIST_OF, "List.of", Layout.ELEMENTS, Sharing.CLOSED, CollectionKinds::write,
                (in, id) -> List.of(readArray(in)))
            .makes(List.of())
            .orElse(CollectionKinds::allowsNulls, withNulls);
        Kind large = wrappedSet(UNMODIFIABLE_SET, "unmodifiableSet", Collections::unmodifiableSet);
        Kind.register(SET_OF, "Set.of", Layout.ELEMENTS, Sharing.CLOSED, CollectionKinds::writeProbed, (in, id) -> {
            Set<@Nullable Object> set = readKeys(in, new LinkedHashSet<>(), Integer.MAX_VALUE, Search.PROBES);
            return (set.size() > MAX_PROBED) ? Collections.unmodifiableSet(set) : Set.of(set.toArray());
        }).makes(Set.of()).orElse((set) -> ((Set<?>) set).size() > MAX_PROBED, large);
        constant(95, "Collections.emptyList", Collections.emptyList());
        constant(96, "Collections.emptySet", Collections.emptySet());
        constant(97, "Collections.emptyMap", Collections.emptyMap());
        made(98, "Collections.singletonList", (elements) -> Collections.singletonList(only(elements)),
                Collections.singletonList(1).getClass());
        Kind.register(99, "Collections.singleton", Layout.ELEMENTS, Sharing.CLOSED, CollectionKinds::writeKeys,
                (in, id) -> Collections.singleton(only(readKeys(in, new HashSet<>()).toArray())),
                Collections.singleton(1).getClass());
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

    private static void constant(int tag, String name, Object value) {
        Kind.register(tag, name, Layout.LEAF, Sharing.NONE, (ValueWriter out, Object each) -> {
        }, (in, id) -> value, value.getClass());
    }

    static @Nullable Object only(@Nullable Object[] elements) {
        if (elements.length != 1) {
            throw malformed(elements.length + " elements (expected: 1)");
        }
        return elements[0];
    }

    private static void sets() {
        set(101, HashSet.class, HashSet::new);
        set(LINKED_HASH_SET, LinkedHashSet.class, LinkedHashSet::new);
        // Going through one that changes may show a key twice; a copy has it once.
        Kind.register(103, "KeySetView", Layout.ELEMENTS, Sharing.OPEN,
                (ValueWriter out, ConcurrentHashMap.KeySetView<?, ?> value) -> writeKeys(out, new HashSet<>(value)),
                (in, id) -> readKeys(in, in.made(id, ConcurrentHashMap.newKeySet())),
                ConcurrentHashMap.KeySetView.class);
        Kind.register(104, "CopyOnWriteArraySet", Layout.ELEMENTS, Sharing.CLOSED, CollectionKinds::writeCopied,
                (in, id) -> readCopied(in), CopyOnWriteArraySet.class);
        sortedSet(TREE_SET, TreeSet.class, TreeSet::new);
        sortedSet(SKIP_LIST_SET, ConcurrentSkipListSet.class, ConcurrentSkipListSet::new);
    }

    private static void writeCopied(ValueWriter out, CopyOnWriteArraySet<?> value) {
        Object[] elements = value.toArray();
        if (elements.length > MAX_COMPARED) {
            throw ValueNotSupportedException.of(CopyOnWriteArraySet.class, "of more than " + MAX_COMPARED + " elements",
                    "another set");
        }
        writeKeyArray(out, elements, Search.ALL);
        // It asks for equality alone, whatever the hash codes say.
        if (new CopyOnWriteArraySet<>(Arrays.asList(elements)).size() != elements.length) {
            throw ValueNotSupportedException.of(CopyOnWriteArraySet.class, "with an element that is there twice",
                    "elements that are not changed");
        }
    }

    private static Object readCopied(ValueReader in) {
        Set<@Nullable Object> elements = readKeys(in, new LinkedHashSet<>(), MAX_COMPARED, Search.ALL);
        Set<@Nullable Object> set = new CopyOnWriteArraySet<>(elements);
        if (set.size() != elements.size()) {
            throw malformed("an element that is there twice");
        }
        return set;
    }

    private static void set(int tag, Class<?> type, Supplier<Collection<@Nullable Object>> make) {
        Kind.register(tag, type.getSimpleName(), Layout.ELEMENTS, Sharing.OPEN, CollectionKinds::writeKeys,
                (in, id) -> readKeys(in, in.made(id, make.get())), type);
    }

    private static void sortedSet(int tag, Class<?> type,
            Function<@Nullable Comparator<@Nullable Object>, NavigableSet<@Nullable Object>> make) {
        Kind.register(tag, type.getSimpleName(), Layout.SORTED_ELEMENTS, Sharing.OPEN, CollectionKinds::writeSorted,
                (in, id) -> readSorted(in, in.made(id, make.apply(in.comparator()))), type);
    }

    private static void wrappers() {
        made(116, "unmodifiableCollection", (elements) -> Collections.unmodifiableCollection(arrayList(elements)))
            .makes(Collections.unmodifiableCollection(List.of()));
        made(117, "unmodifiableList", (elements) -> Collections.unmodifiableList(arrayList(elements)))
            .makes(Collections.unmodifiableList(List.of()));
        wrappedSortedSet(119, "unmodifiableSortedSet", Collections::unmodifiableNavigableSet);
        made(122, "synchronizedCollection", (elements) -> Collections.synchronizedCollection(arrayList(elements)))
            .makes(Collections.synchronizedCollection(List.of()));
        made(123, "synchronizedList", (elements) -> Collections.synchronizedList(arrayList(elements)))
            .makes(Collections.synchronizedList(List.of()));
        wrappedSet(124, "synchronizedSet", Collections::synchronizedSet);
        wrappedSortedSet(125, "synchronizedSortedSet", Collections::synchronizedNavigableSet);
    }

    private static List<@Nullable Object> arrayList(@Nullable Object[] elements) {
        return new ArrayList<>(Arrays.asList(elements));
    }

    private static Kind wrappedSet(int tag, String name, UnaryOperator<Set<@Nullable Object>> wrap) {
        return Kind
            .register(tag, name, Layout.ELEMENTS, Sharing.CLOSED, CollectionKinds::writeKeys,
                    (in, id) -> wrap.apply(readKeys(in, new LinkedHashSet<>())))
            .makes(wrap.apply(new LinkedHashSet<>()));
    }

    private static void wrappedSortedSet(int tag, String name, UnaryOperator<NavigableSet<@Nullable Object>> wrap) {
        Kind.register(tag, name, Layout.SORTED_ELEMENTS, Sharing.CLOSED, CollectionKinds::writeSorted,
                (in, id) -> wrap.apply(readSorted(in, new TreeSet<>(in.comparator()))))
            .makes(wrap.apply(new TreeSet<>()));
    }

}
