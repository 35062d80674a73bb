package io.memlink.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static io.memlink.value.ValueNotReadableException.malformed;

/**
 * The types of the JDK in which there are no other objects: numbers, texts, times and
 * arrays of numbers.
 */
final class ScalarKinds {

    private static final List<Charset> CHARSETS = List.of(StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1,
            StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16);

    private ScalarKinds() {
    }

    static void register() {
        numbers();
        texts();
        variables();
        arrays();
        times();
        dates();
    }

    private static <T> void leaf(int tag, Class<T> type, Kind.Writing<T> writing, Kind.Reading reading) {
        Kinds.register(Kind.leaf(tag, type, writing, reading), type);
    }

    private static <T> void mutable(int tag, Class<T> type, Kind.Writing<T> writing, Kind.Reading reading) {
        Kinds.register(Kind.mutable(tag, type, writing, reading), type);
    }

    /** A type of which objects with the same text are equal, where that is so. */
    @SuppressWarnings("unchecked")
    private static <T> void text(int tag, Class<T> type, Class<?> actual, Function<T, String> toText,
            Function<String, T> fromText) {
        Kinds.register(Kind.leaf(tag, type, (out, value) -> {
            String text = toText.apply(value);
            if (!fromText.apply(text).equals(value)) {
                throw ValueNotSupportedException.of(type, "which is not what its text says", "one that is");
            }
            out.text(text);
        }, (in, id) -> {
            String text = in.text();
            T value = fromText.apply(text);
            if (!toText.apply(value).equals(text)) {
                throw malformed("\"" + text + "\" (expected: a " + type.getSimpleName() + ")");
            }
            return value;
        }), actual);
    }

    private static void numbers() {
        Kinds.register(Kind.leaf(Tag.FALSE, Boolean.class, (out, value) -> {
        }, (in, id) -> Boolean.FALSE));
        Kinds.register(Kind.leaf(Tag.TRUE, Boolean.class, (out, value) -> {
        }, (in, id) -> Boolean.TRUE));
        leaf(Tag.LONG, Long.class, (out, value) -> out.s64(value), (in, id) -> in.s64());
        leaf(16, Byte.class, (out, value) -> out.u8(value), (in, id) -> (byte) in.u8());
        leaf(17, Short.class, (out, value) -> out.s32(value), (in, id) -> in.s16());
        leaf(18, Character.class, (out, value) -> out.u16(value), (in, id) -> (char) in.u16());
        leaf(19, Float.class, (out, value) -> out.u32(Float.floatToRawIntBits(value)),
                (in, id) -> Float.intBitsToFloat(in.u32()));
        leaf(20, Double.class, (out, value) -> out.u64(Double.doubleToRawLongBits(value)),
                (in, id) -> Double.longBitsToDouble(in.u64()));
        leaf(21, BigInteger.class, (out, value) -> out.sized(value.toByteArray()),
                (in, id) -> new BigInteger(in.sized()));
        leaf(22, BigDecimal.class, ScalarKinds::writeDecimal, (in, id) -> readDecimal(in));
    }

    private static void writeDecimal(ValueWriter out, BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        boolean small = unscaled.bitLength() < Long.SIZE;
        out.u8(small ? 0 : 1);
        out.s32(value.scale());
        if (small) {
            out.s64(unscaled.longValue());
        }
        else {
            out.sized(unscaled.toByteArray());
        }
    }

    private static BigDecimal readDecimal(ValueReader in) {
        boolean large = in.bool();
        int scale = in.s32();
        return large ? new BigDecimal(new BigInteger(in.sized()), scale) : BigDecimal.valueOf(in.s64(), scale);
    }

