package io.memlink.value.suite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

import io.memlink.value.suite.shop.Beans;
import io.memlink.value.suite.shop.Records;

import static io.memlink.value.suite.ApplicationValues.box;

/**
 * Values that share, that contain themselves, that are deep or large.
 */
final class GraphValues {

    private GraphValues() {
    }

    static void addTo(ValueCase.Kind values) {
        sharing(values);
        cycles(values);
        sizes(values);
        keys(values);
    }

    private static void sharing(ValueCase.Kind values) {
        values.add("shared bean", () -> {
            Beans.Node node = new Beans.Node("a");
            return new ArrayList<>(Arrays.asList(node, node));
        });
        values.add("shared bean through two records", () -> {
            Beans.Node node = new Beans.Node("a");
            return List.of(box(node), box(node));
        });
        values.add("shared bean as value of two maps", () -> {
            Beans.Node node = new Beans.Node("a");
            return List.of(new HashMap<>(Map.of(1, node)), new HashMap<>(Map.of(2, node)));
        });
        values.add("shared bean in a set and in a list", () -> {
            Beans.InSet bean = new Beans.InSet("a");
            return List.of(new HashSet<>(Set.of(bean)), new ArrayList<>(List.of(bean)));
        });
        values.add("shared bean as key and as value", () -> {
            Beans.InSet bean = new Beans.InSet("a");
            Map<Object, Object> map = new HashMap<>();
            map.put(bean, bean);
            return map;
        });
        values.add("shared bean in a list, then in a set", () -> {
            Beans.InSet bean = new Beans.InSet("a");
            return List.of(new ArrayList<>(List.of(bean)), new LinkedHashSet<>(Set.of(bean)));
        });
        values.add("shared record, holding a bean", () -> {
            Object record = box(new Beans.Node("a"));
            return new ArrayList<>(Arrays.asList(record, record));
        });
        values.add("shared list", () -> {
            List<String> list = new ArrayList<>(List.of("a"));
            return new Records.Pair<>(list, list);
        });
        values.add("shared empty list", () -> {
            List<String> list = new ArrayList<>();
            return new Records.Pair<>(list, list);
        });
        values.add("two equal lists", () -> new Records.Pair<>(new ArrayList<>(), new ArrayList<>()));
        values.add("shared array", () -> {
            int[] array = { 1, 2 };
            return new Object[] { array, array };
        });
        values.add("shared byte array in beans and records", () -> {
            byte[] array = { 1, 2 };
            return List.of(box(array), new Records.Arrays3(null, array, null));
        });
        values.add("shared date", () -> {
            Date date = new Date(5);
            return new ArrayList<>(List.of(date, date));
        });
        values.add("shared AtomicReference", () -> {
            AtomicReference<Object> reference = new AtomicReference<>("a");
            return new ArrayList<>(List.of(reference, reference));
        });
        values.add("shared Object", () -> {
            Object lock = new Object();
            return new ArrayList<>(List.of(lock, lock));
        });
        values.add("shared key, an array in a record", () -> {
            Object key = new Records.Guarded(new byte[] { 1 });
            return List.of(new HashMap<>(Map.of(key, 1)), new HashMap<>(Map.of(key, 2)));
        });
        values.add("shared map and its keys", () -> {
            Map<String, Integer> map = new LinkedHashMap<>(Map.of("a", 1));
            return List.of(map, map.keySet(), map.values());
        });
        values.add("shared subList of a shared list", () -> {
            List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
            List<Integer> part = list.subList(0, 2);
            return List.of(part, list, part);
        });
        values.add("shared unmodifiable view of a shared list", () -> {
            List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
            return List.of(java.util.Collections.unmodifiableList(list), list);
        });
        values.add("records sharing through 20 floors", () -> {
            Object at = box("x");
            for (int i = 0; i < 20; i++) {
                at = new Records.Pair<>(at, at);
            }
            return at;
        });
        values.add("lists sharing through 20 floors", () -> {
            List<Object> at = new ArrayList<>(List.of("x"));
            for (int i = 0; i < 20; i++) {
                at = new ArrayList<>(List.of(at, at));
            }
            return at;
        });
    }

