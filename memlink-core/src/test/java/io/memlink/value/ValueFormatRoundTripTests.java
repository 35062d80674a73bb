package io.memlink.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
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
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.memlink.value.Samples.Box;
import io.memlink.value.Samples.Child;
import io.memlink.value.Samples.Color;
import io.memlink.value.Samples.Operation;
import io.memlink.value.Samples.Point;
import io.memlink.value.Samples.Primitives;
import io.memlink.value.Samples.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ValueFormatRoundTripTests {

    private final ValueFormat format = Samples.format();

    @SuppressWarnings("unchecked")
    private <T> T back(T value) {
        return (T) this.format.decode(this.format.encode(value));
    }

    static Stream<Object> applicationObjects() {
        return Stream.of(new Product("sku-1", new BigDecimal("19.90"),
                Instant.ofEpochSecond(1_700_000_000, 123_456_789), List.of("a", "b"), Color.GREEN),
                new Product(null, null, null, null, null),
                new Primitives(true, (byte) -1, (short) -300, '\uD800', Integer.MIN_VALUE, Long.MAX_VALUE, -0.0f,
                        Double.MIN_VALUE, "i", 5),
                new Primitives(false, Byte.MIN_VALUE, Short.MAX_VALUE, '\0', Integer.MAX_VALUE, Long.MIN_VALUE,
                        Float.NaN, Double.NaN, null, -1),
                new Samples.Nothing(), new Box(new Point(1, -2)), new Child("parent", "child"), Color.BLUE,
                Operation.PLUS, List.of(Color.RED, Operation.PLUS, Color.RED), new Samples.Lower("already lower"));
    }

    static Stream<Object> scalars() throws UnknownHostException {
        return Stream.of(1, -16, -17, 47, 48, Integer.MIN_VALUE, Integer.MAX_VALUE, 1L, Long.MIN_VALUE, (short) -5,
                (byte) 200, 'x', '\uFFFF', true, false, 1.5f, Float.NaN, -0.0f, 2.5, Double.NaN, -0.0, Double.MIN_VALUE,
                "", "text", "x".repeat(63), "x".repeat(64), "Straße", "\0", "\u0100", "😀", "a\uD800b", "\uDC00",
                "\uFFFD", "äö".repeat(40_000), "漢字".repeat(500), BigInteger.ZERO,
                BigInteger.ONE.shiftLeft(200).negate(), new BigDecimal("1.50"), new BigDecimal("0.000"),
                new BigDecimal("1E+10"), new BigDecimal("-12345678901234567890.123"),
                BigDecimal.valueOf(Long.MIN_VALUE, Integer.MIN_VALUE), MathContext.DECIMAL32,
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"), URI.create("http://a/b%20c?x=ä"),
                Locale.forLanguageTag("zh-Hans-CN-u-ca-chinese"), Locale.ROOT, Currency.getInstance("EUR"),
                InetAddress.getByAddress("name", new byte[] { 10, 0, 0, 1 }),
                Inet6Address.getByAddress(null, new byte[16]), StandardCharsets.UTF_8, StandardCharsets.UTF_16LE,
                OptionalInt.of(1), OptionalInt.empty(), OptionalLong.of(2), OptionalDouble.of(-0.0), Optional.of("x"),
                Optional.empty(), Optional.of(Optional.of(1L)), TimeUnit.DAYS, ChronoUnit.HOURS, Month.MAY,
                RoundingMode.HALF_UP);
    }

    static Stream<Object> times() {
        Timestamp timestamp = new Timestamp(1_700_000_000_123L);
        timestamp.setNanos(123_456_789);
        return Stream.of(Instant.MAX, Instant.MIN, Duration.ofSeconds(-5, 7), Period.of(1, -2, 3), LocalDate.MIN,
                LocalTime.of(1, 2, 3, 4), LocalDateTime.MAX,
                ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneId.of("Europe/Berlin")).withLaterOffsetAtOverlap(),
                ZonedDateTime.of(2026, 1, 1, 1, 1, 1, 1, ZoneOffset.ofHours(2)),
                OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneOffset.ofHours(5)),
                OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHoursMinutes(5, 30)), Year.of(-5), YearMonth.of(2026, 2),
                MonthDay.of(2, 29), ZoneOffset.ofTotalSeconds(-1), ZoneId.of("UTC+1"), new Date(-1),
                new java.sql.Date(5), new java.sql.Time(6), timestamp, TimeZone.getTimeZone("Europe/Paris"),
                TimeZone.getTimeZone("GMT+01:30"),
                new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"), Locale.GERMANY));
    }

    static Stream<Object> collections() {
        return Stream.of(new ArrayList<>(Arrays.asList(1, 2L, "s", null, 1.5f, 'c', (short) 3, (byte) 4, true)),
                List.of(), List.of(1), List.of(1, 2L, "x"), Stream.of("a", null).toList(), Stream.of(1, 2, 3).toList(),
                Arrays.asList("a", null), new LinkedList<>(List.of(1)), new Vector<>(List.of(1)), stack(),
                new CopyOnWriteArrayList<>(List.of(1)), Collections.emptyList(), Collections.emptySet(),
                Collections.singletonList(null), Collections.singleton(1), Set.of(), Set.of(1, 2, 3),
                new HashSet<>(Arrays.asList(1, null)), new LinkedHashSet<>(List.of("z", "a")),
                new CopyOnWriteArraySet<>(List.of(1, 2)), new TreeSet<>(List.of("b", "a")),
                sorted(Comparator.reverseOrder()), sorted(String.CASE_INSENSITIVE_ORDER),
                sorted(String.CASE_INSENSITIVE_ORDER.reversed()), sorted(new Samples.ByLength()),
                new ConcurrentSkipListSet<>(List.of(2, 1)), EnumSet.of(Color.BLUE, Color.RED),
                EnumSet.noneOf(Color.class), EnumSet.allOf(TimeUnit.class),
                Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                Collections.unmodifiableSet(new HashSet<>(List.of(1))),
                Collections.synchronizedList(new ArrayList<>(List.of(1))),
                Collections.synchronizedSet(new HashSet<>(List.of(1))),
                Set.of(new Point(1, 2), List.of(new Point(1, 2))));
    }

    static Stream<Object> maps() {
        Map<Object, Object> nulls = new HashMap<>();
        nulls.put(null, 1);
        nulls.put("a", null);
        Properties properties = new Properties();
        properties.setProperty("a", "b");
        TreeMap<String, Integer> reverse = new TreeMap<>(Comparator.reverseOrder());
        reverse.putAll(Map.of("a", 1, "b", 2));
        return Stream.of(Map.of(), Map.of(1L, "a"), Map.of(1L, "a", 2L, "b"), nulls, Collections.emptyMap(),
                Collections.singletonMap("a", null), new LinkedHashMap<>(Map.of("z", 1, "a", 2)),
                new TreeMap<>(Map.of("b", 1L, "a", 2L)), reverse, new ConcurrentHashMap<>(Map.of(1L, List.of("a"))),
                new ConcurrentSkipListMap<>(Map.of(2L, "a")), new Hashtable<>(Map.of(1L, 2L)), properties,
                new EnumMap<>(Map.of(Color.BLUE, 1L)), new EnumMap<>(Color.class),
                Collections.unmodifiableMap(new HashMap<>(Map.of(1, 2))),
                Collections.synchronizedMap(new HashMap<>(Map.of(1, 2))),
                new HashMap<>(Map.of(new Point(1, 2), "v", List.of(1), Color.RED)), Map.entry(1L, "a"),
                new AbstractMap.SimpleEntry<>(1L, null), new AbstractMap.SimpleImmutableEntry<>(null, "b"));
    }

    private static Stack<Object> stack() {
        Stack<Object> stack = new Stack<>();
        stack.push(1L);
        return stack;
    }

    private static Set<String> sorted(Comparator<String> comparator) {
        Set<String> set = new TreeSet<>(comparator);
        set.addAll(List.of("a", "B", "ccc"));
        return set;
    }

    @ParameterizedTest
    @MethodSource({ "applicationObjects", "scalars", "times", "collections", "maps" })
    void comesBackAsItWas(Object value) {
        Object back = back(value);
        assertThat(back).hasSameClassAs(value).isEqualTo(value);
        assertThat(value).isEqualTo(back);
        assertThat(back(new Box(value))).isEqualTo(new Box(value));
        if (value instanceof SortedSet<?> set) {
            assertThat(List.copyOf((SortedSet<?>) back)).isEqualTo(List.copyOf(set));
            assertThat(String.valueOf(((SortedSet<?>) back).comparator()).replaceAll("@.*", ""))
                .isEqualTo(String.valueOf(set.comparator()).replaceAll("@.*", ""));
        }
    }

    @Test
    void nullComesBack() {
        assertThat(this.format.decode(this.format.encode(null))).isNull();
    }

    /** What has no equals is compared by its text. */
    static final List<Object> variables = List.of(new StringBuilder("sb"), new StringBuffer("sf"),
            new java.util.concurrent.atomic.AtomicInteger(-1), new java.util.concurrent.atomic.AtomicLong(2),
            new java.util.concurrent.atomic.AtomicBoolean(true),
            new java.util.concurrent.atomic.AtomicReference<>(List.of(3L)),
            new java.util.concurrent.atomic.AtomicIntegerArray(new int[] { 1, 2 }),
            new java.util.concurrent.atomic.AtomicLongArray(new long[] { 1, 2 }), adder(),
            java.util.regex.Pattern.compile("a+", java.util.regex.Pattern.CASE_INSENSITIVE),
            BitSet.valueOf(new long[] { 5, 6 }), new java.util.ArrayDeque<>(List.of("a", "b")),
            new PriorityQueue<>(List.of(5, 1, 3)), new java.util.concurrent.ConcurrentLinkedQueue<>(List.of(1L)),
            new java.util.concurrent.ConcurrentLinkedDeque<>(List.of(1L)),
            Collections.unmodifiableCollection(new ArrayList<>(List.of(1))),
            Collections.synchronizedCollection(new ArrayList<>(List.of(1))));

    private static Object adder() {
        java.util.concurrent.atomic.LongAdder adder = new java.util.concurrent.atomic.LongAdder();
        adder.add(5);
        return adder;
    }

    @ParameterizedTest
    @FieldSource("variables")
    void comesBackWithTheSameContent(Object value) {
        assertThat(back(value)).hasSameClassAs(value).hasToString(value.toString());
    }

    static Stream<Object> arrays() {
        return Stream.of(new int[] { 1, -2 }, new long[] { Long.MIN_VALUE }, new double[] { -0.0, Double.NaN },
                new boolean[] { true, false }, new char[] { 'x', '\uD800' }, new short[] { -3 }, new float[] { 1.5f },
                new byte[] { 1, -2 }, new String[] { "a", null }, new Object[] { 1L, "x", null, 'c' },
                new Long[] { 1L }, new int[][] { { 1 }, {}, null }, new Point[] { new Point(1, 2) },
                new Color[] { Color.RED }, new List<?>[] { List.of(1L) }, new Point[0][0], new Number[] { 1, 2.5 },
                new Samples.Parent[] { new Child("p", "c") }, new Map.Entry<?, ?>[] { Map.entry(1, 2) });
    }

    @ParameterizedTest
    @MethodSource
    void arrays(Object value) {
        Object back = back(value);
        assertThat(back).hasSameClassAs(value);
        assertThat(Arrays.deepEquals(new Object[] { value }, new Object[] { back })).isTrue();
    }

    /** Views, each with what it comes back as. */
    static Stream<List<Object>> views() {
        TreeMap<String, Integer> tree = new TreeMap<>(Map.of("a", 1, "b", 2, "c", 3));
        LinkedHashMap<String, Integer> linked = new LinkedHashMap<>(tree);
        return Stream.of(List.of(new ArrayList<>(List.of(1, 2, 3)).subList(1, 3), new ArrayList<>(List.of(2, 3))),
                List.of(List.of(1, 2, 3, 4).subList(1, 3), List.of(2, 3)),
                List.of(Collections.nCopies(3, "x"), new ArrayList<>(List.of("x", "x", "x"))),
                List.of(Collections.checkedList(new ArrayList<>(List.of("a")), String.class),
                        new ArrayList<>(List.of("a"))),
                List.of(linked.keySet(), new LinkedHashSet<>(linked.keySet())),
                List.of(new ArrayList<>(linked.values()), new ArrayList<>(linked.values())),
                List.of(linked.entrySet(), new LinkedHashSet<>(linked.entrySet())),
                List.of(tree.descendingMap(), tree.descendingMap()), List.of(tree.headMap("c"), tree.headMap("c")),
                List.of(tree.descendingKeySet(), tree.descendingKeySet()),
                List.of(Collections.unmodifiableSortedSet(new TreeSet<>(tree.keySet())), new TreeSet<>(tree.keySet())),
                List.of(Collections.unmodifiableSortedMap(tree), tree),
                List.of(Collections.synchronizedSortedMap(tree), tree), List.of(tree.firstEntry(), Map.entry("a", 1)),
                List.of(new HashMap<>(Map.of(1, 2)).entrySet().iterator().next(), Map.entry(1, 2)),
                List.of(Stream.of(1, 2).collect(Collectors.partitioningBy((i) -> i > 1)),
                        Map.of(true, List.of(2), false, List.of(1))));
    }

    @ParameterizedTest
    @MethodSource
    void views(List<Object> pair) {
        Object back = back(pair.get(0));
        assertThat(back).isEqualTo(pair.get(1));
        assertThat(back.toString()).hasSameSizeAs(pair.get(0).toString());
        if (back instanceof SortedMap<?, ?> map) {
            assertThat(List.copyOf(map.keySet())).isEqualTo(List.copyOf(((Map<?, ?>) pair.get(0)).keySet()));
        }
    }

    @Test
    void immutableTablesOfManyKeysComeBackEqual() {
        Set<Integer> set = IntStream.range(0, 1000).boxed().collect(Collectors.toUnmodifiableSet());
        Map<Integer, Integer> map = set.stream().collect(Collectors.toUnmodifiableMap((key) -> key, (key) -> -key));
        assertThat(back(set)).isEqualTo(set).isUnmodifiable();
        assertThat(back(map)).isEqualTo(map).isUnmodifiable();
    }

    @Test
    void recordsThatCopyTheirPartsComeBack() {
        Samples.Copying value = new Samples.Copying(List.of("a"), new byte[] { 1 }, new Date(5));
        Samples.Copying back = back(value);
        assertThat(back.list()).isEqualTo(value.list());
        assertThat(back.bytes()).isEqualTo(value.bytes());
        assertThat(back.date()).isEqualTo(value.date());
    }

    @Test
    void constructorsWithAVariableNumberOfParametersAreCalledAsTheyAre() {
        Samples.Varargs back = back(new Samples.Varargs(1, "a", null));
        assertThat(back.others()).containsExactly("a", null);
        assertThat(back(new Samples.Varargs(1, (String[]) null)).others()).isNull();
    }

    @Test
    void constantsAreFoundByNamesInAnyAlphabet() {
        for (Samples.Letter letter : Samples.Letter.values()) {
            assertThat(back(letter)).isSameAs(letter);
        }
    }

    @Test
    void recordsMayCopyTablesWhoseOrderChanges() {
        for (int size : new int[] { 0, 1, 3, 6, 12, 13, 24, 48, 96, 192, 768 }) {
            Map<Object, Object> map = new HashMap<>();
            Map<Object, Object> objects = new HashMap<>();
            for (int i = 0; i < size; i++) {
                map.put("key-" + i * 7919, List.of(i, "x"));
                objects.put(new Box("key-" + i * 7919), new ArrayList<>(List.of(i)));
            }
            for (Map<Object, Object> each : List.of(map, objects)) {
                Samples.Tables tables = new Samples.Tables(each, each.keySet(), each, List.of(each.keySet()));
                assertThat(back(tables)).isEqualTo(tables);
                Map<Object, Object> around = new HashMap<>(objects);
                around.put("tables", tables);
                assertThat(back(around)).isEqualTo(around);
            }
        }
    }

    @Test
    void onlyObjectsStayTheOnlyOnes() {
        assertThat(back(new Box(Samples.Only.INSTANCE)).content()).isSameAs(Samples.Only.INSTANCE);
    }

    @Test
    void constantsThatAreComparedByIdentityStayThemselves() {
        assertThat(back(new Box(Samples.Grade.HIGH)).content()).isSameAs(Samples.Grade.HIGH);
        Samples.Grade other = back(new Samples.Grade("high", 2));
        assertThat(other).isNotSameAs(Samples.Grade.HIGH);
        assertThat(other.label).isEqualTo("high");
    }

    @Test
    void emptyMapsOfSeveralEnumsKeepTheirTypes() {
        for (int round = 0; round < 3; round++) {
            EnumMap<Color, Integer> colors = back(new EnumMap<>(Color.class));
            colors.put(Color.RED, 1);
            EnumMap<TimeUnit, Integer> units = back(new EnumMap<>(TimeUnit.class));
            units.put(TimeUnit.DAYS, 1);
        }
    }

    @Test
    void aPartOfAnArrayIsReadAndTheTargetGetsTheArray() {
        Product product = new Product("sku", BigDecimal.ONE, null, new ArrayList<>(List.of("a")), Color.RED);
        byte[] bytes = this.format.encode(product);
        byte[] within = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, within, 7, bytes.length);
        assertThat(this.format.decode(within, 7, bytes.length)).isEqualTo(product);
        byte[] taken = this.format.encode(product, (array, length) -> Arrays.copyOf(array, length));
        assertThat(taken).isEqualTo(bytes);
    }

    @Test
    void buffersAreAsLargeAsTheLastOne() {
        Product product = new Product("sku", BigDecimal.ONE, null, new ArrayList<>(List.of("a")), Color.RED);
        this.format.encode(product);
        int length = this.format.encode(product).length;
        assertThat(this.format.<Integer>encode(product, (array, used) -> array.length)).isEqualTo(length);
    }

}
