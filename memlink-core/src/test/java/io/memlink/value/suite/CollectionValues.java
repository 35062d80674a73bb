package io.memlink.value.suite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.Stack;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.memlink.value.suite.shop.Beans;
import io.memlink.value.suite.shop.Enums;
import io.memlink.value.suite.shop.Enums.Colour;
import io.memlink.value.suite.shop.Records;

import static io.memlink.value.suite.ApplicationValues.box;

/**
 * Lists, sets and queues.
 */
final class CollectionValues {

    private CollectionValues() {
    }

    static void addTo(ValueCase.Kind values) {
        lists(values);
        sets(values);
        queues(values);
    }

    private static void lists(ValueCase.Kind values) {
        values.add("ArrayList of many kinds",
                () -> new ArrayList<>(Arrays.asList(1, 2L, "s", null, 1.5f, 'c', (short) 3, (byte) 4, true, 2.5)));
        values.add("ArrayList, empty", ArrayList::new, (list) -> add(list, "x"));
        values.add("ArrayList of nulls", () -> new ArrayList<>(Arrays.asList(null, null)));
        values.add("List.of", () -> List.of(1, 2L, "x"), (list) -> add(list, "x"));
        values.add("List.of one", () -> List.of("x"), (list) -> add(list, "x"));
        values.add("List.of none", List::of, (list) -> add(list, "x"));
        values.add("List.of and null asked for", () -> List.of("x"), (list) -> contains(list, null));
        values.add("List.copyOf", () -> List.copyOf(new ArrayList<>(List.of(3L))));
        values.add("Stream.toList", () -> Stream.of("a", "b").toList());
        values.add("Stream.toList with null", () -> Stream.of("a", null).toList(), (list) -> contains(list, null));
        values.add("Collectors.toList", () -> Stream.of("a").collect(Collectors.toList()));
        values.add("Collectors.toUnmodifiableList", () -> Stream.of("a").collect(Collectors.toUnmodifiableList()));
        values.add("Arrays.asList", () -> Arrays.asList("a", null, 2L), (list) -> add(list, "x"));
        values.add("Arrays.asList of typed array", () -> Arrays.asList(new String[] { "a" }));
        values.add("LinkedList", () -> new LinkedList<>(List.of(1L, 2L)));
        values.add("CopyOnWriteArrayList", () -> new CopyOnWriteArrayList<>(List.of("a")));
        values.add("CopyOnWriteArrayList of a typed array", () -> new CopyOnWriteArrayList<>(new String[] { "a" }));
        values.add("Vector", () -> new Vector<>(List.of(1L)));
        values.add("Stack", () -> {
            Stack<Object> stack = new Stack<>();
            stack.push(1L);
            stack.push("top");
            return stack;
        }, (stack) -> ((Stack<?>) stack).pop());
        values.add("list of lists of sets", () -> List.of(List.of(Set.of(1L)), List.of(), List.of(Set.of())));
        values.add("list of classes of one kind and null",
                () -> new ArrayList<>(Arrays.asList(new Records.Point(1, 1), null, new Records.Point(2, 2))));
    }

