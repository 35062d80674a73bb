package io.memlink.value.suite;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.PriorityBlockingQueue;

/**
 * A comparison of two values to the last field, without trusting their equality. A
 * difference is something by which a program could be misled; a remark is something that
 * it should not care about.
 */
final class Comparison {

    private static final int ENOUGH = 3;

    final List<String> differences = new ArrayList<>();

    final List<String> remarks = new ArrayList<>();

    private final boolean byName;

    private final IdentityHashMap<Object, Object> there = new IdentityHashMap<>();

    private final IdentityHashMap<Object, Object> back = new IdentityHashMap<>();

    private Comparison(boolean byName) {
        this.byName = byName;
    }

    static Comparison of(Object expected, Object actual) {
        Comparison comparison = new Comparison(false);
        comparison.compare("", expected, actual);
        return comparison;
    }

    /** Compares values of two class loaders, whose classes are the same by name. */
    static Comparison byName(Object expected, Object actual) {
        Comparison comparison = new Comparison(true);
        comparison.compare("", expected, actual);
        return comparison;
    }

    private Comparison inner() {
        return new Comparison(this.byName);
    }

    private void differ(String at, String what) {
        this.differences.add((at.isEmpty() ? "" : at + ": ") + what);
    }

    private void remark(String at, String what) {
        String remark = (at.isEmpty() ? "" : at + ": ") + what;
        if (this.remarks.size() < ENOUGH && !this.remarks.contains(remark)) {
            this.remarks.add(remark);
        }
    }

    void compare(String at, Object a, Object b) {
        if (this.differences.size() >= ENOUGH) {
            return;
        }
        if (a == null || b == null) {
            if (a != b) {
                differ(at, show(a) + " became " + show(b));
            }
            return;
        }
        if (isScalar(a)) {
            scalar(at, a, b);
            return;
        }
        if (a instanceof Enum<?> e) {
            boolean same = this.byName ? b instanceof Enum<?> f && f.name().equals(e.name()) : a == b;
            if (!same) {
                differ(at, e.name() + " became " + show(b));
            }
            return;
        }
        if (a instanceof Class) {
            if (a != b) {
                differ(at, a + " became " + b);
            }
            return;
        }
        if (pair(at, a, b)) {
            contents(at, a, b);
        }
    }

    /** Notes what stands for what; tells whether the two were not compared yet. */
    private boolean pair(String at, Object a, Object b) {
        boolean counts = hasIdentity(a);
        if (this.there.containsKey(a)) {
            if (counts && this.there.get(a) != b) {
                differ(at, "the same " + name(a.getClass()) + " became two");
            }
            return this.there.get(a) != b && !counts;
        }
        if (counts && this.back.containsKey(b)) {
            differ(at, "two " + name(a.getClass()) + " became the same");
        }
        this.there.put(a, b);
        this.back.put(b, a);
        return true;
    }

    /** Whether it makes a difference if there is one of it or two. */
    private static boolean hasIdentity(Object value) {
        Class<?> type = value.getClass();
        if (type.isArray()) {
            return Array.getLength(value) > 0;
        }
        if (!isOfJdk(type)) {
            return !type.isRecord() && !(value instanceof Throwable) && !type.getName().startsWith("kotlin.")
                    && type.getDeclaredFields().length > 0;
        }
        return isOpen(type) && !(value instanceof Comparable) && !type.getName().startsWith("java.time")
                && !type.getName().startsWith("java.util.Optional") && (value instanceof Collection
                        || value instanceof Map || type.getName().startsWith("java.util.concurrent.atomic"))
                || isChangeable(value);
    }

    /** Others that can be changed; that they can be compared says nothing about that. */
    private static boolean isChangeable(Object value) {
        return value instanceof Date || value instanceof Calendar || value instanceof BitSet
                || value instanceof StringBuilder || value instanceof StringBuffer;
    }

