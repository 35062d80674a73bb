package io.memlink.value;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.memlink.value.Samples.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that were written once, and have to be read by every later build on every JDK. A
 * new kind needs a new line in the file; a line that is there never changes.
 */
class ValueFormatVectorTests {

    private static final Map<String, Object> VALUES = values();

    private static final Map<String, byte[]> VECTORS = vectors();

    private final ValueFormat format = Samples.format()
        .with(MemlinkTypeConverter.of(Samples.OwnList.class, Integer.class, List::size, (size) -> {
            Samples.OwnList list = new Samples.OwnList();
            list.addAll(Collections.nCopies(size, "x"));
            return list;
        }));

    private static Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("null", null);
        values.put("reference", shared());
        values.put("record",
                new Samples.Product("sku-12345", new BigDecimal("19.90"),
                        Instant.ofEpochSecond(1_700_000_000, 123_456_000), new ArrayList<>(List.of("new", "sale")),
                        Color.GREEN));
        values.put("primitives", new Samples.Primitives(true, (byte) -1, (short) -300, '\uD800', Integer.MIN_VALUE,
                Long.MAX_VALUE, -0.0f, Double.NaN, "i", 5));
        values.put("object", new Samples.Child("parent", "child"));
        values.put("constant", Color.BLUE);
        values.put("only object", Samples.Only.INSTANCE);
        values.put("array", new Samples.Point[][] { { new Samples.Point(1, -2), null }, {} });
        values.put("array of the JDK", new String[] { "a", null });
        values.put("converted", ownList());
        values.put("latin 1", "x".repeat(64));
        values.put("short latin 1", "Straße");
        values.put("utf 8", "漢字😀");
        values.put("utf 16", "a\uD800");
        values.put("constant of the JDK", TimeUnit.DAYS);
        values.put("false", false);
        values.put("true", true);
        values.put("integer", 48);
        values.put("small integer", -16);
        values.put("long", Long.MIN_VALUE);
        scalars(values);
        times(values);
        collections(values);
        maps(values);
        return values;
    }

    private static Object shared() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        return list;
    }

    private static Object ownList() {
        Samples.OwnList list = new Samples.OwnList();
        list.add("x");
        return list;
    }

    private static void scalars(Map<String, Object> values) {
        LongAdder longs = new LongAdder();
        longs.add(5);
        DoubleAdder doubles = new DoubleAdder();
        doubles.add(1.5);
        add(values, (byte) -5, (short) -5, 'x', 1.5f, 2.5, BigInteger.ONE.shiftLeft(70), new BigDecimal("-1.50"),
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"), URI.create("http://a/b?x=1"),
                Locale.forLanguageTag("de-CH"), Currency.getInstance("EUR"), MathContext.DECIMAL32,
                Pattern.compile("a+", Pattern.CASE_INSENSITIVE), StandardCharsets.UTF_8,
                BitSet.valueOf(new long[] { 5 }), new StringBuilder("sb"), new StringBuffer("sf"), OptionalInt.of(5),
                OptionalLong.of(5), OptionalDouble.of(1.5), new AtomicBoolean(true), new AtomicInteger(5),
                new AtomicLong(5), new AtomicIntegerArray(new int[] { 5 }), new AtomicLongArray(new long[] { 5 }),
                longs, doubles, new byte[] { 1, -1 }, new int[] { 1, -1 }, new long[] { 1, -1 },
                new boolean[] { true, false }, new short[] { 1, -1 }, new char[] { 'x' }, new float[] { 1.5f },
                new double[] { 1.5 });
        values.put("large decimal", new BigDecimal(BigInteger.ONE.shiftLeft(70), 3));
        try {
            add(values, InetAddress.getByAddress("name", new byte[] { 10, 0, 0, 1 }),
                    Inet6Address.getByAddress(null, new byte[16]));
        }
        catch (UnknownHostException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void times(Map<String, Object> values) {
        LocalDateTime dateTime = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6);
        Timestamp timestamp = new Timestamp(1_700_000_000_123L);
        timestamp.setNanos(123_456_789);
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);
        calendar.setTimeInMillis(1_700_000_000_123L);
        add(values, Instant.ofEpochSecond(-5, 7), Duration.ofSeconds(-5, 7), Period.of(1, -2, 3),
                LocalDate.of(2026, 1, 2), LocalTime.of(3, 4, 5, 6), dateTime, dateTime.atOffset(ZoneOffset.ofHours(5)),
                OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHours(-5)), dateTime.atZone(ZoneId.of("Europe/Berlin")),
                Year.of(2026), YearMonth.of(2026, 2), MonthDay.of(2, 29), ZoneOffset.ofHours(2), ZoneId.of("UTC+1"),
                new Date(-1), new java.sql.Date(5), new java.sql.Time(6), timestamp,
                TimeZone.getTimeZone("Europe/Paris"), calendar);
    }

    private static void collections(Map<String, Object> values) {
        Stack<Integer> stack = new Stack<>();
        stack.add(1);
        Set<Integer> concurrent = ConcurrentHashMap.newKeySet();
        concurrent.add(1);
        Collection<Integer> one = List.of(1);
        add(values, Optional.of(1), new AtomicReference<>(1), new ArrayList<>(one), new LinkedList<>(one),
                new Vector<>(one), stack, new ArrayDeque<>(one), new ConcurrentLinkedQueue<>(one),
                new ConcurrentLinkedDeque<>(one), new CopyOnWriteArrayList<>(one), Arrays.asList(1),
                new PriorityQueue<>(one));
        values.put("List.of", List.of(1, 2L, "x"));
        values.put("Stream.toList", Stream.of("a", null).toList());
        values.put("Set.of", Set.of(1));
        values.put("emptyList", Collections.emptyList());
        values.put("emptySet", Collections.emptySet());
        values.put("emptyMap", Collections.emptyMap());
        values.put("singletonList", Collections.singletonList(1));
        values.put("singleton", Collections.singleton(1));
        add(values, new HashSet<>(one), new LinkedHashSet<>(List.of("z", "a")), concurrent,
                new CopyOnWriteArraySet<>(one), new TreeSet<>(List.of("b", "a")), new ConcurrentSkipListSet<>(one),
                EnumSet.of(Color.RED, Color.BLUE));
        values.put("empty EnumSet", EnumSet.noneOf(TimeUnit.class));
        for (Comparator<String> comparator : List.<Comparator<String>>of(Comparator.naturalOrder(),
                Comparator.reverseOrder(), String.CASE_INSENSITIVE_ORDER, String.CASE_INSENSITIVE_ORDER.reversed(),
                new Samples.ByLength())) {
            TreeSet<String> set = new TreeSet<>(comparator);
            set.addAll(List.of("a", "B", "ccc"));
            values.put("sorted by " + comparator.getClass().getName(), set);
        }
        List<Integer> list = new ArrayList<>(one);
        values.put("unmodifiableCollection", Collections.unmodifiableCollection(list));
        values.put("unmodifiableList", Collections.unmodifiableList(list));
        values.put("unmodifiableSet", Collections.unmodifiableSet(new HashSet<>(one)));
        values.put("unmodifiableSortedSet", Collections.unmodifiableNavigableSet(new TreeSet<>(one)));
        values.put("synchronizedCollection", Collections.synchronizedCollection(list));
        values.put("synchronizedList", Collections.synchronizedList(list));
        values.put("synchronizedSet", Collections.synchronizedSet(new HashSet<>(one)));
        values.put("synchronizedSortedSet", Collections.synchronizedNavigableSet(new TreeSet<>(one)));
    }

    private static void maps(Map<String, Object> values) {
        Map<Integer, String> one = Map.of(1, "a");
        Properties properties = new Properties();
        properties.setProperty("a", "b");
        values.put("Map.entry", Map.entry(1, "a"));
        add(values, new AbstractMap.SimpleEntry<>(1, "a"), new AbstractMap.SimpleImmutableEntry<>(1, "a"),
                new HashMap<>(one), new LinkedHashMap<>(one), new ConcurrentHashMap<>(one), new Hashtable<>(one),
                properties, new TreeMap<>(one), new ConcurrentSkipListMap<>(one), new EnumMap<>(Map.of(Color.RED, 1)));
        values.put("Map.of", one);
        values.put("singletonMap", Collections.singletonMap(1, "a"));
        values.put("unmodifiableMap", Collections.unmodifiableMap(new HashMap<>(one)));
        values.put("unmodifiableSortedMap", Collections.unmodifiableNavigableMap(new TreeMap<>(one)));
        values.put("synchronizedMap", Collections.synchronizedMap(new HashMap<>(one)));
        values.put("synchronizedSortedMap", Collections.synchronizedNavigableMap(new TreeMap<>(one)));
        values.put("static constant", Samples.Grade.HIGH);
        Map<Object, Object> byAccess = new LinkedHashMap<>(16, 0.75f, true);
        byAccess.put("a", 1);
        values.put("in order of access", byAccess);
    }

    private static void add(Map<String, Object> values, Object... more) {
        for (Object value : more) {
            values.put(value.getClass().getTypeName(), value);
        }
    }

    private static Map<String, byte[]> vectors() {
        Map<String, byte[]> vectors = new LinkedHashMap<>();
        try (InputStream in = ValueFormatVectorTests.class.getResourceAsStream("/value/vectors-1.txt")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                .filter((line) -> !line.startsWith("#"))
                .map((line) -> line.split(" = "))
                .forEach((parts) -> vectors.put(parts[0], HexFormat.of().parseHex(parts[1])));
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
        return vectors;
    }

    static Set<String> names() {
        return VALUES.keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatWasWrittenOnceIsRead(String name) {
        assertThat(VECTORS).containsKey(name);
        Object value = VALUES.get(name);
        Object back = this.format.decode(VECTORS.get(name));
        assertThat(this.format.encode(back)).isEqualTo(this.format.encode(value));
        assertThat(String.valueOf(back).replaceAll("@.*", "")).isEqualTo(String.valueOf(value).replaceAll("@.*", ""));
        if (value != null) {
            assertThat(back).hasSameClassAs(value);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsWrittenIsWhatWasWrittenOnce(String name) {
        assertThat(HexFormat.of().formatHex(this.format.encode(VALUES.get(name))))
            .isEqualTo(HexFormat.of().formatHex(VECTORS.get(name)));
    }

    @Test
    void thereIsALineForEachValueAndAValueForEachTag() {
        assertThat(VECTORS.keySet()).containsExactlyElementsOf(VALUES.keySet());
        for (int tag = 0; tag < Kind.SHORT_TEXT; tag++) {
            int each = tag;
            if (Kind.of(tag) != null || tag <= Kind.INTEGER && tag != Kind.REFERENCE || tag == Kind.STATIC_CONSTANT) {
                assertThat(VECTORS.values()).as("tag " + tag).anyMatch((bytes) -> bytes[1] == each);
            }
        }
    }

}
