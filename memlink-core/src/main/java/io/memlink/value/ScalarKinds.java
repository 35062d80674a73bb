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
import java.util.BitSet;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
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
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;

import static io.memlink.value.ValueNotReadableException.malformed;

/**
 * The types of the JDK in which there are no other objects: numbers, texts, variables and
 * arrays of numbers.
 */
final class ScalarKinds {

    private static final List<Charset> CHARSETS = List.of(StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1,
            StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16);

    private static final int ALL_FLAGS = Pattern.UNIX_LINES | Pattern.CASE_INSENSITIVE | Pattern.MULTILINE
            | Pattern.DOTALL | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;

    private static final Pattern LEADING_FLAGS = Pattern.compile("^\\(\\?[a-zA-Z]*(-[a-zA-Z]*)?\\)");

    /** Comments may be off by the end of a text that was made with them. */
    private static final Pattern COMMENTS_OFF = Pattern.compile("\\(\\s*\\?\\s*[a-zA-Z\\s]*-[a-zA-Z\\s]*x");

    private ScalarKinds() {
    }

    static void register() {
        numbers();
        texts();
        variables();
        arrays();
    }

    /** A type of which objects with the same text are equal, where that is so. */
    static <T> void text(int tag, Class<T> type, Class<?> actual, Function<T, String> toText,
            Function<String, T> fromText) {
        Kind.register(tag, type.getSimpleName(), Kind.Layout.LEAF, Kind.Sharing.NONE, (ValueWriter out, T value) -> {
            String text = toText.apply(value);
            if (!fromText.apply(text).equals(value)) {
                throw ValueNotSupportedException.of(type, "which is not what its text says", "one that is");
            }
            out.text(text);
        }, (in, id) -> {
            String text = in.text();
            T value = fromText.apply(text);
            if (!toText.apply(value).equals(text)) {
                throw malformed("a text (expected: of a " + type.getSimpleName() + ")");
            }
            return value;
        }, actual);
    }

