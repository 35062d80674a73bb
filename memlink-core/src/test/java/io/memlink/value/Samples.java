package io.memlink.value;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Classes such as applications cache. */
final class Samples {

    private Samples() {
    }

    static ValueFormat format() {
        return ValueFormat.of(Samples.class.getClassLoader(), TrustedClasses.of(Samples.class.getName()));
    }

    /** The name of the first in UTF-8 is that of the second in Latin-1. */
    enum Letter {

        \u00e4, \u00c3\u00a4, \u0105, PLAIN

    }

    enum Color {

        RED, GREEN, BLUE

    }

    enum Operation {

        PLUS {
            @Override
            int apply(int one, int other) {
                return one + other;
            }
        };

        abstract int apply(int one, int other);

    }

    record Product(String sku, BigDecimal price, Instant since, List<String> tags, Color color) {
    }

    record Box(Object content) {
    }

    record Pair(Object one, Object other) {
    }

    /** Makes another list of the same elements. */
    record Copied(List<Object> content) {

        Copied {
            content = new ArrayList<>(content);
        }

    }

    /** Makes other tables of the same content, whose order may be another. */
    record Tables(Map<Object, Object> map, Set<Object> set, Map<Object, Object> wrapped, List<Set<Object>> inner) {

        Tables {
            map = new HashMap<>(map);
            set = new HashSet<>(set);
            wrapped = Collections.unmodifiableMap(new HashMap<>(wrapped));
            inner = inner.stream().map((each) -> (Set<Object>) new HashSet<>(each)).toList();
        }

    }

    record Primitives(boolean a, byte b, short c, char d, int e, long f, float g, double h, String i, int j) {
    }

    record Varargs(int first, String... others) {
    }

    record Nothing() {
    }

    record Point(int x, int y) {
    }

    /** Gets dearer each time it is made. */
    record Taxed(double price) {

        Taxed {
            price = price * 1.25;
        }

    }

    record Lower(String text) {

        Lower {
            text = text.toLowerCase(java.util.Locale.ROOT);
        }

    }

    record Copying(List<String> list, byte[] bytes, Date date) {

        Copying {
            list = new ArrayList<>(list);
            bytes = bytes.clone();
            date = new Date(date.getTime());
        }

    }

    record Picky(int number) {

        static boolean tolerant;

        Picky {
            if (number < 0 && !tolerant) {
                throw new IllegalArgumentException("number");
            }
        }

    }

    record Resolved(String text) implements Serializable {

        private Object readResolve() {
            return this;
        }

    }

    /** Is hashed by what it refers to, which may be there before its number is. */
    static class Order {

        Object first;

        Object lines;

        String number;

    }

    static class Line implements Comparable<Line> {

        final Order order;

        final int position;

        Line(Order order, int position) {
            this.order = order;
            this.position = position;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Line line && line.position == this.position
                    && line.order.number.equals(this.order.number);
        }

        @Override
        public int hashCode() {
            return java.util.Objects.hash(this.order.number, this.position);
        }

        @Override
        public int compareTo(Line other) {
            return this.order.number.compareTo(other.order.number) * 100 + this.position - other.position;
        }

    }

    /** Has a hash code only as long as it is told. */
    static class Unhashed {

        static Throwable thrown;

        int number;

        @Override
        public boolean equals(Object other) {
            return other instanceof Unhashed;
        }

        @Override
        public int hashCode() {
            if (thrown != null) {
                sneak(thrown);
            }
            return 1;
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void sneak(Throwable thrown) throws T {
            throw (T) thrown;
        }

    }

    /** Says whether the thread that hashed it first held a lock. */
    static class Locked {

        transient Object lock;

        transient Boolean held;

        @Override
        public int hashCode() {
            if (this.lock != null && this.held == null) {
                this.held = Thread.holdsLock(this.lock);
            }
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Locked;
        }

    }

    /** Is equal to those of its number, and has the hash code of its identity. */
    static class Unstable {

