package io.memlink.value;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.memlink.value.Samples.Box;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ValueFormatRefusalTests {

    private final ValueFormat format = Samples.format();

    static Stream<Arguments> refused() {
        Supplier<String> lambda = () -> "x";
        Samples.Remembering remembering = new Samples.Remembering();
        remembering.lost = "set";
        Samples.Remembering counting = new Samples.Remembering();
        counting.count = 1;
        Properties defaults = new Properties(properties());
        return Stream.of(arguments(new Object(), "a class of the JDK"),
                arguments(new Thread("t"), "a class of the JDK"), arguments(lambda, "a lambda"),
                arguments(Samples.inner(), "an inner class"), arguments(Samples.local(), "a class within a method"),
                arguments(Samples.anonymous(), "a class within a method"), arguments(proxy(), "a proxy"),
                arguments(new Samples.OwnList(), "a subclass of java.util.ArrayList"),
                arguments(new Samples.OwnMap(), "a subclass of java.util.HashMap"),
                arguments(new Samples.OwnDate(), "a subclass of java.util.Date"),
                arguments(new Samples.Failure(), "a subclass of java.lang.RuntimeException"),
                arguments(new Samples.Written(), "with writeObject of its own"),
                arguments(new Samples.Resolved("x"), "with readResolve of its own"),
                arguments(Samples.OnlyWithState.INSTANCE, "the only object of its class, with fields"),
                arguments(Samples.Limits.NONE, "the constant NONE of its class"),
                arguments(remembering, "whose transient field lost is set"),
                arguments(counting, "whose transient field count is set"),
                arguments(new Samples.Taxed(100), "whose constructor makes something else of its parts"),
                arguments(new IdentityHashMap<>(), "a class of the JDK"),
                arguments(Collections.newSetFromMap(new IdentityHashMap<>()), "a class of the JDK"),
                arguments(new IdentityHashMap<>(Map.of(1, 2)).keySet(), "a class of the JDK"),
                arguments(defaults, "with defaults"), arguments(new SimpleTimeZone(1, "own"), "a class of the JDK"),
                arguments(String.class, "a class of the JDK"), arguments(new java.util.Random(), "a class of the JDK"),
                arguments(Stream.of(1), "a class of the JDK"), arguments(List.of(1).iterator(), "a class of the JDK"),
                arguments(new ReentrantLock(), "a class of the JDK"),
                arguments(new CompletableFuture<>(), "a class of the JDK"),
                arguments(Pattern.compile("a", Pattern.CANON_EQ), "CANON_EQ"),
                arguments(new Thread[0], "a class of the JDK"),
                arguments(sorted((one, other) -> other.compareTo(one)), "a lambda"),
                arguments(sorted(Comparator.comparing(String::length)), "a comparator that is not known"),
                arguments(sorted(Comparator.nullsFirst(null)), "a comparator that is not known"),
                arguments(new Hashtable<>(many()), "of more than 1000 keys"),
                arguments(new java.text.SimpleDateFormat("yyyy"), "a class of the JDK"));
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("a", "b");
        return properties;
    }

    private static Object proxy() {
        return Proxy.newProxyInstance(ValueFormatRefusalTests.class.getClassLoader(), new Class<?>[] { Runnable.class },
                (proxy, method, arguments) -> method.getName().equals("toString") ? "proxy" : null);
    }

    private static Set<String> sorted(Comparator<String> comparator) {
        Set<String> set = new TreeSet<>(comparator);
        set.add("a");
        return set;
    }

    private static Map<Integer, Integer> many() {
        Map<Integer, Integer> map = new HashMap<>();
        IntStream.range(0, 1001).forEach((i) -> map.put(i, i));
        return map;
    }

    @ParameterizedTest
    @MethodSource
    void refused(Object value, String problem) {
        for (Object each : List.of(value, new Box(value), new ArrayList<>(List.of(1, value)))) {
            assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(each))
                .withMessageContaining(problem)
                .satisfies((ex) -> assertThat(ex.remedy()).isNotEmpty());
        }
    }

    @Test
    void ordersThatContradictThemselves() {
        Set<Object> amounts = new TreeSet<>();
        Map<Object, Object> map = new TreeMap<>();
        SortedSet<Integer> numbers = new ConcurrentSkipListSet<>(Samples.ByDifference.ORDER);
        for (int value : new int[] { 0, -2_000_000_000, 2_000_000_000 }) {
            amounts.add(new Samples.Amount(value));
            map.put(new Samples.Amount(value), value);
            numbers.add(value);
        }
        for (Object value : List.of(amounts, map, numbers, Collections.unmodifiableSortedSet(new TreeSet<>(numbers)))) {
            assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(value))
                .withMessageContaining("a key that is not where it belongs");
        }
        numbers.remove(2_000_000_000);
        assertThat(this.format.decode(this.format.encode(numbers))).isEqualTo(numbers);
    }

    @Test
    void keysWhoseHashCodesAreErrors() {
        Map<Object, Object> map = new HashMap<>(Map.of(new Samples.Unhashed(), 1, "b", 2));
        byte[] bytes = this.format.encode(map);
        try {
            for (Throwable thrown : List.of(new Error("own") {
            }, new Exception("checked"), new StackOverflowError(), new IllegalStateException())) {
                Samples.Unhashed.thrown = thrown;
                assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(map))
                    .withCause(thrown);
                assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> this.format.decode(bytes))
                    .withMessageContaining(thrown.getClass().getName());
            }
            Samples.Unhashed.thrown = new InternalError();
            assertThatExceptionOfType(InternalError.class).isThrownBy(() -> this.format.encode(map));
            assertThatExceptionOfType(InternalError.class).isThrownBy(() -> this.format.decode(bytes));
        }
        finally {
            Samples.Unhashed.thrown = null;
        }
    }

    @Test
    void elementsThatHaveBecomeEqual() {
        Samples.Unstable changed = new Samples.Unstable(2);
        Set<Object> set = new CopyOnWriteArraySet<>(List.of(new Samples.Unstable(1), changed));
        byte[] bytes = this.format.encode(set);
        changed.number = 1;
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(set))
            .withMessageContaining("there twice");
        bytes[bytes.length - 1] = 2;
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> this.format.decode(bytes))
            .withMessageContaining("there twice");
    }

    @Test
    void tablesAreAskedForTheirOrderUnderTheirLock() {
        Samples.Locked key = new Samples.Locked();
        Map<Object, Object> map = Collections.synchronizedMap(new LinkedHashMap<>(Map.of(key, 1)));
        key.lock = map;
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(map));
        assertThat(key.held).isTrue();
    }

    @Test
    void onlyKeysThatCannotBeCompared() {
        Set<Samples.Line> lines = new TreeSet<>();
        Samples.Order order = new Samples.Order();
        order.number = "7";
        Samples.Line line = new Samples.Line(order, 1);
        lines.add(line);
        Map<Object, Object> map = new TreeMap<>(Map.of(line, 1));
        order.number = null;
        for (Object value : List.of(lines, map, new PriorityQueue<>(List.of(new Samples.Node("a"))))) {
            assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(value));
        }
    }

    @Test
    void refusalsNameTheClassThePathAndTheRemedy() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("key", new Box(List.of(1, new Samples.OwnList())));
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(value))
            .withMessage("value: io.memlink.value.Samples$OwnList at [value].content[1], a subclass of "
                    + "java.util.ArrayList (expected: a record, an enum, a class of plain fields, a type of the JDK "
                    + "that is listed, or a converter)")
            .satisfies((ex) -> {
                assertThat(ex.className()).isEqualTo(Samples.OwnList.class.getName());
                assertThat(ex.path()).isEqualTo("[value].content[1]");
            });
    }

    @Test
    void recordsThatTheirConstructorWouldNotMakeAgainAreRefused() {
        Samples.Picky.tolerant = true;
        Samples.Picky value = new Samples.Picky(-1);
        Samples.Picky.tolerant = false;
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(value))
            .withMessageContaining("whose constructor does not accept its parts")
            .withNoCause();
    }

    @Test
    void keysThatAreEqualByNowAreRefused() {
        List<Integer> one = new ArrayList<>(List.of(1));
        List<Integer> other = new ArrayList<>(List.of(2));
        Set<Object> set = new HashSet<>(List.of(one, other));
        Map<Object, Object> map = new HashMap<>(Map.of(one, 1, other, 2));
        other.set(0, 1);
        for (Object value : List.of(set, map)) {
            assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(value))
                .withMessageContaining("a key that is there twice");
        }
    }

    @Test
    void keysThatAreNotInOrderAnyMoreAreRefused() {
        StringBuilder one = new StringBuilder("a");
        TreeSet<StringBuilder> set = new TreeSet<>(List.of(one, new StringBuilder("b")));
        TreeMap<StringBuilder, Integer> map = new TreeMap<>(Map.of(one, 1, new StringBuilder("b"), 2));
        one.append("x").setCharAt(0, 'z');
        for (Object value : List.of(set, map)) {
            assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> this.format.encode(value))
                .withMessageContaining("a key that is not where it belongs");
        }
    }

    @Test
    void failuresOfTheValueItselfAreRefusals() {
        List<Object> changing = new java.util.AbstractList<>() {

            @Override
            public Object get(int index) {
                throw new IllegalStateException("changed");
            }

            @Override
            public int size() {
                return 1;
            }

        };
        assertThatExceptionOfType(ValueNotSupportedException.class)
            .isThrownBy(() -> this.format.encode(changing.subList(0, 1)))
            .withMessageContaining("of which reading failed with a java.lang.IllegalStateException")
            .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothingIsHandedOutOfWhatIsRefused() {
        List<byte[]> taken = new ArrayList<>();
        assertThatExceptionOfType(ValueNotSupportedException.class)
            .isThrownBy(() -> this.format.encode(new Box(new Object()), (bytes, length) -> taken.add(bytes)));
        assertThat(taken).isEmpty();
    }

    @Test
    void valuesThatFitIntoNoCacheAreRefusedBeforeTheyAreWritten() {
        assertThatExceptionOfType(ValueNotSupportedException.class)
            .isThrownBy(() -> this.format.encode(Collections.nCopies(Integer.MAX_VALUE, "x")))
            .withMessageContaining("of more than 67108864 bytes");
    }

    @Test
    void decimalsOfAnyScaleAreQuick() {
        BigDecimal value = new BigDecimal(java.math.BigInteger.ONE, Integer.MIN_VALUE);
        assertThat(this.format.decode(this.format.encode(value))).isEqualTo(value);
    }

}