    private static void cycles(ValueCase.Kind values) {
        values.add("cycle of beans", () -> {
            Beans.Node a = new Beans.Node("a");
            a.next = new Beans.Node("b");
            a.next.next = a;
            return a;
        });
        values.add("bean in itself", () -> {
            Beans.Node a = new Beans.Node("a");
            a.next = a;
            return a;
        });
        values.add("parent and children", () -> {
            Beans.Tree parent = new Beans.Tree("p", null);
            for (int i = 0; i < 3; i++) {
                new Beans.Tree("c" + i, parent);
            }
            return parent;
        });
        values.add("child first", () -> {
            Beans.Tree parent = new Beans.Tree("p", null);
            return new Beans.Tree("c", parent);
        });
        values.add("list in itself", () -> {
            List<Object> list = new ArrayList<>();
            list.add(list);
            return list;
        });
        values.add("array in itself", () -> {
            Object[] array = new Object[2];
            array[1] = array;
            return array;
        });
        values.add("map in itself as a value", () -> {
            Map<Object, Object> map = new HashMap<>();
            map.put("self", map);
            return map;
        });
        values.add("set in itself through a list", () -> {
            Set<Object> set = new HashSet<>();
            List<Object> list = new ArrayList<>();
            set.add(list);
            list.add(set.iterator());
            list.clear();
            return set;
        });
        values.add("deque in itself", () -> {
            ArrayDeque<Object> deque = new ArrayDeque<>();
            deque.add(deque);
            return deque;
        });
        values.add("AtomicReference to itself", () -> {
            AtomicReference<Object> reference = new AtomicReference<>();
            reference.set(reference);
            return reference;
        });
        values.add("cycle through a HashSet", () -> {
            Beans.InSet a = new Beans.InSet("a");
            Beans.InSet b = new Beans.InSet("b");
            a.all = new HashSet<>(List.of(a, b));
            b.all = a.all;
            return a;
        });
        values.add("cycle through a set, the set first", () -> {
            Beans.InSet a = new Beans.InSet("a");
            a.all = new HashSet<>(List.of(a));
            return a.all;
        });
        values.add("cycle through a record", () -> {
            List<Object> list = new ArrayList<>();
            Records.Loop loop = new Records.Loop(list);
            list.add(loop);
            return loop;
        });
        values.add("cycle through a record, the list first", () -> {
            List<Object> list = new ArrayList<>();
            list.add(new Records.Loop(list));
            return list;
        });
        values.add("cycle through an Optional", () -> {
            List<Object> list = new ArrayList<>();
            list.add(Optional.of(list));
            return list;
        });
        values.add("cycle through Arrays.asList", () -> {
            Object[] array = new Object[1];
            List<Object> list = Arrays.asList(array);
            array[0] = list;
            return list;
        });
        values.add("cycle through List.of", () -> {
            List<Object> inner = new ArrayList<>();
            List<Object> outer = List.of(inner);
            inner.add(outer);
            return outer;
        });
        values.add("cycle through an unmodifiable list", () -> {
            List<Object> inner = new ArrayList<>();
            List<Object> outer = java.util.Collections.unmodifiableList(inner);
            inner.add(outer);
            return outer;
        });
        values.add("friends of each other as keys", () -> {
            Beans.Person a = new Beans.Person("a");
            Beans.Person b = new Beans.Person("b");
            a.friends.put(b, "of a");
            b.friends.put(a, "of b");
            return a;
        });
        values.add("friend of oneself as a key", () -> {
            Beans.Person a = new Beans.Person("a");
            a.friends.put(a, "self");
            return a;
        });
        values.add("cycle through Map.entry", () -> {
            List<Object> list = new ArrayList<>();
            list.add(Map.entry("k", list));
            return list;
        });
    }

