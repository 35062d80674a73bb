package io.memlink.value.suite;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.UnaryOperator;

import io.memlink.value.suite.shop.Beans;
import io.memlink.value.suite.shop.Records;

/**
 * Values of few bytes that could cost much.
 */
final class CostlyValues {

    private final Map<String, Callable<Object>> all = new LinkedHashMap<>();

    private CostlyValues() {
    }

    /** What makes them, by name. */
    static Map<String, Callable<Object>> all() {
        CostlyValues values = new CostlyValues();
        values.addAll();
        return values.all;
    }

    private void add(String name, Callable<Object> make) {
        this.all.put(name, make);
    }

    private void addAll() {
        for (int depth : new int[] { 12, 26, 60 }) {
            add("sets of shared sets, " + depth, () -> sharedSets(depth));
            add("shared records, " + depth, () -> sharedRecords(depth));
            add("record of shared lists, " + depth, () -> new Records.Box<>(sharedLists(depth)));
            add("shared lists, " + depth, () -> sharedLists(depth));
            add("shared maps, " + depth, () -> sharedMaps(depth));
            add("shared arrays, " + depth, () -> sharedArrays(depth));
            add("shared Optionals, " + depth, () -> sharedOptionals(depth));
            add("key of shared lists, " + depth, () -> key((key) -> key.add(sharedLists(depth))));
            add("key of shared records, " + depth, () -> key((key) -> key.add(sharedRecords(depth))));
            add("key of shared maps, " + depth, () -> key((key) -> key.add(sharedMaps(depth))));
            add("key of shared Optionals, " + depth, () -> key((key) -> key.add(sharedOptionals(depth))));
            add("record as a key of shared lists, " + depth, () -> {
                List<Object> inner = new ArrayList<>();
                Map<Object, Object> map = new HashMap<>();
                map.put(new Records.Box<>(inner), 1);
                inner.add(sharedLists(depth));
                return map;
            });
            add("element of shared lists, " + depth, () -> {
                List<Object> inner = new ArrayList<>();
                Set<Object> set = new HashSet<>();
                set.add(inner);
                inner.add(sharedLists(depth));
                return set;
            });
            add("key that refers to shared lists before it, " + depth, () -> {
                List<Object> shared = sharedLists(depth);
                return List.of(shared, key((key) -> key.add(shared)));
            });
            add("many keys that refer to one list before them, " + depth, () -> {
                List<Object> before = new ArrayList<>(Collections.nCopies(2_000, "x"));
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = 0; i < depth * 30; i++) {
                    map.put(List.of(before, i), i);
                }
                return List.of(before, map);
            });
        }
        add("colliding texts", () -> {
            Map<Object, Object> map = new HashMap<>();
            for (int i = 0; i < 20_000; i++) {
                map.put(colliding(i), 1);
            }
            return map;
        });
        add("colliding texts in a Hashtable", () -> {
            Map<Object, Object> map = new Hashtable<>();
            for (int i = 0; i < 900; i++) {
                map.put(colliding(i), 1);
            }
            return map;
        });
        add("colliding texts in a ConcurrentHashMap", () -> {
            Map<Object, Object> map = new ConcurrentHashMap<>();
            for (int i = 0; i < 20_000; i++) {
                map.put(colliding(i), 1);
            }
            return map;
        });
        add("colliding texts in Set.of", () -> {
            Set<Object> set = new HashSet<>();
            for (int i = 0; i < 20_000; i++) {
                set.add(colliding(i));
            }
            return Set.copyOf(set);
        });
        add("colliding lists", () -> {
            Map<Object, Object> map = new HashMap<>();
            for (int i = 0; i < 3_000; i++) {
                map.put(List.of(colliding(i)), 1);
            }
            return map;
        });
        add("colliding records", () -> {
            Map<Object, Object> map = new HashMap<>();
            for (int i = 0; i < 3_000; i++) {
                map.put(new Records.Colliding(i), 1);
            }
            return map;
        });
        add("colliding numbers", () -> {
            Map<Object, Object> map = new HashMap<>();
            for (long i = 0; i < 20_000; i++) {
                map.put(i << 32 | i, 1);
            }
            return map;
        });
        add("colliding doubles", () -> {
            Map<Object, Object> map = new HashMap<>();
            for (long i = 0; i < 3_000; i++) {
                map.put(Double.longBitsToDouble(i << 32 | i), 1);
            }
            return map;
        });
        add("large CopyOnWriteArraySet", () -> {
            Set<Object> set = new HashSet<>();
            for (int i = 0; i < 5_000; i++) {
                set.add(i);
            }
            return new CopyOnWriteArraySet<>(set);
        });
        add("BigDecimals of large scales in order", () -> {
            TreeSet<BigDecimal> set = new TreeSet<>();
            for (int i = 0; i < 100; i++) {
                set.add(new BigDecimal(BigInteger.ONE.shiftLeft(30 * i), i * 20_000_000 - 1_000_000_000));
            }
            return set;
        });
        add("BigDecimal of the largest scale in a record",
                () -> new Records.Product("a", new BigDecimal(BigInteger.ONE, -Integer.MAX_VALUE), null, null, null));
        add("nCopies of 2^31 - 1", () -> Collections.nCopies(Integer.MAX_VALUE, "x"));
        add("nCopies of 3,000,000", () -> Collections.nCopies(3_000_000, null));
        add("100,000 empty maps", () -> {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < 100_000; i++) {
                list.add(new LinkedHashMap<>());
            }
            return list;
        });
        add("100,000 empty deques and sets", () -> {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < 50_000; i++) {
                list.add(new ArrayDeque<>());
                list.add(ConcurrentHashMap.newKeySet());
            }
            return list;
        });
        add("BitSet of 2^26 bits", () -> {
            BitSet bits = new BitSet();
            bits.set(1 << 26);
            return bits;
        });
        add("3,000 empty EnumMaps", () -> {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                list.add(new java.util.EnumMap<>(java.time.temporal.ChronoField.class));
            }
            return list;
        });
        add("lists 100,000 deep", () -> deep((inner) -> new ArrayList<>(Arrays.asList(inner))));
        add("beans 100,000 deep", () -> deep((inner) -> {
            Beans.Node node = new Beans.Node(null);
            node.next = (Beans.Node) inner;
            return node;
        }));
        add("records 100,000 deep", () -> deep(Records.Box::new));
        add("arrays 100,000 deep", () -> deep((inner) -> new Object[] { inner }));
        add("Optionals 100,000 deep", () -> deep((inner) -> java.util.Optional.of((inner == null) ? "x" : inner)));
        add("entries 100,000 deep", () -> deep((inner) -> new java.util.AbstractMap.SimpleEntry<>(1, inner)));
        add("keys 400 deep", () -> {
            Object at = "x";
            for (int i = 0; i < 400; i++) {
                at = Set.of(at);
            }
            return at;
        });
        add("wrappers 1,000 deep", () -> {
            List<Object> at = new ArrayList<>(List.of("x"));
            for (int i = 0; i < 1_000; i++) {
                at = Collections.synchronizedList(at);
            }
            return at;
        });
        add("subLists 3,000 deep", () -> {
            List<Object> at = new ArrayList<>(List.of("x", "y"));
            for (int i = 0; i < 3_000; i++) {
                at = at.subList(0, at.size());
            }
            return at;
        });
        add("comparators 3,000 deep", () -> {
            java.util.Comparator<String> order = new io.memlink.value.suite.shop.Extended.ByLength();
            for (int i = 0; i < 3_000; i++) {
                order = (i % 2 == 0) ? order.reversed() : Collections.reverseOrder(order);
            }
            return new TreeSet<>(order);
        });
    }

    private static Object deep(UnaryOperator<Object> around) {
        Object at = null;
        for (int i = 0; i < 100_000; i++) {
            at = around.apply(at);
        }
        return at;
    }

    /** Texts of one hash code. */
    private static String colliding(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 15; bit++) {
            text.append(((number >> bit & 1) == 0) ? "Aa" : "BB");
        }
        return text.toString();
    }

    private static Object sharedSets(int depth) {
        Set<Object> root = new HashSet<>();
        Set<Object> left = root;
        Set<Object> right = new HashSet<>();
        for (int i = 0; i < depth; i++) {
            // Empty when they are added, so that making it costs nothing.
            Set<Object> nextLeft = new HashSet<>();
            Set<Object> nextRight = new java.util.LinkedHashSet<>();
            left.add(nextLeft);
            right.add(nextRight);
            nextLeft.add("x" + i);
            left.add(nextRight);
            right.add(nextLeft);
            left = nextLeft;
            right = nextRight;
        }
        return root;
    }

    private static List<Object> sharedLists(int depth) {
        List<Object> at = new ArrayList<>(List.of(1));
        for (int i = 0; i < depth; i++) {
            at = new ArrayList<>(Arrays.asList(at, at));
        }
        return new ArrayList<>(at);
    }

    private static Object sharedRecords(int depth) {
        Object at = "x";
        for (int i = 0; i < depth; i++) {
            at = new Records.Pair<>(at, at);
        }
        return at;
    }

    private static Object sharedMaps(int depth) {
        Object at = "x";
        for (int i = 0; i < depth; i++) {
            Map<Object, Object> map = new LinkedHashMap<>();
            map.put(1, at);
            map.put(2, at);
            at = map;
        }
        return at;
    }

    private static Object sharedArrays(int depth) {
        Object at = "x";
        for (int i = 0; i < depth; i++) {
            at = new Object[] { at, at };
        }
        return at;
    }

    private static Object sharedOptionals(int depth) {
        Object at = "x";
        for (int i = 0; i < depth; i++) {
            at = java.util.Optional.of(Arrays.asList(at, at));
        }
        return at;
    }

    /** A map with a key that is empty when it is put, so that making it costs nothing. */
    private static Object key(java.util.function.Consumer<List<Object>> fill) {
        List<Object> key = new ArrayList<>();
        Map<Object, Object> map = new HashMap<>();
        map.put(key, 1);
        fill.accept(key);
        return map;
    }

}