    private static void sets(ValueCase.Kind values) {
        values.add("Set.of", () -> Set.of(1L, 2L, 3L), (set) -> add(set, 5L));
        values.add("Set.of one", () -> Set.of("x"));
        values.add("Set.of none", Set::of, (set) -> contains(set, null));
        values.add("Set.of two records", () -> Set.of(new Records.Key("a", 1), new Records.Key("b", 2)));
        values.add("HashSet of Long", () -> new HashSet<>(List.of(1L, 2L)), (set) -> add(set, 5L));
        values.add("HashSet with null", () -> new HashSet<>(Arrays.asList(null, "a")));
        values.add("HashSet of records and enums",
                () -> new HashSet<>(List.of(new Records.Key("a", 1), Colour.RED, Enums.Operation.PLUS)));
        values.add("HashSet of 1,000 texts", () -> {
            Set<String> set = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                set.add("text " + i);
            }
            return set;
        });
        values.add("LinkedHashSet", () -> new LinkedHashSet<>(List.of("z", "a", "m")));
        values.add("CopyOnWriteArraySet", () -> new CopyOnWriteArraySet<>(List.of("b", "a")));
        values.add("EnumSet", () -> EnumSet.of(Colour.BLUE, Colour.RED));
        values.add("EnumSet, empty", () -> EnumSet.noneOf(Colour.class), CollectionValues::complement);
        values.add("EnumSet, all", () -> EnumSet.allOf(Colour.class), CollectionValues::complement);
        values.add("EnumSet with bodies", () -> EnumSet.of(Enums.Operation.PLUS), CollectionValues::complement);
        values.add("EnumSet with bodies, empty", () -> EnumSet.noneOf(Enums.Operation.class),
                CollectionValues::complement);
        values.add("EnumSet of an enum without constants", () -> EnumSet.noneOf(Enums.Empty.class));
        values.add("EnumSet of an enum of the JDK",
                () -> EnumSet.of(java.time.DayOfWeek.FRIDAY, java.time.DayOfWeek.MONDAY), CollectionValues::complement);
        values.add("EnumSet of an enum of the JDK, empty", () -> EnumSet.noneOf(java.time.DayOfWeek.class),
                CollectionValues::complement);
        values.add("EnumSet of an enum of 160 constants", () -> EnumSet.allOf(java.lang.Character.UnicodeScript.class));
        values.add("Set.of enums", () -> Set.of(Colour.BLUE, Colour.RED));
        values.add("BitSet", () -> {
            BitSet bits = new BitSet();
            bits.set(3);
            bits.set(70);
            return bits;
        });
        values.add("BitSet, empty", BitSet::new);
        values.add("BitSet in a record as a key", () -> new java.util.HashMap<>(
                java.util.Map.of(BitSet.valueOf(new long[] { 5 }), box(BitSet.valueOf(new long[] { 0, -1 })))));
        values.add("ConcurrentHashMap.newKeySet", () -> {
            Set<Long> set = ConcurrentHashMap.newKeySet();
            set.add(3L);
            return set;
        }, (set) -> add(set, 4L));
    }

    private static void queues(ValueCase.Kind values) {
        values.add("ArrayDeque", () -> new ArrayDeque<>(List.of("a", "b")));
        values.add("ArrayDeque, empty", ArrayDeque::new);
        values.add("PriorityQueue", () -> new PriorityQueue<>(List.of(5, 1, 3, 2)), CollectionValues::drain);
        values.add("PriorityQueue, backwards", () -> {
            PriorityQueue<Integer> queue = new PriorityQueue<>(Comparator.reverseOrder());
            queue.addAll(List.of(1, 5, 3));
            return queue;
        }, CollectionValues::drain);
        values.add("PriorityQueue of equal ranks", () -> {
            PriorityQueue<Object> queue = new PriorityQueue<>();
            for (int i = 0; i < 5; i++) {
                queue.add(new Beans.Ranked(1, "label " + i));
            }
            return queue;
        });
        values.add("PriorityQueue by lambda", () -> {
            PriorityQueue<Integer> queue = new PriorityQueue<>((a, b) -> b - a);
            queue.addAll(List.of(1, 5, 3));
            return queue;
        });
        values.add("PriorityQueue after a removal", () -> {
            PriorityQueue<Integer> queue = new PriorityQueue<>(List.of(1, 9, 2, 10, 11, 3, 4));
            queue.remove(9);
            return queue;
        }, CollectionValues::drain);
        values.add("ConcurrentLinkedQueue", () -> new ConcurrentLinkedQueue<>(List.of(1L)));
        values.add("ConcurrentLinkedDeque", () -> new ConcurrentLinkedDeque<>(List.of(2L, 1L)));
        values.add("ArrayBlockingQueue", () -> new ArrayBlockingQueue<>(5, true, List.of(1L)));
        values.add("ArrayBlockingQueue, full", () -> new ArrayBlockingQueue<>(1, false, List.of(1L)));
        values.add("LinkedBlockingQueue, bounded", () -> {
            LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>(3);
            queue.add("a");
            return queue;
        });
        values.add("LinkedBlockingQueue", () -> new LinkedBlockingQueue<>(List.of("a")));
        values.add("LinkedBlockingDeque, bounded", () -> {
            LinkedBlockingDeque<Object> queue = new LinkedBlockingDeque<>(3);
            queue.add("a");
            return queue;
        });
        values.add("PriorityBlockingQueue", () -> new PriorityBlockingQueue<>(List.of(3, 1, 2)),
                CollectionValues::drain);
        values.add("LinkedTransferQueue", () -> new LinkedTransferQueue<>(List.of("a")));
        values.add("SynchronousQueue", SynchronousQueue::new);
        values.add("DelayQueue", DelayQueue::new);
    }

    @SuppressWarnings({ "unchecked", "rawtypes" })
    static Object complement(Object set) {
        return EnumSet.complementOf((EnumSet) set);
    }

    /** What is taken out, one after the other. */
    private static Object drain(Object queue) {
        List<Object> all = new ArrayList<>();
        while (!((java.util.Queue<?>) queue).isEmpty()) {
            all.add(((java.util.Queue<?>) queue).poll());
        }
        return all;
    }

    /** What happens when something is added. */
    @SuppressWarnings("unchecked")
    static Object add(Object collection, Object element) {
        try {
            ((Collection<Object>) collection).add(element);
            return ((Collection<Object>) collection).size();
        }
        catch (RuntimeException ex) {
            return ex.getClass();
        }
    }

    private static Object contains(Object collection, Object element) {
        try {
            return ((Collection<?>) collection).contains(element);
        }
        catch (RuntimeException ex) {
            return ex.getClass();
        }
    }

}
