package io.memlink.value.suite;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import io.memlink.value.suite.shop.Beans;
import io.memlink.value.suite.shop.Enums;
import io.memlink.value.suite.shop.Enums.Colour;
import io.memlink.value.suite.shop.OwnForms;
import io.memlink.value.suite.shop.Records;
import io.memlink.value.suite.shop.Records.Box;

/**
 * Records, enums and beans of applications.
 */
final class ApplicationValues {

    private ApplicationValues() {
    }

    static Box<Object> box(Object content) {
        return new Box<>(content);
    }

    static void addTo(ValueCase.Kind values) {
        records(values);
        constructors(values);
        enums(values);
        beans(values);
    }

    private static void records(ValueCase.Kind values) {
        values.add("record", () -> new Records.Product("a-1", new BigDecimal("19.90"),
                Instant.ofEpochSecond(1_700_000_000, 123456789), List.of("x", "y"), Colour.GREEN));
        values.add("record without components", Records.Nothing::new);
        values.add("record, generic", () -> box(new Records.Point(1, 2)));
        values.add("record, nested generics", () -> new Records.Deep(List.of(Map.of("a", List.of(1L, 2L))),
                Map.of(5L, new Records.Point(1, 2)), Optional.of(new Records.Point(3, 4))));
        values.add("record of Long and List<Short>", () -> new Records.Pair<>(7L, List.of((short) 1, (short) 2)));
        values.add("record, nulls", () -> new Records.Nulls(null, null, null));
        values.add("record of all primitives, largest", () -> new Records.Primitives(true, Byte.MAX_VALUE,
                Short.MAX_VALUE, '\uFFFF', Integer.MAX_VALUE, Long.MAX_VALUE, Float.MAX_VALUE, Double.MAX_VALUE));
        values.add("record of all primitives, smallest", () -> new Records.Primitives(false, Byte.MIN_VALUE,
                Short.MIN_VALUE, '\0', Integer.MIN_VALUE, Long.MIN_VALUE, Float.MIN_VALUE, Double.MIN_VALUE));
        values.add("record of primitives, odd numbers",
                () -> new Records.Primitives(false, (byte) -1, (short) -1, '\uD800', -1, -1, -0.0f, -0.0));
        values.add("record of primitives, bits of NaN", () -> new Records.Primitives(false, (byte) 0, (short) 0, 'n', 0,
                0, Float.intBitsToFloat(0x7fc00001), Double.longBitsToDouble(0x7ff8000000000123L)));
        values.add("record, arrays", () -> new Records.Arrays3(new int[] { 1, 2 }, new byte[] { -1, 0, 1 },
                new String[][] { { "a" }, {}, null }));
        values.add("record, varargs", () -> new Records.Varargs("v", 1, 2, 3));
        values.add("record, Object fields Long, Float, Character", () -> new Records.Triple(5L, 1.5f, 'c'));
        values.add("record, Object fields Short, Byte, BigDecimal",
                () -> new Records.Triple((short) 5, (byte) 1, new BigDecimal("1.50")));
        values.add("record, Number and Comparable", () -> new Records.Numbers(5L, 2.0f, new UUID(1, 2)));
        values.add("record, not Serializable", () -> new Records.Plain("n", 3));
        values.add("record, field of type TreeMap",
                () -> new Records.Sorted(new TreeMap<>(Map.of("k", new ArrayList<>(List.of(1L))))));
        values.add("record, bounded generics and generic array",
                () -> new Records.Generic<>(List.of("a"), Map.of("k", "v"), new String[] { "x" }));
        values.add("record of 16 components", Records.Wide::make);
        values.add("record, private and nested", Records::hidden);
        values.add("record, local", Records::local);
        values.add("record in record in record", () -> box(box(box(new Records.Point(1, 2)))));
        values.add("record that is a tree", () -> new Records.Tree("root", List.of(new Records.Tree("a", List.of()),
                new Records.Tree("b", List.of(new Records.Tree("c", null))))));
        values.add("sealed hierarchy", () -> new Records.Drawing(new Records.Circle(2.5), List.of(new Records.Square(1),
                new Records.Circle(3), new Records.Shape.Group(List.of(new Records.Circle(4))))));
        values.add("sealed hierarchy at the root", () -> new Records.Shape.Group(List.of(new Records.Circle(1))));
        values.add("interface with record and class",
                () -> new Beans.Owner(new Beans.Cat("c"), List.of(new Beans.Dog(), new Beans.Cat("d"))));
        values.add("record, Map.Entry and Optional inside",
                () -> new Records.Triple(Map.entry("k", 1L), Optional.of(Optional.empty()), Optional.empty()));
        values.add("record, Object field holds an array", () -> box(new int[] { 1, 2 }));
        values.add("record, Object field holds the root's kind", () -> box(Records.Point.class));
    }

