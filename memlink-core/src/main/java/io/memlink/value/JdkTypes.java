package io.memlink.value;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.memlink.value.ValueNotReadableException.malformed;

/**
 * The types of the JDK that arrays and constants are of, by number: no name of the JDK is
 * ever in the bytes. New ones are added at the end.
 */
final class JdkTypes {

    static final int MAX_DIMENSIONS = 8;

    private static final List<Class<?>> TYPES = List.of(boolean.class, byte.class, short.class, char.class, int.class,
            long.class, float.class, double.class, // 1 to 8
            Object.class, String.class, CharSequence.class, Comparable.class, Number.class, Boolean.class, Byte.class,
            Short.class, Character.class, Integer.class, Long.class, Float.class, Double.class, // 21
            java.math.BigInteger.class, java.math.BigDecimal.class, java.util.UUID.class, java.net.URI.class,
            java.util.Locale.class, java.util.Currency.class, java.util.Date.class, // 28
            java.time.Instant.class, java.time.Duration.class, java.time.Period.class, java.time.LocalDate.class,
            java.time.LocalTime.class, java.time.LocalDateTime.class, java.time.ZonedDateTime.class,
            java.time.OffsetDateTime.class, java.time.OffsetTime.class, java.time.Year.class, java.time.YearMonth.class,
            java.time.MonthDay.class, java.time.ZoneId.class, java.time.ZoneOffset.class, // 42
            Iterable.class, java.util.Collection.class, java.util.List.class, java.util.Set.class,
            java.util.Queue.class, java.util.Deque.class, java.util.SortedSet.class, java.util.NavigableSet.class,
            Map.class, java.util.SortedMap.class, java.util.NavigableMap.class, Map.Entry.class, // 54
            java.util.ArrayList.class, java.util.LinkedList.class, java.util.HashSet.class,
            java.util.LinkedHashSet.class, java.util.TreeSet.class, HashMap.class, java.util.LinkedHashMap.class,
            java.util.TreeMap.class, java.util.Optional.class, java.util.BitSet.class, // 64
            java.io.Serializable.class, Cloneable.class, Enum.class, Record.class, // 68
            java.time.DayOfWeek.class, java.time.Month.class, java.time.temporal.ChronoUnit.class,
            java.time.temporal.ChronoField.class, java.time.chrono.IsoEra.class, java.time.format.FormatStyle.class,
            java.time.format.TextStyle.class, java.util.concurrent.TimeUnit.class, java.math.RoundingMode.class); // 77

    private static final Map<Class<?>, Integer> CODES = codes();

    private JdkTypes() {
    }

    private static Map<Class<?>, Integer> codes() {
        Map<Class<?>, Integer> codes = new HashMap<>();
        for (int i = 0; i < TYPES.size(); i++) {
            codes.put(TYPES.get(i), i + 1);
        }
        return codes;
    }

    /** The number of a type, or 0. */
    static int code(Class<?> type) {
        Integer code = CODES.get(type);
        return (code != null) ? code : 0;
    }

    static int count() {
        return TYPES.size();
    }

    static Class<?> type(int code) {
        if (code < 1 || code > TYPES.size()) {
            throw malformed("type " + code + " (expected: one of the JDK)");
        }
        return TYPES.get(code - 1);
    }

}