    private void contents(String at, Object a, Object b) {
        Class<?> c = a.getClass();
        Class<?> d = b.getClass();
        if (c.isArray()) {
            array(at, a, b);
        }
        else if (a instanceof Map<?, ?> m) {
            map(at, m, b);
            kind(at, a, b);
        }
        else if (a instanceof Collection<?> l) {
            collection(at, l, b);
            kind(at, a, b);
        }
        else if (a instanceof Map.Entry<?, ?> e && isOfJdk(c)) {
            if (b instanceof Map.Entry<?, ?> f) {
                compare(at + ".key", e.getKey(), f.getKey());
                compare(at + ".value", e.getValue(), f.getValue());
            }
            kind(at, a, b);
        }
        else if (!same(c, d)) {
            if (isOfJdk(c) && isOfJdk(d) && !isOpen(c) && a.equals(b) && b.equals(a)) {
                remark(at, name(c) + " became " + name(d));
            }
            else {
                differ(at, name(c) + " became " + name(d));
            }
        }
        else if (isOfJdk(c)) {
            List<Object> parts = JdkParts.of(a);
            if (parts == null) {
                if (c != Object.class && !a.equals(b)) {
                    differ(at, show(a) + " became " + show(b));
                }
            }
            else {
                compare(at, parts, JdkParts.of(b));
            }
        }
        else {
            fields(at, a, b);
        }
    }

    /** A public class of the JDK has to come back as itself, a hidden one need not. */
    private void kind(String at, Object a, Object b) {
        Class<?> c = a.getClass();
        Class<?> d = b.getClass();
        if (same(c, d)) {
            if (isOfJdk(c)) {
                List<Object> parts = JdkParts.of(a);
                if (parts != null) {
                    compare(at, parts, JdkParts.of(b));
                }
            }
            else {
                fields(at, a, b);
            }
        }
        else if (isOfJdk(c) && isOpen(c)) {
            differ(at, name(c) + " became " + name(d));
        }
        else {
            remark(at, name(c) + " became " + name(d));
        }
    }

    private static boolean isScalar(Object value) {
        Class<?> type = value.getClass();
        return value instanceof String || value instanceof Boolean || value instanceof Character
                || value instanceof Number
                        && (type.getName().startsWith("java.lang.") || type.getName().startsWith("java.math."));
    }

    private void scalar(String at, Object a, Object b) {
        if (a.getClass() != b.getClass()) {
            differ(at, name(a.getClass()) + " became " + name(b.getClass()) + " " + show(b));
        }
        else if (!a.equals(b)) {
            differ(at, show(a) + " became " + show(b));
        }
        else if (a instanceof Double x && Double.doubleToRawLongBits(x) != Double.doubleToRawLongBits((Double) b)) {
            differ(at, "other bits of NaN");
        }
        else if (a instanceof Float x && Float.floatToRawIntBits(x) != Float.floatToRawIntBits((Float) b)) {
            differ(at, "other bits of NaN");
        }
    }

    private void array(String at, Object a, Object b) {
        if (!same(a.getClass(), b.getClass())) {
            differ(at, a.getClass().getTypeName() + " became " + b.getClass().getTypeName());
            return;
        }
        int length = Array.getLength(a);
        if (length != Array.getLength(b)) {
            differ(at, "length " + length + " became " + Array.getLength(b));
            return;
        }
        for (int i = 0; i < length; i++) {
            compare(at + "[" + i + "]", Array.get(a, i), Array.get(b, i));
        }
    }

