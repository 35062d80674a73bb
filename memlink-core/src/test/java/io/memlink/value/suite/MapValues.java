package io.memlink.value.suite;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

import io.memlink.value.suite.shop.Enums;
import io.memlink.value.suite.shop.Enums.Colour;
import io.memlink.value.suite.shop.Records;

/**
 * Maps.
 */
final class MapValues {

    private MapValues() {
    }

    static void addTo(ValueCase.Kind values) {
        keys(values);
        kinds(values);
    }

    private static LinkedHashMap<Object, Object> linked(Object... entries) {
        LinkedHashMap<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put(entries[i], entries[i + 1]);
        }
        return map;
    }

    private static void keys(ValueCase.Kind values) {
        values.add("Map.of Long", () -> Map.of(1L, "a", 2L, "b"), MapValues::put);
        values.add("Map.of one", () -> Map.of(1L, "a"));
        values.add("Map.of none", Map::of, MapValues::put);
        values.add("Map.ofEntries", () -> Map.ofEntries(Map.entry("a", 1), Map.entry("b", 2)));
        values.add("HashMap of Long", () -> new HashMap<>(Map.of(1L, 2L)), MapValues::put);
        values.add("HashMap, empty", HashMap::new, MapValues::put);
        values.add("UUID keys", () -> new HashMap<>(Map.of(new UUID(1, 2), 1)));
        values.add("enum keys", () -> new HashMap<>(Map.of(Colour.RED, 1)));
        values.add("enum keys with bodies", () -> new HashMap<>(Map.of(Enums.Operation.PLUS, 1)));
        values.add("enum keys with equal toString", () -> linked(Enums.SameText.A, 1, Enums.SameText.B, 2));
        values.add("record keys", () -> new HashMap<>(Map.of(new Records.Key("a", 1), "v")));
        values.add("date keys", () -> new HashMap<>(Map.of(LocalDate.of(2026, 1, 2), "v")));
        values.add("keys of many kinds", () -> linked(1, "int", 1L, "long", "1", "text", '1', "char", 1.0, "double"));
        values.add("null key and null value", () -> {
            Map<Object, Object> map = new HashMap<>();
            map.put(null, 1L);
            map.put("a", null);
            return map;
        });
        values.add("list keys", () -> new HashMap<>(Map.of(List.of(1, 2), "v")));
        values.add("Optional keys", () -> new HashMap<>(Map.of(Optional.of(1L), "v", Optional.empty(), "e")));
        values.add("map keys", () -> new HashMap<>(Map.of(Map.of("k", 1), "v")));
        values.add("field Map<Long, Point>",
                () -> new Records.Deep(List.of(), Map.of(1L, new Records.Point(1, 1)), Optional.empty()));
        values.add("Map<Long, List<Map<Colour, Point[]>>>", () -> new HashMap<>(Map.of(1L,
                List.of(new EnumMap<>(Map.of(Colour.RED, new Records.Point[] { new Records.Point(1, 2) }))))));
    }

    private static void kinds(ValueCase.Kind values) {
        values.add("LinkedHashMap", () -> linked("z", 1, "a", 2, "m", 3), MapValues::touch);
        values.add("LinkedHashMap, order of access", () -> {
            LinkedHashMap<Object, Object> map = new LinkedHashMap<>(16, .75f, true);
            map.put("a", 1);
            map.put("b", 2);
            map.get("a");
            return map;
        }, MapValues::touch);
        values.add("LinkedHashMap, order of access, empty", () -> new LinkedHashMap<>(16, .75f, true),
                MapValues::touch);
        values.add("EnumMap", () -> new EnumMap<>(Map.of(Colour.BLUE, 1L, Colour.RED, 2L)));
        values.add("EnumMap, null value", () -> {
            EnumMap<Colour, Object> map = new EnumMap<>(Colour.class);
            map.put(Colour.RED, null);
            return map;
        });
        values.add("EnumMap, empty", () -> new EnumMap<>(Colour.class), (map) -> {
            EnumMap<Colour, Object> enums = cast(map);
            enums.put(Colour.GREEN, 1);
            return enums.toString();
        });
        values.add("EnumMap with bodies", () -> new EnumMap<>(Map.of(Enums.Operation.MINUS, 1L)), (map) -> {
            EnumMap<Enums.Operation, Object> enums = cast(map);
            enums.put(Enums.Operation.PLUS, 1);
            return enums.toString();
        });
        values.add("EnumMap of an enum of the JDK", () -> new EnumMap<>(Map.of(java.time.Month.MAY, 1L)));
        values.add("ConcurrentHashMap", () -> new ConcurrentHashMap<>(Map.of(1L, List.of("a"))));
        values.add("ConcurrentHashMap, empty", ConcurrentHashMap::new);
        values.add("IdentityHashMap of enums", () -> new IdentityHashMap<>(Map.of(Colour.RED, 1)));
        values.add("IdentityHashMap of equal texts", () -> {
            Map<Object, Object> map = new IdentityHashMap<>();
            map.put(new StringBuilder("same").toString(), 1);
            map.put(new StringBuilder("same").toString(), 2);
            return map;
        });
        values.add("WeakHashMap of enums", () -> new WeakHashMap<>(Map.of(Colour.RED, 2)));
        values.add("Hashtable", () -> new Hashtable<>(Map.of(1L, 2L)));
        values.add("Properties", () -> {
            Properties properties = new Properties();
            properties.setProperty("a", "b");
            return properties;
        });
        values.add("Properties with a number", () -> {
            Properties properties = new Properties();
            properties.put(1, 2L);
            return properties;
        });
        values.add("Properties with defaults", () -> {
            Properties defaults = new Properties();
            defaults.setProperty("d", "1");
            Properties properties = new Properties(defaults);
            properties.setProperty("a", "b");
            return properties;
        });
        values.add("Properties with empty defaults", () -> new Properties(new Properties()));
        values.add("map of maps", () -> new HashMap<>(Map.of("a",
                new LinkedHashMap<>(Map.of("b", new HashMap<>(Map.of("c", new ArrayList<>(List.of(1)))))))));
    }

    /** What happens when something is put. */
    static Object put(Object map) {
        Map<Object, Object> all = cast(map);
        try {
            all.put("put", "new");
            return all.size();
        }
        catch (RuntimeException ex) {
            return ex.getClass();
        }
    }

    /** The order after the first was asked for. */
    private static Object touch(Object map) {
        Map<Object, Object> all = cast(map);
        all.put("y", 1);
        all.put("x", 2);
        all.get(all.keySet().iterator().next());
        return all.toString();
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }

}
