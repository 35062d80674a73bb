package io.memlink.value.suite.shop;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Classes with fields as applications write them.
 */
@SuppressWarnings("serial")
public final class Beans {

    private Beans() {
    }

    public static class Article implements Serializable {

        private String name;

        private int count;

        private Long big;

        private List<String> tags = new ArrayList<>();

        private boolean active;

        private LocalDate day;

        public Article() {
        }

        public Article(String name, int count, Long big, List<String> tags, boolean active, LocalDate day) {
            this.name = name;
            this.count = count;
            this.big = big;
            this.tags = tags;
            this.active = active;
            this.day = day;
        }

        public String getName() {
            return this.name;
        }

    }

    public static final class Immutable implements Serializable {

        private final String name;

        private final int count;

        private final List<String> tags;

        public Immutable(String name, int count, List<String> tags) {
            this.name = Objects.requireNonNull(name);
            this.count = count;
            this.tags = tags;
        }

    }

    /** Parameters in another order than the fields. */
    public static final class Crossed implements Serializable {

        private final String a;

        private final String b;

        public Crossed(String second, String first) {
            this.a = first;
            this.b = second;
        }

    }

    /** The constructor without parameters has an effect. */
    public static class Counter implements Serializable {

        public static int made;

        private int count = 7;

        private String name = "new";

        public Counter() {
            made++;
        }

        public Counter(String name, int count) {
            this.name = name;
            this.count = count;
        }

    }

    /** A getter that does not say what the field holds. */
    public static class Lying implements Serializable {

        private List<String> items = new ArrayList<>();

        private String password = "secret";

        public Lying(List<String> items, String password) {
            this.items = items;
            this.password = password;
        }

        public List<String> getItems() {
            return (this.items == null) ? List.of() : Collections.unmodifiableList(this.items);
        }

    }

    public static class Parent implements Serializable {

        private String id;

        protected int n;

        public Parent(String id, int n) {
            this.id = id;
            this.n = n;
        }

    }

    public static class Child extends Parent {

        private String id;

        public Child(String parent, int n, String child) {
            super(parent, n);
            this.id = child;
        }

    }

    public static class Grandchild extends Child {

        private Object id;

        public Grandchild(String parent, int n, String child, Object own) {
            super(parent, n, child);
            this.id = own;
        }

    }

    /** Of a parent that is not serializable. */
    public static class NotSerializableParent {

        protected String kept = "default";

    }

    public static class SerializableChild extends NotSerializableParent implements Serializable {

        public String own = "own";

        public static SerializableChild make() {
            SerializableChild made = new SerializableChild();
            made.kept = "changed";
            return made;
        }

    }

    public abstract static class Abstract implements Serializable {

        protected String base = "base";

    }

    public static class Concrete extends Abstract {

        public String own;

        public Concrete(String base, String own) {
            this.base = base;
            this.own = own;
        }

    }

    public abstract static class GenericParent<T> implements Serializable {

        protected T content;

        protected List<? super T> more;

    }

    public static class OfLong extends GenericParent<Long> {

        public OfLong(Long content) {
            this.content = content;
            this.more = new ArrayList<>(List.of(content));
        }

    }

    /** A transient field that has something in it. */
    public static class WithTransient implements Serializable {

        String kept = "kept";

        transient String lost = "lost";

        public static WithTransient of(String lost) {
            WithTransient made = new WithTransient();
            made.lost = lost;
            return made;
        }

    }

    /** A transient field that is filled at first use, as by memoisation. */
    public static class Memoising implements Serializable {

        private final String text;

        private transient int hash;

        private transient String upper;

        public Memoising(String text) {
            this.text = text;
        }

        public static Memoising used(String text) {
            Memoising made = new Memoising(text);
            made.hash = text.hashCode();
            made.upper = text.toUpperCase(java.util.Locale.ROOT);
            return made;
        }

    }

    public static class Volatile implements Serializable {

        public volatile int a;

        public final int constant = 5;

        public final String text = "constant";

        public static int shared = 1;

        public final long given;

        public Volatile(int a, long given) {
            this.a = a;
            this.given = given;
        }

    }

    public static class Node implements Serializable {

        public String name;

        public Node next;

        public Node(String name) {
            this.name = name;
        }

        public static Node chain(int length) {
            Node first = new Node("0");
            Node at = first;
            for (int i = 1; i < length; i++) {
                at.next = new Node("" + i);
                at = at.next;
            }
            return first;
        }

    }

    public static class Tree implements Serializable {

        public String name;

        public Tree parent;

        public List<Tree> children = new ArrayList<>();

        public Tree(String name, Tree parent) {
            this.name = name;
            this.parent = parent;
            if (parent != null) {
                parent.children.add(this);
            }
        }

    }

    /** Hashes by a field, and is held by a set that it holds. */
    public static class InSet implements Serializable {

        public Set<InSet> all;

        public String name;

        public InSet(String name) {
            this.name = name;
        }

        @Override
        public int hashCode() {
            return this.name.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof InSet i && i.name.equals(this.name);
        }

    }

    /** Has the identity of an object: no equality of its own. */
    public static class Identity implements Serializable {

        public int n;

        public Identity(int n) {
            this.n = n;
        }

    }

    /** A key that the program may change. */
    public static class ChangingKey implements Serializable {

