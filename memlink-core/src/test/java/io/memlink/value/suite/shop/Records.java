package io.memlink.value.suite.shop;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Records as applications write them.
 */
@SuppressWarnings("serial")
public final class Records {

    private Records() {
    }

    public record Point(int x, long y) implements Serializable {
    }

    public record Product(String sku, BigDecimal price, Instant since, List<String> tags,
            Enums.Colour colour) implements Serializable {
    }

    public record Box<T>(T content) implements Serializable {
    }

    public record Pair<A, B>(A first, B second) implements Serializable {
    }

    public record Triple(Object a, Object b, Object c) implements Serializable {
    }

    public record Nothing() implements Serializable {
    }

    public record Deep(List<Map<String, List<Long>>> deep, Map<Long, Point> points, Optional<Point> maybe) {
    }

    public record Plain(String name, long id) {
    }

    public record Nulls(String a, Integer b, List<String> c) implements Serializable {
    }

    public record Primitives(boolean a, byte b, short c, char d, int e, long f, float g,
            double h) implements Serializable {
    }

    public record Arrays3(int[] ints, byte[] bytes, String[][] texts) implements Serializable {
    }

    public record Varargs(String name, int... numbers) implements Serializable {
    }

    public record Numbers(Number a, Number b, Comparable<?> c) implements Serializable {
    }

    /** Constructing it twice is not constructing it once. */
    public record Gross(double amount) implements Serializable {
        public Gross {
            amount = amount * 1.5;
        }
    }

    /** Normalises, so that constructing it again changes nothing. */
    public record Tag(String name) implements Serializable {
        public Tag {
            name = name.trim().toLowerCase(Locale.ROOT);
        }
    }

    public record Copies(List<String> items) implements Serializable {
        public Copies {
            items = List.copyOf(items);
        }
    }

    /** Adds to what it is given. */
    public record Grows(List<String> items) implements Serializable {
        public Grows {
            items = new ArrayList<>(items);
            items.add("more");
        }
    }

    /** Adds to the very list that it is given. */
    public record Mutating(List<String> items) implements Serializable {
        private static boolean mutate;

        public Mutating {
            if (mutate) {
                items.add("more");
            }
        }

        public static Mutating of(List<String> items) {
            mutate = false;
            Mutating made = new Mutating(items);
            mutate = true;
            return made;
        }
    }

    /** Gives out copies of its array. */
    public record Guarded(byte[] bytes) implements Serializable {
        public Guarded {
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return this.bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Guarded g && Arrays.equals(this.bytes, g.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(this.bytes);
        }
    }

    /** Has an accessor that does not say what the field holds. */
    public record Masked(String secret) implements Serializable {
        @Override
        public String secret() {
            return "***";
        }
    }

    /** Has an accessor that fails. */
    public record Failing(String name) implements Serializable {
        @Override
        public String name() {
            throw new IllegalStateException("name");
        }
    }

    /** Is equal to every other. */
    public record AllEqual(int n) implements Serializable {
        @Override
        public boolean equals(Object other) {
            return other instanceof AllEqual;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** Is equal to nothing, not even to itself. */
    public record NeverEqual(int n) implements Serializable {
        @Override
        public boolean equals(Object other) {
            return false;
        }

        @Override
        public int hashCode() {
            return this.n;
        }
    }

    /** Loses a part of what it is given, and has an equality that does not see it. */
    public record Truncating(String text, String note) implements Serializable {
        private static boolean truncate;

        public Truncating {
            note = truncate ? null : note;
        }

        public static Truncating make(String text, String note) {
            truncate = false;
            Truncating made = new Truncating(text, note);
            truncate = true;
            return made;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Truncating t && t.text.equals(this.text);
        }

        @Override
        public int hashCode() {
            return this.text.hashCode();
        }
    }

    /** Refuses what it was once made of. */
    public record Picky(int n) implements Serializable {
        private static boolean picky;

        public Picky {
            if (picky && n < 0) {
                throw new IllegalArgumentException("n");
            }
        }

        public static Picky make(int n) {
            picky = false;
            Picky made = new Picky(n);
            picky = true;
            return made;
        }
    }

    /** Counts how often it was made, as a record with an effect. */
    public record Numbered(String name, int number) implements Serializable {
        private static int next;

        public Numbered {
            number = (number == 0) ? ++next : number;
        }
    }

    public record Sorted(TreeMap<String, List<Long>> map) implements Serializable {
    }

    public record Generic<T extends Comparable<T>>(List<T> all, Map<String, ? extends T> named,
            T[] array) implements Serializable {
    }

    public record Tree(String name, List<Tree> children) implements Serializable {
    }

    public record Loop(List<Object> back) implements Serializable {
    }

    public record Key(String a, int b) implements Serializable {
    }

    public record MutableKey(List<String> parts) implements Serializable {
    }

    /** Hash codes collide. */
    public record Colliding(int n) implements Serializable {
        @Override
        public int hashCode() {
            return 7;
        }
    }

    public record Named(String name) implements Comparable<Named>, Serializable {
        @Override
        public int compareTo(Named other) {
            return this.name.compareTo(other.name);
        }
    }

    /** Orders by a part only, so that a sorted set takes fewer. */
    public record ByGroup(String group, int n) implements Comparable<ByGroup>, Serializable {
        @Override
        public int compareTo(ByGroup other) {
            return this.group.compareTo(other.group);
        }
    }

    private record Hidden(String name) implements Serializable {
    }

    public static Object hidden() {
        return new Hidden("hidden");
    }

    public static Object local() {
        record Local(int a) implements Serializable {
        }
        return new Local(4);
    }

    /** Throws a checked exception from its constructor. */
    public record Checked(String name) implements Serializable {
        private static boolean fail;

        public Checked {
            if (fail) {
                throw sneaky(new java.io.IOException("gone"));
            }
        }

        @SuppressWarnings("unchecked")
        private static <X extends Throwable> RuntimeException sneaky(Throwable failure) throws X {
            throw (X) failure;
        }

        public static Checked make(String name) {
            fail = false;
            Checked made = new Checked(name);
            fail = true;
            return made;
        }
    }

    public sealed interface Shape extends Serializable permits Circle, Square, Shape.Group {

        record Group(List<Shape> all) implements Shape {
        }

    }

    public record Circle(double radius) implements Shape {
    }

    public record Square(double side) implements Shape {
    }

    public record Drawing(Shape main, List<Shape> all) implements Serializable {
    }

    /** Throws an error from its constructor, as a failed assertion would. */
    public record Asserting(String name) implements Serializable {
        private static boolean fail;

        public Asserting {
            if (fail) {
                throw new AssertionError("name");
            }
        }

        public static Asserting make(String name) {
            fail = false;
            Asserting made = new Asserting(name);
            fail = true;
            return made;
        }
    }

    public record Wide(int a0, long a1, String a2, double a3, Object a4, List<String> a5, Map<Long, Long> a6, byte a7,
            char a8, float a9, boolean b0, short b1, int[] b2, Enums.Colour b3, Optional<String> b4,
            Instant b5) implements Serializable {
        public static Wide make() {
            return new Wide(1, 2, "3", 4, 5L, List.of("6"), Map.of(7L, 8L), (byte) 9, 'c', 1.5f, true, (short) 3,
                    new int[] { 1 }, Enums.Colour.RED, Optional.of("o"), Instant.EPOCH);
        }

        @Override
        public int hashCode() {
            return Objects.hash(this.a0, this.a1);
        }
    }

}