    private static void texts() {
        leaf(24, UUID.class, (out, value) -> {
            out.u64(value.getMostSignificantBits());
            out.u64(value.getLeastSignificantBits());
        }, (in, id) -> new UUID(in.u64(), in.u64()));
        text(25, URI.class, URI.class, URI::toString, URI::create);
        text(26, Locale.class, Locale.class, Locale::toLanguageTag, Locale::forLanguageTag);
        text(27, Currency.class, Currency.class, Currency::getCurrencyCode, Currency::getInstance);
        text(28, MathContext.class, MathContext.class, MathContext::toString, MathContext::new);
        leaf(29, Pattern.class, (out, value) -> {
            if ((value.flags() & Pattern.CANON_EQ) != 0) {
                throw ValueNotSupportedException.of(Pattern.class, "with CANON_EQ", "a pattern without it");
            }
            out.text(value.pattern());
            out.s32(value.flags());
        }, (in, id) -> readPattern(in));
        Kinds.register(Kind.leaf(30, Charset.class, (out, value) -> out.u8(CHARSETS.indexOf(value)),
                (in, id) -> CHARSETS.get(in.u8())),
                CHARSETS.stream().map(Object::getClass).toArray(Class<?>[]::new));
        leaf(31, Inet4Address.class, ScalarKinds::writeAddress, (in, id) -> readAddress(in, 4));
        leaf(32, Inet6Address.class, (out, value) -> {
            if (value.getScopeId() != 0 || value.getScopedInterface() != null) {
                throw ValueNotSupportedException.of(Inet6Address.class, "with a scope", "an address without one");
            }
            writeAddress(out, value);
        }, (in, id) -> readAddress(in, 16));
    }

    private static Pattern readPattern(ValueReader in) {
        String pattern = in.text();
        int flags = in.s32();
        if ((flags & Pattern.CANON_EQ) != 0) {
            throw malformed("a pattern with CANON_EQ");
        }
        return Pattern.compile(pattern, flags);
    }

    /** Asks the address for its name as it is; a name that is not there is not looked up. */
    private static void writeAddress(ValueWriter out, InetAddress value) {
        String text = value.toString();
        out.text(text.substring(0, text.indexOf('/')));
        for (byte each : value.getAddress()) {
            out.u8(each);
        }
    }

    private static InetAddress readAddress(ValueReader in, int length) {
        String host = in.text();
        try {
            InetAddress address = InetAddress.getByAddress(host.isEmpty() ? null : host, in.raw(length));
            if (address.getAddress().length != length) {
                throw malformed("an address of the other family");
            }
            return address;
        }
        catch (UnknownHostException ex) {
            throw malformed("an address");
        }
    }

    private static void variables() {
        mutable(33, BitSet.class, (out, value) -> longs(out, value.toLongArray()),
                (in, id) -> BitSet.valueOf(longs(in)));
        mutable(34, StringBuilder.class, (out, value) -> out.text(value.toString()),
                (in, id) -> new StringBuilder(in.text()));
        mutable(35, StringBuffer.class, (out, value) -> out.text(value.toString()),
                (in, id) -> new StringBuffer(in.text()));
        leaf(36, OptionalInt.class, (out, value) -> {
            out.u8(value.isPresent() ? 1 : 0);
            value.ifPresent(out::s32);
        }, (in, id) -> in.bool() ? OptionalInt.of(in.s32()) : OptionalInt.empty());
        leaf(37, OptionalLong.class, (out, value) -> {
            out.u8(value.isPresent() ? 1 : 0);
            value.ifPresent(out::s64);
        }, (in, id) -> in.bool() ? OptionalLong.of(in.s64()) : OptionalLong.empty());
        leaf(38, OptionalDouble.class, (out, value) -> {
            out.u8(value.isPresent() ? 1 : 0);
            value.ifPresent((number) -> out.u64(Double.doubleToRawLongBits(number)));
        }, (in, id) -> in.bool() ? OptionalDouble.of(Double.longBitsToDouble(in.u64())) : OptionalDouble.empty());
        mutable(39, AtomicBoolean.class, (out, value) -> out.u8(value.get() ? 1 : 0),
                (in, id) -> new AtomicBoolean(in.bool()));
        mutable(40, AtomicInteger.class, (out, value) -> out.s32(value.get()), (in, id) -> new AtomicInteger(in.s32()));
        mutable(41, AtomicLong.class, (out, value) -> out.s64(value.get()), (in, id) -> new AtomicLong(in.s64()));
        mutable(42, AtomicIntegerArray.class,
                (out, value) -> ints(out, IntStream.range(0, value.length()).map(value::get).toArray()),
                (in, id) -> new AtomicIntegerArray(ints(in)));
        mutable(43, AtomicLongArray.class,
                (out, value) -> longs(out, IntStream.range(0, value.length()).mapToLong(value::get).toArray()),
                (in, id) -> new AtomicLongArray(longs(in)));
        mutable(44, LongAdder.class, (out, value) -> out.s64(value.sum()), (in, id) -> {
            LongAdder adder = new LongAdder();
            adder.add(in.s64());
            return adder;
        });
        mutable(45, DoubleAdder.class, (out, value) -> out.u64(Double.doubleToRawLongBits(value.sum())), (in, id) -> {
            DoubleAdder adder = new DoubleAdder();
            adder.add(Double.longBitsToDouble(in.u64()));
            return adder;
        });
    }