    private static void sizes(ValueCase.Kind values) {
        values.add("chain of 30", () -> Beans.Node.chain(30));
        values.add("chain of 100", () -> Beans.Node.chain(100));
        values.add("chain of 300", () -> Beans.Node.chain(300));
        values.add("chain of 20,000", () -> Beans.Node.chain(20_000));
        values.add("lists 200 deep", () -> nested(200));
        values.add("lists 5,000 deep", () -> nested(5_000));
        values.add("records 100 deep", () -> {
            Object at = "x";
            for (int i = 0; i < 100; i++) {
                at = box(at);
            }
            return at;
        });
        values.add("arrays 50 deep", () -> {
            Object[] at = {};
            for (int i = 0; i < 50; i++) {
                at = new Object[] { at };
            }
            return at;
        });
        values.add("maps 50 deep in keys", () -> {
            Map<Object, Object> at = Map.of();
            for (int i = 0; i < 50; i++) {
                at = Map.of(at, 1);
            }
            return at;
        });
        values.add("1,000,000 characters", () -> box("\u00e4b\uD83D\uDE00".repeat(250_000)));
        values.add("100,000 numbers", () -> {
            List<Integer> list = new ArrayList<>();
            for (int i = 0; i < 100_000; i++) {
                list.add(i * 31);
            }
            return list;
        });
        values.add("bytes, 2 MiB", () -> new byte[2 << 20]);
        values.add("long array of 100,000", () -> {
            long[] array = new long[100_000];
            Arrays.setAll(array, (i) -> i * 0x9E3779B97F4A7C15L);
            return array;
        });
        values.add("map of 2,000 records", () -> {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < 2_000; i++) {
                map.put(new Records.Key("k" + i, i), new Records.Point(i, -i));
            }
            return map;
        });
        values.add("40 kinds of classes", () -> {
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                all.add(new Records.Point(i, i));
                all.add(new Records.Key("k", i));
                all.add(new Beans.Child("p", i, "c"));
                all.add(new Beans.Parent("p", i));
                all.add(Beans.Wide.of(i));
                all.add(new Beans.Immutable("n", i, List.of()));
                all.add(new Records.Box<>(i));
                all.add(new Records.Tag("t"));
                all.add(new Beans.Counter("c", i));
            }
            return all;
        });
    }

    private static Object nested(int depth) {
        List<Object> at = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            at = new ArrayList<>(List.of(at));
        }
        return at;
    }

    private static void keys(ValueCase.Kind values) {
        values.add("key changed after it was put", () -> {
            Beans.ChangingKey key = new Beans.ChangingKey("before");
            Map<Object, Object> map = new HashMap<>();
            map.put(key, 1);
            key.name = "after";
            return map;
        });
        values.add("keys made equal after they were put", () -> {
            Beans.ChangingKey a = new Beans.ChangingKey("a");
            Beans.ChangingKey b = new Beans.ChangingKey("b");
            Map<Object, Object> map = new HashMap<>();
            map.put(a, 1);
            map.put(b, 2);
            b.name = "a";
            return map;
        });
        values.add("elements made equal after they were added", () -> {
            Beans.ChangingKey a = new Beans.ChangingKey("a");
            Beans.ChangingKey b = new Beans.ChangingKey("b");
            Set<Object> set = new LinkedHashSet<>(List.of(a, b));
            b.name = "a";
            return set;
        });
        values.add("sorted elements changed after they were added", () -> {
            Beans.Ranked a = new Beans.Ranked(1, "a");
            Beans.Ranked b = new Beans.Ranked(2, "b");
            TreeSet<Object> set = new TreeSet<>(List.of(a, b));
            a.rank = 3;
            return set;
        });
        values.add("mutable list as a key", () -> new HashMap<>(Map.of(new ArrayList<>(List.of(1, 2)), "v")));
        values.add("record with a mutable list as a key",
                () -> new HashMap<>(Map.of(new Records.MutableKey(new ArrayList<>(List.of("a"))), "v")));
        values.add("key of identity", () -> {
            Beans.Identity key = new Beans.Identity(1);
            return List.of(new HashMap<>(Map.of(key, "v")), new ArrayList<>(List.of(key)));
        });
        values.add("element of identity", () -> new HashSet<>(List.of(new Beans.Identity(1), new Beans.Identity(1))));
        values.add("array as a key", () -> {
            Map<Object, Object> map = new HashMap<>();
            map.put(new int[] { 1 }, 1);
            return map;
        });
        values.add("array as a key, shared", () -> {
            int[] key = { 1 };
            Map<Object, Object> map = new HashMap<>();
            map.put(key, 1);
            return new Records.Pair<>(key, map);
        }, (pair) -> ((Map<?, ?>) ((Records.Pair<?, ?>) pair).second()).get(((Records.Pair<?, ?>) pair).first()));
        values.add("colliding keys", () -> {
            Map<Object, Object> map = new HashMap<>();
            for (int i = 0; i < 100; i++) {
                map.put(new Records.Colliding(i), i);
            }
            return map;
        });
        values.add("keys whose equality fails", () -> {
            Map<Object, Object> map = new java.util.IdentityHashMap<>();
            map.put(new Beans.FailingEquals(), 1);
            return map;
        });
        values.add("bean as a key", () -> new HashMap<>(Map.of(new Beans.Entity(1L, "n"), "v")));
        values.add("key that is never equal", () -> {
            Map<Object, Object> map = new HashMap<>();
            map.put(new Records.NeverEqual(1), 1);
            map.put(new Records.NeverEqual(1), 2);
            return map;
        });
        values.add("keys that are always equal, in an IdentityHashMap", () -> {
            Map<Object, Object> map = new java.util.IdentityHashMap<>();
            map.put(new Records.AllEqual(1), 1);
            map.put(new Records.AllEqual(2), 2);
            return map;
        });
        values.add("map as a key of itself's copy", () -> new HashMap<>(Map.of(new HashMap<>(Map.of("a", 1)), 2)));
        values.add("NaN and -0.0 as keys", () -> {
            Map<Object, Object> map = new HashMap<>();
            map.put(Double.NaN, 1);
            map.put(-0.0, 2);
            map.put(0.0, 3);
            return map;
        });
    }

}