        public String name;

        public ChangingKey(String name) {
            this.name = name;
        }

        @Override
        public int hashCode() {
            return this.name.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ChangingKey k && k.name.equals(this.name);
        }

    }

    /** Equal by id, as entities are. */
    public static class Entity implements Serializable {

        protected Long id;

        protected String name;

        public Entity() {
        }

        public Entity(Long id, String name) {
            this.id = id;
            this.name = name;
        }

        public Long getId() {
            return this.id;
        }

        public String getName() {
            return this.name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entity e && Objects.equals(e.getId(), this.id);
        }

        @Override
        public int hashCode() {
            return Entity.class.hashCode();
        }

    }

    /** Ordered by a field, mutable. */
    public static class Ranked implements Comparable<Ranked>, Serializable {

        public int rank;

        public String label;

        public Ranked(int rank, String label) {
            this.rank = rank;
            this.label = label;
        }

        @Override
        public int compareTo(Ranked other) {
            return Integer.compare(this.rank, other.rank);
        }

    }

    /** Belongs to the object that made it. */
    public class Inner implements Serializable {

        public int v = 3;

    }

    public static Object inner() {
        return new Beans().new Inner();
    }

    public static Object anonymous() {
        return new Article() {
            @Override
            public String getName() {
                return "anonymous";
            }
        };
    }

    public static Object local() {
        class Local implements Serializable {

            public int v = 4;

        }
        return new Local();
    }

    public static Object doubleBrace() {
        return new LinkedHashMap<String, String>() {
            {
                put("a", "b");
            }
        };
    }

    private static final class Hidden implements Serializable {

        private String text;

        private Hidden(String text) {
            this.text = text;
        }

    }

    public static Object hidden() {
        return new Hidden("hidden");
    }

    public static class Arrays implements Serializable {

        public int[][] matrix = { { 1, 2 }, {}, null };

        public Object[] objects = new String[] { "really", "strings" };

        public Object object = new long[] { 1, 2 };

        public List<String>[] lists;

        public Comparable<?>[] comparables = new Integer[] { 1, 2 };

        public char[] chars = { 'a', '\uD800', 0 };

        public static Arrays make() {
            return new Arrays();
        }

    }

    /** Twenty fields. */
    public static class Wide implements Serializable {

        public long id;

        public int a;

        public int b;

        public int c;

        public boolean d;

        public boolean e;

        public double f;

        public String g;

        public String h;

        public String i;

        public String j;

        public String k;

        public Instant l;

        public LocalDate m;

        public BigDecimal n;

        public UUID o;

        public Enums.Colour p;

        public List<String> q;

        public Map<String, Integer> r;

        public Date s;

        public static Wide of(int n) {
            Wide made = new Wide();
            made.id = 1000L + n;
            made.a = n;
            made.b = -n;
            made.c = n * 1000;
            made.d = true;
            made.f = n / 3.0;
            made.g = "name " + n;
            made.h = "A longer text about article " + n;
            made.i = "Stra\u00dfe";
            made.j = "";
            made.l = Instant.ofEpochSecond(1_700_000_000L + n, 123_456_789);
            made.m = LocalDate.of(2026, 1 + n % 12, 1 + n % 28);
            made.n = new BigDecimal("19.90");
            made.o = new UUID(n * 31L, n * 17L);
            made.p = Enums.Colour.values()[n % 3];
            made.q = new ArrayList<>(List.of("a", "bb", "ccc"));
            made.r = new LinkedHashMap<>(Map.of("one", 1));
            made.s = new Date(n);
            return made;
        }

    }

    public static class Empty implements Serializable {

    }

    /** A name with a dollar sign that is no nested class. */
    public static class Dollar$Name implements Serializable {

        public String $field$ = "v";

        public String ünïcode = "w";

    }

    public interface Pet extends Serializable {

    }

    public record Cat(String name) implements Pet {
    }

    public static final class Dog implements Pet {

        public String name = "dog";

    }

    public record Owner(Pet pet, List<Pet> more) implements Serializable {
    }

    /** Its equals fails. */
    public static class FailingEquals implements Serializable {

        public int n = 1;

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("equals");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("hashCode");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }

    }

    /** Equality needs what is read later in a cycle. */
    public static class Person implements Serializable {

        public String name;

        public Map<Person, String> friends = new java.util.HashMap<>();

        public Person(String name) {
            this.name = name;
        }

        @Override
        public int hashCode() {
            return this.name.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Person p && p.name.equals(this.name);
        }

    }

    /** Clones itself. */
    public static class Cloneable1 implements Cloneable, Serializable {

        public int[] numbers = { 1 };

        @Override
        public Cloneable1 clone() {
            try {
                return (Cloneable1) super.clone();
            }
            catch (CloneNotSupportedException ex) {
                throw new AssertionError(ex);
            }
        }

    }

    public static class HoldsLock implements Serializable {

        public String text = "t";

        private final Object lock = new Object();

    }

    public static class HoldsThread {

        public Thread thread = new Thread("t");

    }

    public static class HoldsLogger implements Serializable {

        private static final org.slf4j.Logger logger = org.slf4j.LoggerFactory.getLogger(HoldsLogger.class);

        public String text = "t";

        public void log() {
            logger.debug("logged");
        }

    }

}