    private static void arrays() {
        mutable(46, byte[].class, ValueWriter::sized, (in, id) -> in.sized());
        mutable(47, int[].class, ScalarKinds::ints, (in, id) -> ints(in));
        mutable(48, long[].class, ScalarKinds::longs, (in, id) -> longs(in));
        mutable(49, boolean[].class, (out, value) -> {
            out.size(value.length);
            for (boolean each : value) {
                out.u8(each ? 1 : 0);
            }
        }, (in, id) -> {
            boolean[] array = new boolean[in.size(1)];
            for (int i = 0; i < array.length; i++) {
                array[i] = in.bool();
            }
            return array;
        });
        mutable(50, short[].class, (out, value) -> {
            out.size(value.length);
            for (short each : value) {
                out.u16(each);
            }
        }, (in, id) -> {
            short[] array = new short[in.size(2)];
            for (int i = 0; i < array.length; i++) {
                array[i] = (short) in.u16();
            }
            return array;
        });
        mutable(51, char[].class, (out, value) -> {
            out.size(value.length);
            for (char each : value) {
                out.u16(each);
            }
        }, (in, id) -> {
            char[] array = new char[in.size(2)];
            for (int i = 0; i < array.length; i++) {
                array[i] = (char) in.u16();
            }
            return array;
        });
        mutable(52, float[].class, (out, value) -> {
            out.size(value.length);
            for (float each : value) {
                out.u32(Float.floatToRawIntBits(each));
            }
        }, (in, id) -> {
            float[] array = new float[in.size(4)];
            for (int i = 0; i < array.length; i++) {
                array[i] = Float.intBitsToFloat(in.u32());
            }
            return array;
        });
        mutable(53, double[].class, (out, value) -> {
            out.size(value.length);
            for (double each : value) {
                out.u64(Double.doubleToRawLongBits(each));
            }
        }, (in, id) -> {
            double[] array = new double[in.size(8)];
            for (int i = 0; i < array.length; i++) {
                array[i] = Double.longBitsToDouble(in.u64());
            }
            return array;
        });
    }

    private static void ints(ValueWriter out, int[] array) {
        out.size(array.length);
        for (int each : array) {
            out.u32(each);
        }
    }

    private static int[] ints(ValueReader in) {
        int[] array = new int[in.size(4)];
        for (int i = 0; i < array.length; i++) {
            array[i] = in.u32();
        }
        return array;
    }

    private static void longs(ValueWriter out, long[] array) {
        out.size(array.length);
        for (long each : array) {
            out.u64(each);
        }
    }

    private static long[] longs(ValueReader in) {
        long[] array = new long[in.size(8)];
        for (int i = 0; i < array.length; i++) {
            array[i] = in.u64();
        }
        return array;
    }

    private static void times() {
        leaf(54, Instant.class, (out, value) -> {
            out.s64(value.getEpochSecond());
            out.s32(value.getNano());
        }, (in, id) -> Instant.ofEpochSecond(in.s64(), in.nanos()));
        leaf(55, Duration.class, (out, value) -> {
            out.s64(value.getSeconds());
            out.s32(value.getNano());
        }, (in, id) -> Duration.ofSeconds(in.s64(), in.nanos()));
        leaf(56, Period.class, (out, value) -> {
            out.s32(value.getYears());
            out.s32(value.getMonths());
            out.s32(value.getDays());
        }, (in, id) -> Period.of(in.s32(), in.s32(), in.s32()));
        leaf(57, LocalDate.class, (out, value) -> out.s64(value.toEpochDay()),
                (in, id) -> LocalDate.ofEpochDay(in.s64()));
        leaf(58, LocalTime.class, (out, value) -> out.s64(value.toNanoOfDay()),
                (in, id) -> LocalTime.ofNanoOfDay(in.s64()));
        leaf(59, LocalDateTime.class, ScalarKinds::dateTime, (in, id) -> dateTime(in));
        leaf(60, OffsetDateTime.class, (out, value) -> {
            dateTime(out, value.toLocalDateTime());
            out.s32(value.getOffset().getTotalSeconds());
        }, (in, id) -> OffsetDateTime.of(dateTime(in), offset(in)));
        leaf(61, OffsetTime.class, (out, value) -> {
            out.s64(value.toLocalTime().toNanoOfDay());
            out.s32(value.getOffset().getTotalSeconds());
        }, (in, id) -> OffsetTime.of(LocalTime.ofNanoOfDay(in.s64()), offset(in)));
        leaf(62, ZonedDateTime.class, (out, value) -> {
            dateTime(out, value.toLocalDateTime());
            out.s32(value.getOffset().getTotalSeconds());
            out.text(value.getZone().getId());
        }, (in, id) -> ZonedDateTime.ofStrict(dateTime(in), offset(in), ZoneId.of(in.text())));
        leaf(63, Year.class, (out, value) -> out.s32(value.getValue()), (in, id) -> Year.of(in.s32()));
        leaf(64, YearMonth.class, (out, value) -> {
            out.s32(value.getYear());
            out.u8(value.getMonthValue());
        }, (in, id) -> YearMonth.of(in.s32(), in.u8()));
        leaf(65, MonthDay.class, (out, value) -> {
            out.u8(value.getMonthValue());
            out.u8(value.getDayOfMonth());
        }, (in, id) -> MonthDay.of(in.u8(), in.u8()));
        leaf(66, ZoneOffset.class, (out, value) -> out.s32(value.getTotalSeconds()), (in, id) -> offset(in));
        text(67, ZoneId.class, ZoneId.of("Europe/Berlin").getClass(), ZoneId::getId, ZoneId::of);
    }