    private void fields(String at, Object a, Object b) {
        Class<?> d = b.getClass();
        for (Class<?> c = a.getClass(); c != null && !isOfJdk(c); c = c.getSuperclass(), d = d.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field(at, field, d, a, b);
                }
            }
        }
    }

    private void field(String at, Field field, Class<?> other, Object a, Object b) {
        try {
            Field counterpart = this.byName ? other.getDeclaredField(field.getName()) : field;
            field.setAccessible(true);
            counterpart.setAccessible(true);
            compare(at + "." + field.getName(), field.get(a), counterpart.get(b));
        }
        catch (NoSuchFieldException ex) {
            differ(at, "no field " + field.getName());
        }
        catch (ReflectiveOperationException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private void map(String at, Map<?, ?> a, Object other) {
        if (!(other instanceof Map<?, ?> b)) {
            differ(at, name(a.getClass()) + " became " + name(other.getClass()));
            return;
        }
        if (a.size() != b.size()) {
            differ(at, "size " + a.size() + " became " + b.size());
            return;
        }
        if (a instanceof SortedMap<?, ?> s) {
            sorted(at, s.comparator(), (b instanceof SortedMap<?, ?> t) ? t.comparator() : this);
        }
        if (isOrdered(a)) {
            Iterator<? extends Map.Entry<?, ?>> copies = b.entrySet().iterator();
            int i = 0;
            for (Map.Entry<?, ?> entry : a.entrySet()) {
                Map.Entry<?, ?> copy = copies.next();
                compare(at + ".key" + i, entry.getKey(), copy.getKey());
                compare(at + ".value" + i++, entry.getValue(), copy.getValue());
            }
            return;
        }
        List<Map.Entry<?, ?>> rest = new ArrayList<>();
        b.entrySet().forEach((each) -> rest.add(new java.util.AbstractMap.SimpleEntry<Object, Object>(each)));
        for (Map.Entry<?, ?> entry : a.entrySet()) {
            Map.Entry<?, ?> copy = take(entry, rest, Map.Entry::getKey);
            if (copy == null) {
                differ(at, "no key " + show(entry.getKey()) + " in " + show(b));
                return;
            }
            compare(at + ".key", entry.getKey(), copy.getKey());
            compare(at + "(" + show(entry.getKey()) + ")", entry.getValue(), copy.getValue());
            if (finds(a, entry.getKey()) && !finds(b, copy.getKey())) {
                differ(at, "does not find its key " + show(copy.getKey()));
            }
        }
    }

    private void collection(String at, Collection<?> a, Object other) {
        if (!(other instanceof Collection<?> b) || a instanceof List && !(b instanceof List)
                || a instanceof Set && !(b instanceof Set)) {
            differ(at, name(a.getClass()) + " became " + name(other.getClass()));
            return;
        }
        if (a.size() != b.size()) {
            differ(at, "size " + a.size() + " became " + b.size());
            return;
        }
        if (a instanceof SortedSet<?> s) {
            sorted(at, s.comparator(), (b instanceof SortedSet<?> t) ? t.comparator() : this);
        }
        if (a instanceof PriorityQueue<?> s) {
            sorted(at, s.comparator(), (b instanceof PriorityQueue<?> t) ? t.comparator() : this);
        }
        if (a instanceof PriorityBlockingQueue<?> s) {
            sorted(at, s.comparator(), (b instanceof PriorityBlockingQueue<?> t) ? t.comparator() : this);
        }
        if (!(a instanceof Set) || isOrdered(a)) {
            Iterator<?> copies = b.iterator();
            int i = 0;
            for (Object each : a) {
                compare(at + "[" + i++ + "]", each, copies.next());
            }
            return;
        }
        List<Object> rest = new ArrayList<>(b);
        for (Object each : a) {
            Object copy = take(each, rest, (element) -> element);
            if (copy == null && each != null) {
                differ(at, "no " + show(each) + " in " + show(b));
                return;
            }
            compare(at + "{}", each, copy);
            if (a.contains(each) && !b.contains(copy)) {
                differ(at, "does not find its element " + show(copy));
            }
        }
    }

    private static boolean finds(Map<?, ?> map, Object key) {
        return map.containsKey(key);
    }

    private <T> T take(T original, List<T> rest, java.util.function.Function<T, Object> key) {
        for (int i = 0; i < rest.size(); i++) {
            Comparison comparison = inner();
            comparison.compare("", key.apply(original), key.apply(rest.get(i)));
            if (comparison.differences.isEmpty()) {
                return rest.remove(i);
            }
        }
        return null;
    }

    private void sorted(String at, Comparator<?> a, Object b) {
        if (a == null ? b != null
                : !(b instanceof Comparator) || !a.getClass().getName().equals(b.getClass().getName())) {
            differ(at, "comparator " + show(a) + " became " + show(b));
        }
    }

    private static boolean isOrdered(Object value) {
        String name = value.getClass().getName();
        return value instanceof SortedMap || value instanceof SortedSet || name.contains("Linked")
                || name.contains("Unmodifiable") || name.contains("Synchronized") || name.contains("Enum")
                || name.contains("CopyOnWrite") || name.contains("Singleton") || name.contains("TreeMap");
    }

    private boolean same(Class<?> a, Class<?> b) {
        return this.byName ? a.getName().equals(b.getName()) : a == b;
    }

    static boolean isOfJdk(Class<?> type) {
        String name = type.getName();
        return !type.isArray() && (name.startsWith("java.") || name.startsWith("sun.") || name.startsWith("jdk.")
                || name.startsWith("com.sun."));
    }

    /** Whether a program can have named the class. */
    private static boolean isOpen(Class<?> type) {
        return Modifier.isPublic(type.getModifiers()) && type.getEnclosingClass() == null
                && type.getModule().isExported(type.getPackageName());
    }

    private static String name(Class<?> type) {
        String name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    static String show(Object value) {
        try {
            String text = Objects.toString(value);
            return (text.length() > 60) ? text.substring(0, 60) + "..." : text;
        }
        catch (RuntimeException | StackOverflowError ex) {
            return value.getClass().getName();
        }
    }

}