        int number;

        Unstable(int number) {
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Unstable unstable && unstable.number == this.number;
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }

    }

    /** Orders by a difference, which overflows. */
    static class Amount implements Comparable<Amount> {

        final int value;

        Amount(int value) {
            this.value = value;
        }

        @Override
        public int compareTo(Amount other) {
            return this.value - other.value;
        }

    }

    enum ByDifference implements Comparator<Integer> {

        ORDER;

        @Override
        public int compare(Integer one, Integer other) {
            return one - other;
        }

    }

    static class Node {

        String name;

        Node next;

        Node(String name) {
            this.name = name;
        }

    }

    static class Parent {

        private final String name;

        Parent(String name) {
            this.name = name;
        }

        String parentName() {
            return this.name;
        }

    }

    static final class Child extends Parent {

        private final String name;

        private final boolean a = Boolean.parseBoolean("true");

        private final byte b = Byte.parseByte("-1");

        private final short c = Short.parseShort("-300");

        private final char d = "\uFFFF".charAt(0);

        private final int e = Integer.MIN_VALUE + "".length();

        private final long f = Long.MIN_VALUE + "".length();

        private final float g = Float.intBitsToFloat(0x7fc00001);

        private final double h = -0.0 * "1".length();

        Child(String parent, String name) {
            super(parent);
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Child child && parentName().equals(child.parentName())
                    && this.name.equals(child.name) && parts().equals(child.parts());
        }

        private List<Object> parts() {
            return List.of(this.a, this.b, this.c, this.d, this.e, this.f, Float.floatToRawIntBits(this.g),
                    Double.doubleToRawLongBits(this.h));
        }

        @Override
        public int hashCode() {
            return Objects.hash(parentName(), this.name);
        }

    }

    static class Remembering {

        String kept = "kept";

        transient String lost;

        transient int count;

    }

    static class Entry {

        String name;

        Set<Entry> all = new HashSet<>();

        Entry(String name) {
            this.name = name;
        }

    }

    static final class Only {

        static final Only INSTANCE = new Only();

        private Only() {
        }

        private Object readResolve() {
            return INSTANCE;
        }

    }

    /** An enum that is written by hand. */
    static final class Grade {

        static final Grade LOW = new Grade("low", 1);

        static final Grade HIGH = new Grade("high", 2);

        final String label;

        private final int rank;

        Grade(String label, int rank) {
            this.label = label;
            this.rank = rank;
        }

        int rank() {
            return this.rank;
        }

    }

    /** Constants that are not all there is to the class, and are changed. */
    static final class Limits {

        static final Limits NONE = new Limits();

        List<Integer> all = new ArrayList<>();

    }

    static final class OnlyWithState {

        static final OnlyWithState INSTANCE = new OnlyWithState();

        int state = 5;

    }

    static final class ByLength implements Comparator<String> {

        @Override
        public int compare(String one, String other) {
            return (one.length() != other.length()) ? Integer.compare(other.length(), one.length())
                    : one.compareTo(other);
        }

    }

    static class OwnList extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

    }

    static class OwnMap extends HashMap<String, String> {

        private static final long serialVersionUID = 1L;

    }

    static class OwnDate extends Date {

        private static final long serialVersionUID = 1L;

    }

    static class Failure extends RuntimeException {

        private static final long serialVersionUID = 1L;

    }

    static class Written implements Serializable {

        private static final long serialVersionUID = 1L;

        private void writeObject(java.io.ObjectOutputStream out) {
        }

    }

    class Inner {

        int number = 1;

    }

    static Object inner() {
        return new Samples().new Inner();
    }

    static Object local() {
        record Local(int number) {
        }
        return new Local(1);
    }

    static Object anonymous() {
        return new Object() {
            final int number = 1;

        };
    }

    /** A key whose hash code says nothing. */
    record SameHash(int number) {

        @Override
        public int hashCode() {
            return 7;
        }

    }

}