    private static void constructors(ValueCase.Kind values) {
        values.add("constructor copies", () -> new Records.Copies(new ArrayList<>(List.of("a", "b"))));
        values.add("constructor normalises", () -> new Records.Tag("  Mixed Case "));
        values.add("constructor is not idempotent", () -> new Records.Gross(100));
        values.add("constructor is not idempotent, zero", () -> new Records.Gross(0));
        values.add("constructor adds to a list", () -> new Records.Grows(List.of("a")));
        values.add("constructor and accessor copy an array", () -> new Records.Guarded(new byte[] { 1, 2 }));
        values.add("accessor masks", () -> new Records.Masked("secret"));
        values.add("accessor fails", () -> new Records.Failing("n"));
        values.add("equality sees nothing", () -> new Records.AllEqual(5));
        values.add("equality is never", () -> new Records.NeverEqual(5));
        values.add("equality sees nothing, in a list",
                () -> new ArrayList<>(List.of(new Records.AllEqual(1), new Records.AllEqual(2))));
        values.add("constructor loses what equality does not see", () -> Records.Truncating.make("text", "note"));
        values.add("constructor loses what equality does not see, in a record",
                () -> box(Records.Truncating.make("text", "note")));
        values.add("constructor refuses now", () -> Records.Picky.make(-1));
        values.add("constructor refuses now, in a list", () -> new ArrayList<>(List.of(Records.Picky.make(-1))));
        values.add("constructor throws a checked exception", () -> Records.Checked.make("n"));
        values.add("constructor throws an error", () -> Records.Asserting.make("n"));
        values.add("constructor numbers", () -> new Records.Numbered("n", 0));
    }

    private static void enums(ValueCase.Kind values) {
        values.add("enum", () -> Colour.BLUE);
        values.add("enum in an Object field", () -> box(Colour.BLUE));
        values.add("enum with bodies", () -> Enums.Operation.MINUS);
        values.add("enum with bodies, in record and list",
                () -> box(List.of(Enums.Operation.PLUS, Enums.Status.OPEN, Enums.Status.CLOSED)));
        values.add("enum, equal toString", () -> new ArrayList<>(List.of(Enums.SameText.B, Enums.SameText.A)));
        values.add("enum, swapped toString", () -> new ArrayList<>(List.of(Enums.SwappedText.A)));
        values.add("enum with a mutable field", () -> {
            Enums.Stateful.ONE.state = 9;
            return Enums.Stateful.ONE;
        });
        values.add("enum holding a lambda", () -> box(Enums.WithLambda.ADD));
        values.add("enum, single", () -> box(Enums.Single.INSTANCE));
        values.add("enum, non-ASCII constant", () -> Enums.Status.Ünïcödé);
    }

    private static void beans(ValueCase.Kind values) {
        values.add("bean",
                () -> new Beans.Article("n", 4, 5L, new ArrayList<>(List.of("t")), true, LocalDate.of(2026, 2, 3)));
        values.add("bean, nulls", () -> new Beans.Article(null, 0, null, null, false, null));
        values.add("bean, null where the default is not",
                () -> new Beans.Article("n", 4, 5L, null, true, LocalDate.EPOCH));
        values.add("bean without fields", Beans.Empty::new);
        values.add("bean, private final fields", () -> new Beans.Immutable("n", 3, List.of("a")));
        values.add("bean, parameters crossed", () -> new Beans.Crossed("a", "b"));
        values.add("bean, constructor with effect", () -> new Beans.Counter("c", 1));
        values.add("bean, getter that is not the field", () -> new Beans.Lying(null, "changed"));
        values.add("bean, private and nested", Beans::hidden);
        values.add("bean, names with dollars and umlauts", Beans.Dollar$Name::new);
        values.add("bean, volatile, constant, final and static", () -> new Beans.Volatile(3, 4));
        values.add("bean, constants other than those of the class", () -> new Beans.Volatile(-3, Long.MIN_VALUE));
        values.add("bean, transient field filled", () -> Beans.WithTransient.of("other"));
        values.add("bean, transient field as constructed", () -> Beans.WithTransient.of("lost"));
        values.add("bean, transient fields empty", () -> new Beans.Memoising("m"));
        values.add("bean, transient fields memoise", () -> Beans.Memoising.used("m"));
        values.add("bean, arrays of all kinds", Beans.Arrays::make);
        values.add("bean of 20 fields", () -> Beans.Wide.of(3));
        values.add("bean, cloneable", Beans.Cloneable1::new);
        values.add("bean with a lock", Beans.HoldsLock::new);
        values.add("bean with a static logger", Beans.HoldsLogger::new);
        values.add("bean, equals and hashCode fail", Beans.FailingEquals::new);
        values.add("entity, equal by id", () -> new Beans.Entity(1L, "n"));
        values.add("single without readResolve", () -> box(OwnForms.SilentOnly.INSTANCE),
                (box) -> ((Box<?>) box).content() == OwnForms.SilentOnly.INSTANCE);
        values.add("null object", () -> box(OwnForms.Missing.NONE),
                (box) -> ((Box<?>) box).content() == OwnForms.Missing.NONE);
        values.add("constant of a class", () -> OwnForms.Level.HIGH, (level) -> level == OwnForms.Level.HIGH);
        values.add("instance beside INSTANCE", () -> new OwnForms.Setting("own"),
                (s) -> s == OwnForms.Setting.INSTANCE);
        values.add("INSTANCE of a class with fields", () -> OwnForms.Setting.INSTANCE,
                (s) -> s == OwnForms.Setting.INSTANCE);
        values.add("100 records in a list", () -> {
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(new Records.Point(i, i));
            }
            return all;
        });
        values.add("beans of several kinds in a map", () -> {
            Map<Object, Object> all = new LinkedHashMap<>();
            all.put(Colour.RED, new Beans.Immutable("a", 1, List.of()));
            all.put(new Records.Key("k", 1), new Beans.Crossed("a", "b"));
            all.put(5L, new HashMap<>(Map.of("x", Arrays.asList(1, null))));
            return all;
        });
    }

}