    private static void numbers() {
        Kind.leaf(14, Long.class, (out, value) -> out.s64(value), (in, id) -> in.s64());
        Kind.leaf(16, Byte.class, (out, value) -> out.u8(value), (in, id) -> (byte) in.u8());
        Kind.leaf(17, Short.class, (out, value) -> out.s32(value), (in, id) -> in.s16());
        Kind.leaf(18, Character.class, (out, value) -> out.u16(value), (in, id) -> (char) in.u16());
        Kind.leaf(19, Float.class, (out, value) -> out.u32(Float.floatToRawIntBits(value)),
                (in, id) -> Float.intBitsToFloat(in.u32()));
        Kind.leaf(20, Double.class, (out, value) -> out.u64(Double.doubleToRawLongBits(value)),
                (in, id) -> Double.longBitsToDouble(in.u64()));
        Kind.leaf(21, BigInteger.class, (out, value) -> out.sized(value.toByteArray()),
                (in, id) -> new BigInteger(in.sized()));
        Kind.leaf(22, BigDecimal.class, ScalarKinds::writeDecimal, (in, id) -> readDecimal(in));
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
            byte[] bytes = unscaled.toByteArray();
            out.decimal(bytes.length);
            out.sized(bytes);
        }
    }

    private static BigDecimal readDecimal(ValueReader in) {
        boolean large = in.bool();
        int scale = in.s32();
        if (!large) {
            return BigDecimal.valueOf(in.s64(), scale);
        }
        byte[] bytes = in.sized();
        in.decimal(bytes.length);
        return new BigDecimal(new BigInteger(bytes), scale);
    }

    private static void texts() {
        Kind.leaf(24, UUID.class, (out, value) -> {
            out.u64(value.getMostSignificantBits());
            out.u64(value.getLeastSignificantBits());
        }, (in, id) -> new UUID(in.u64(), in.u64()));
        text(25, URI.class, URI.class, URI::toString, URI::create);
        text(26, Locale.class, Locale.class, Locale::toLanguageTag, Locale::forLanguageTag);
        text(27, Currency.class, Currency.class, Currency::getCurrencyCode, Currency::getInstance);
        text(28, MathContext.class, MathContext.class, MathContext::toString, MathContext::new);
        Kind.leaf(29, Pattern.class, (out, value) -> {
            if ((value.flags() & Pattern.CANON_EQ) != 0) {
                throw ValueNotSupportedException.of(Pattern.class, "with CANON_EQ", "a pattern without it");
            }
            if (!hasFlagsOfItsOwn(value)) {
                throw ValueNotSupportedException.of(Pattern.class, "with a flag that is switched within it",
                        "a pattern with flags at its beginning, in groups like (?i:x), or given when it is made");
            }
            out.text(value.pattern());
            out.s32(value.flags());
        }, (in, id) -> readPattern(in));
        Kind.register(30, "Charset", Kind.Layout.LEAF, Kind.Sharing.NONE,
                (ValueWriter out, Charset value) -> out.u8(CHARSETS.indexOf(value)), (in, id) -> CHARSETS.get(in.u8()),
                CHARSETS.stream().map(Object::getClass).toArray(Class<?>[]::new));
        Kind.leaf(31, Inet4Address.class, ScalarKinds::writeAddress, (in, id) -> readAddress(in, 4));
        Kind.leaf(32, Inet6Address.class, (out, value) -> {
            if (value.getScopeId() != 0 || value.getScopedInterface() != null) {
                throw ValueNotSupportedException.of(Inet6Address.class, "with a scope", "an address without one");
            }
            writeAddress(out, value);
        }, (in, id) -> readAddress(in, 16));
    }

    /**
     * Whether a pattern says which flags it was made with: those that are switched within
     * it, other than at its beginning, are among its flags too. A text that switches none
     * has the flags it is given, whichever they are.
     */
    private static boolean hasFlagsOfItsOwn(Pattern pattern) {
        String text = pattern.pattern();
        int flags = pattern.flags();
        if ((flags & Pattern.LITERAL) != 0 || text.indexOf('?') < 0) {
            return true;
        }
        String rest = LEADING_FLAGS.matcher(text).replaceFirst("");
        int comments = flags & Pattern.COMMENTS;
        try {
            return !COMMENTS_OFF.matcher(rest).find() && Pattern.compile(rest).flags() == 0
                    && Pattern.compile(rest, comments).flags() == comments
                    && Pattern.compile(rest, ALL_FLAGS | comments).flags() == (ALL_FLAGS | comments);
        }
        catch (PatternSyntaxException ex) {
            return false;
        }
    }

    private static Pattern readPattern(ValueReader in) {
        String pattern = in.text();
        int flags = in.s32();
        if ((flags & Pattern.CANON_EQ) != 0) {
            throw malformed("a pattern with CANON_EQ");
        }
        return Pattern.compile(pattern, flags);
    }

    /**
     * Asks the address for its name as it is; a name that is not there is not looked up.
     */
    private static void writeAddress(ValueWriter out, InetAddress value) {
        String text = value.toString();
        String host = text.substring(0, text.length() - value.getHostAddress().length() - 1);
        if (host.indexOf('/') >= 0) {
            throw ValueNotSupportedException.of(value.getClass(), "whose host has a slash in its name",
                    "an address of a host");
        }
        out.text(host);
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
        Kind.mutable(33, BitSet.class, (out, value) -> longs(out, value.toLongArray()),
                (in, id) -> BitSet.valueOf(longs(in)));
        Kind.mutable(34, StringBuilder.class, (out, value) -> out.text(value.toString()),
                (in, id) -> new StringBuilder(in.text()));
        Kind.mutable(35, StringBuffer.class, (out, value) -> out.text(value.toString()),
                (in, id) -> new StringBuffer(in.text()));
        Kind.leaf(36, OptionalInt.class, (out, value) -> {
            out.u8(value.isPresent() ? 1 : 0);
            value.ifPresent(out::s32);
        }, (in, id) -> in.bool() ? OptionalInt.of(in.s32()) : OptionalInt.empty());
        Kind.leaf(37, OptionalLong.class, (out, value) -> {
            out.u8(value.isPresent() ? 1 : 0);
            value.ifPresent(out::s64);
        }, (in, id) -> in.bool() ? OptionalLong.of(in.s64()) : OptionalLong.empty());
        Kind.leaf(38, OptionalDouble.class, (out, value) -> {
            out.u8(value.isPresent() ? 1 : 0);
            value.ifPresent((number) -> out.u64(Double.doubleToRawLongBits(number)));
        }, (in, id) -> in.bool() ? OptionalDouble.of(Double.longBitsToDouble(in.u64())) : OptionalDouble.empty());
        Kind.mutable(39, AtomicBoolean.class, (out, value) -> out.u8(value.get() ? 1 : 0),
                (in, id) -> new AtomicBoolean(in.bool()));
        Kind.mutable(40, AtomicInteger.class, (out, value) -> out.s32(value.get()),
                (in, id) -> new AtomicInteger(in.s32()));
        Kind.mutable(41, AtomicLong.class, (out, value) -> out.s64(value.get()), (in, id) -> new AtomicLong(in.s64()));
        Kind.mutable(42, AtomicIntegerArray.class,
                (out, value) -> ints(out, IntStream.range(0, value.length()).map(value::get).toArray()),
                (in, id) -> new AtomicIntegerArray(ints(in)));
        Kind.mutable(43, AtomicLongArray.class,
                (out, value) -> longs(out, IntStream.range(0, value.length()).mapToLong(value::get).toArray()),
                (in, id) -> new AtomicLongArray(longs(in)));
        Kind.mutable(44, LongAdder.class, (out, value) -> out.s64(value.sum()), (in, id) -> {
            LongAdder adder = new LongAdder();
            adder.add(in.s64());
            return adder;
        });
        Kind.mutable(45, DoubleAdder.class, (out, value) -> out.u64(Double.doubleToRawLongBits(value.sum())),
                (in, id) -> {
                    DoubleAdder adder = new DoubleAdder();
                    adder.add(Double.longBitsToDouble(in.u64()));
                    return adder;
                });
    }

    private static void arrays() {
        Kind.mutable(46, byte[].class, ValueWriter::sized, (in, id) -> in.sized());
        Kind.mutable(47, int[].class, ScalarKinds::ints, (in, id) -> ints(in));
        Kind.mutable(48, long[].class, ScalarKinds::longs, (in, id) -> longs(in));
        Kind.mutable(49, boolean[].class, (out, value) -> {
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
        Kind.mutable(50, short[].class, (out, value) -> {
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
        Kind.mutable(51, char[].class, (out, value) -> {
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
        Kind.mutable(52, float[].class, (out, value) -> {
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
        Kind.mutable(53, double[].class, (out, value) -> {
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

}