    private static void dateTime(ValueWriter out, LocalDateTime value) {
        out.s64(value.toLocalDate().toEpochDay());
        out.s64(value.toLocalTime().toNanoOfDay());
    }

    private static LocalDateTime dateTime(ValueReader in) {
        return LocalDateTime.of(LocalDate.ofEpochDay(in.s64()), LocalTime.ofNanoOfDay(in.s64()));
    }

    private static ZoneOffset offset(ValueReader in) {
        return ZoneOffset.ofTotalSeconds(in.s32());
    }

    private static void dates() {
        mutable(68, Date.class, (out, value) -> out.s64(value.getTime()), (in, id) -> new Date(in.s64()));
        mutable(69, java.sql.Date.class, (out, value) -> out.s64(value.getTime()),
                (in, id) -> new java.sql.Date(in.s64()));
        mutable(70, java.sql.Time.class, (out, value) -> out.s64(value.getTime()),
                (in, id) -> new java.sql.Time(in.s64()));
        mutable(71, Timestamp.class, (out, value) -> {
            out.s64(value.getTime());
            out.s32(value.getNanos());
        }, (in, id) -> {
            Timestamp value = new Timestamp(in.s64());
            value.setNanos(in.nanos());
            return value;
        });
        text(72, TimeZone.class, TimeZone.getTimeZone("Europe/Berlin").getClass(), TimeZone::getID,
                TimeZone::getTimeZone);
        mutable(73, GregorianCalendar.class, ScalarKinds::calendar, (in, id) -> calendar(in.s64(),
                timeZone(in), in.bool(), in.u8(), in.u8()));
    }

    private static void calendar(ValueWriter out, GregorianCalendar value) {
        GregorianCalendar copy = calendar(value.getTimeInMillis(), value.getTimeZone(), value.isLenient(),
                value.getFirstDayOfWeek(), value.getMinimalDaysInFirstWeek());
        String zone = value.getTimeZone().getID();
        if (!copy.equals(value) || !TimeZone.getTimeZone(zone).equals(value.getTimeZone())) {
            throw ValueNotSupportedException.of(GregorianCalendar.class, "with rules of its own",
                    "one of a known time zone, or a ZonedDateTime");
        }
        out.s64(value.getTimeInMillis());
        out.text(zone);
        out.u8(value.isLenient() ? 1 : 0);
        out.u8(value.getFirstDayOfWeek());
        out.u8(value.getMinimalDaysInFirstWeek());
    }

    private static TimeZone timeZone(ValueReader in) {
        String id = in.text();
        TimeZone zone = TimeZone.getTimeZone(id);
        if (!zone.getID().equals(id)) {
            throw malformed("\"" + id + "\" (expected: a time zone)");
        }
        return zone;
    }

    private static GregorianCalendar calendar(long time, TimeZone zone, boolean lenient, int firstDay, int minimalDays) {
        GregorianCalendar calendar = new GregorianCalendar(zone, Locale.ROOT);
        calendar.setLenient(lenient);
        calendar.setFirstDayOfWeek(firstDay);
        calendar.setMinimalDaysInFirstWeek(minimalDays);
        calendar.setTimeInMillis(time);
        return calendar;
    }

}
