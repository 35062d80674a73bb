package io.memlink.spring.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URI;
import java.sql.Timestamp;
import java.time.DayOfWeek;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The types of the JDK that have a form in JSON, by class and by the tag that stands for
 * them. What is not here is refused, be it written or read.
 */
final class JsonKinds {

    /** In order, so that of two classes of one name the same one has it in every JVM. */
    private static final Map<Class<?>, JsonKind> byClass = new LinkedHashMap<>();

    private static final Map<String, JsonKind> byTag = new HashMap<>();

    /** Types of elements of arrays, and enums. */
    private static final Map<String, Class<?>> types = new HashMap<>();

    static {
        numbers();
        texts();
        times();
        arrays();
        JsonContainers.register();
        List<Class<?>> others = List.of(Object.class, String.class, CharSequence.class, Comparable.class, Number.class,
                Boolean.class, Integer.class, Double.class, Iterable.class, Collection.class, List.class, Map.class,
                DayOfWeek.class, Month.class, ChronoUnit.class, TimeUnit.class, RoundingMode.class);
        others.forEach((type) -> types.put(type.getSimpleName(), type));
        byClass.keySet().forEach((type) -> types.putIfAbsent(type.getSimpleName(), type));
    }

    private JsonKinds() {
    }

    static @Nullable JsonKind of(Object value) {
        JsonKind kind = byClass.get(value.getClass());
        // Zones are of a class that is not public.
        return (kind == null && value instanceof ZoneId) ? byTag.get("ZoneId") : kind;
    }

    static @Nullable JsonKind of(String tag) {
        return byTag.get(tag);
    }

    static @Nullable JsonKind ofPrimitiveArray(Class<?> type) {
        return type.getComponentType().isPrimitive() ? byClass.get(type) : null;
    }

    static String name(Class<?> type) {
        String name = type.getSimpleName();
        if (types.get(name) != type) {
            throw new IllegalArgumentException("with a " + type.getName() + " in it, which has no form in JSON");
        }
        return name;
    }

    static Class<?> type(String name) {
        JsonKind array = byTag.get(name);
        Class<?> type = (array != null) ? typeOf(array) : types.get(name);
        if (type == null) {
            throw new IllegalArgumentException("JSON: a type (expected: one that is known)");
        }
        return type;
    }

    private static @Nullable Class<?> typeOf(JsonKind kind) {
        return byClass.entrySet()
            .stream()
            .filter((entry) -> entry.getValue() == kind)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(null);
    }

    static void add(JsonKind kind, Class<?> type) {
        byClass.put(type, kind);
        byTag.put(kind.tag(), kind);
    }

    private static <T> void number(Class<T> type, Function<String, T> read) {
        add(new JsonKind.Text(type.getSimpleName(), true, true, String::valueOf, read::apply), type);
    }

    private static <T> void text(Class<T> type, Function<T, String> write, Function<String, T> read) {
        text(type.getSimpleName(), true, type, write, read);
    }

    /** Values that can be changed. */
    private static <T> void changeable(Class<T> type, Function<T, String> write, Function<String, T> read) {
        changeable(type.getSimpleName(), type, write, read);
    }

    private static <T> void changeable(String tag, Class<T> type, Function<T, String> write, Function<String, T> read) {
        text(tag, false, type, write, read);
    }

    private static <T> void text(String tag, boolean isFixed, Class<T> type, Function<T, String> write,
            Function<String, T> read) {
        add(new JsonKind.Text(tag, isFixed, false, (value) -> write.apply(type.cast(value)), read::apply), type);
    }

