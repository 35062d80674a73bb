package io.memlink.value.suite.shop;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;

/**
 * Classes that extend or implement those of the JDK.
 */
@SuppressWarnings("serial")
public final class Extended {

    private Extended() {
    }

    public static class Names extends ArrayList<String> {

        public String label;

    }

    /** Adds nothing at all. */
    public static class JustList extends ArrayList<String> {

    }

    public static class Counts extends HashMap<String, Integer> {

        public String label;

    }

    /** Forgets the eldest. */
    public static class Recent extends LinkedHashMap<String, Integer> {

        public Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > 2;
        }

    }

    public static class CaseBlind extends TreeMap<String, Integer> {

        public CaseBlind() {
            super(String.CASE_INSENSITIVE_ORDER);
        }

    }

    public static class Letters extends HashSet<Character> {

    }

    public static class Colours extends EnumMap<Enums.Colour, String> {

        public Colours() {
            super(Enums.Colour.class);
        }

    }

    public static class Moment extends Date {

        public String label;

        public Moment(long millis) {
            super(millis);
        }

    }

    public static class Price extends BigDecimal {

        public String currency = "EUR";

        public Price(String text) {
            super(text);
        }

    }

    public static class Count extends BigInteger {

        public Count(String text) {
            super(text);
        }

    }

    public static class Distance extends Number {

        public double metres;

        public Distance(double metres) {
            this.metres = metres;
        }

        @Override
        public int intValue() {
            return (int) this.metres;
        }

        @Override
        public long longValue() {
            return (long) this.metres;
        }

        @Override
        public float floatValue() {
            return (float) this.metres;
        }

        @Override
        public double doubleValue() {
            return this.metres;
        }

    }

    public static class Failure extends RuntimeException {

        public int code;

        public Failure(String message, int code) {
            super(message);
            this.code = code;
        }

    }

    public static class ByLength implements Comparator<String>, Serializable {

        @Override
        public int compare(String a, String b) {
            return (a.length() != b.length()) ? Integer.compare(b.length(), a.length()) : a.compareTo(b);
        }

    }

    public enum Order implements Comparator<String> {

        BACKWARDS;

        @Override
        public int compare(String a, String b) {
            return b.compareTo(a);
        }

    }

    public record RecordOrder(boolean backwards) implements Comparator<String>, Serializable {
        @Override
        public int compare(String a, String b) {
            return this.backwards ? b.compareTo(a) : a.compareTo(b);
        }
    }

    /** A list made of nothing but two methods. */
    public static class Range extends AbstractList<Integer> implements Serializable {

        private final int from;

        private final int to;

        public Range(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public Integer get(int index) {
            return this.from + index;
        }

        @Override
        public int size() {
            return this.to - this.from;
        }

    }

    public static class OneEntry extends AbstractMap<String, String> implements Serializable {

        @Override
        public Set<Map.Entry<String, String>> entrySet() {
            return Set.of(Map.entry("k", "v"));
        }

    }

    /** A record that is a list. */
    public record Page<T>(List<T> content, int number, long total) implements Iterable<T>, Serializable {
        @Override
        public Iterator<T> iterator() {
            return this.content.iterator();
        }
    }

    public record PairIterator(Object a, Object b, int[] at) implements Iterator<Object>, Serializable {
        @Override
        public boolean hasNext() {
            return this.at[0] < 2;
        }

        @Override
        public Object next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return (this.at[0]++ == 0) ? this.a : this.b;
        }
    }

    public record Text(String value) implements CharSequence, Comparable<Text>, Serializable {
        @Override
        public int length() {
            return this.value.length();
        }

        @Override
        public char charAt(int index) {
            return this.value.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return this.value.subSequence(start, end);
        }

        @Override
        public int compareTo(Text other) {
            return this.value.compareTo(other.value);
        }

        @Override
        public String toString() {
            return this.value;
        }
    }

    public static class OwnThread extends Thread {

        public int n = 4;

    }

    public static class OwnLoader extends ClassLoader {

        public int n = 5;

    }

    public static class Holder implements Map.Entry<String, Long>, Serializable {

        private final String key;

        private Long value;

        public Holder(String key, Long value) {
            this.key = key;
            this.value = value;
        }

        @Override
        public String getKey() {
            return this.key;
        }

        @Override
        public Long getValue() {
            return this.value;
        }

        @Override
        public Long setValue(Long value) {
            Long was = this.value;
            this.value = value;
            return was;
        }

    }

}