    private static void numbers() {
        number(Long.class, Long::valueOf);
        number(Short.class, Short::valueOf);
        number(Byte.class, Byte::valueOf);
        number(BigInteger.class, BigInteger::new);
        number(BigDecimal.class, BigDecimal::new);
        text(Float.class, String::valueOf, Float::valueOf);
        text(Double.class, String::valueOf, Double::valueOf);
        changeable(AtomicInteger.class, String::valueOf, (text) -> new AtomicInteger(Integer.parseInt(text)));
        changeable(AtomicLong.class, String::valueOf, (text) -> new AtomicLong(Long.parseLong(text)));
        changeable(AtomicBoolean.class, String::valueOf, (text) -> new AtomicBoolean("true".equals(text)));
        text(OptionalInt.class, (value) -> value.isPresent() ? String.valueOf(value.getAsInt()) : "",
                (text) -> text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text)));
        text(OptionalLong.class, (value) -> value.isPresent() ? String.valueOf(value.getAsLong()) : "",
                (text) -> text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text)));
        text(OptionalDouble.class, (value) -> value.isPresent() ? String.valueOf(value.getAsDouble()) : "",
                (text) -> text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text)));
    }

    private static void texts() {
        text(Character.class, String::valueOf, (text) -> text.charAt(0));
        text(UUID.class, UUID::toString, UUID::fromString);
        text(URI.class, URI::toString, URI::create);
        text(Locale.class, Locale::toLanguageTag, Locale::forLanguageTag);
        text(Currency.class, Currency::getCurrencyCode, Currency::getInstance);
        changeable(StringBuilder.class, StringBuilder::toString, StringBuilder::new);
    }

    private static void times() {
        text(Instant.class, Instant::toString, Instant::parse);
        text(Duration.class, Duration::toString, Duration::parse);
        text(Period.class, Period::toString, Period::parse);
        text(LocalDate.class, LocalDate::toString, LocalDate::parse);
        text(LocalTime.class, LocalTime::toString, LocalTime::parse);
        text(LocalDateTime.class, LocalDateTime::toString, LocalDateTime::parse);
        text(OffsetDateTime.class, OffsetDateTime::toString, OffsetDateTime::parse);
        text(OffsetTime.class, OffsetTime::toString, OffsetTime::parse);
        text(ZonedDateTime.class, ZonedDateTime::toString, ZonedDateTime::parse);
        text(Year.class, Year::toString, (text) -> Year.of(Integer.parseInt(text)));
        text(YearMonth.class, YearMonth::toString, YearMonth::parse);
        text(MonthDay.class, MonthDay::toString, MonthDay::parse);
        text(ZoneOffset.class, ZoneOffset::getId, ZoneOffset::of);
        text(ZoneId.class, ZoneId::getId, ZoneId::of);
        changeable(Date.class, (value) -> value.toInstant().toString(),
                (text) -> new Date(Instant.parse(text).toEpochMilli()));
        changeable("sql.Date", java.sql.Date.class, (value) -> String.valueOf(value.getTime()),
                (text) -> new java.sql.Date(Long.parseLong(text)));
        changeable("sql.Time", java.sql.Time.class, (value) -> String.valueOf(value.getTime()),
                (text) -> new java.sql.Time(Long.parseLong(text)));
        changeable(Timestamp.class, (value) -> value.toInstant().toString(),
                (text) -> Timestamp.from(Instant.parse(text)));
    }

    private static void arrays() {
        changeable(byte[].class, Base64.getEncoder()::encodeToString, Base64.getDecoder()::decode);
        changeable(char[].class, String::valueOf, String::toCharArray);
        changeable(int[].class, (value) -> join(Arrays.stream(value).mapToObj(String::valueOf)),
                (text) -> split(text).stream().mapToInt(Integer::parseInt).toArray());
        changeable(long[].class, (value) -> join(Arrays.stream(value).mapToObj(String::valueOf)),
                (text) -> split(text).stream().mapToLong(Long::parseLong).toArray());
        changeable(double[].class, (value) -> join(Arrays.stream(value).mapToObj(String::valueOf)),
                (text) -> split(text).stream().mapToDouble(Double::parseDouble).toArray());
    }

    private static String join(Stream<String> numbers) {
        return numbers.collect(Collectors.joining(" "));
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

}
