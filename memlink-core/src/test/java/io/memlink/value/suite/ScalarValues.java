package io.memlink.value.suite;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

import io.memlink.value.suite.shop.Records;

import static io.memlink.value.suite.ApplicationValues.box;

/**
 * Numbers, texts and holders of one thing.
 */
final class ScalarValues {

    private ScalarValues() {
    }

    static void addTo(ValueCase.Kind values) {
        numbers(values);
        texts(values);
        holders(values);
    }

    private static void numbers(ValueCase.Kind values) {
        values.add("Integer, Long, Short, Byte", () -> List.of(1, 2L, (short) 3, (byte) 4));
        values.add("Integer at the root", () -> 5);
        values.add("Integers, extremes",
                () -> List.of(Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 0, 127, 128, -128, -129, 16383, 16384));
        values.add("Longs, extremes", () -> {
            List<Object> all = new ArrayList<>(List.of(Long.MIN_VALUE, Long.MAX_VALUE, -1L, 0L));
            for (int i = 0; i < 64; i++) {
                all.add(1L << i);
                all.add((1L << i) - 1);
                all.add(-(1L << i));
            }
            return all;
        });
        values.add("Shorts and Bytes, extremes",
                () -> List.of(Short.MIN_VALUE, Short.MAX_VALUE, Byte.MIN_VALUE, Byte.MAX_VALUE));
        values.add("Character, Boolean, Float", () -> List.of('c', true, false, 1.25f));
        values.add("Characters, odd", () -> List.of('\0', '\uFFFF', '\uD800', '\uDC00', '\u00e4'));
        values.add("NaN, -0.0, infinity", () -> List.of(Double.NaN, -0.0, Double.NEGATIVE_INFINITY, Float.NaN, -0.0f,
                Double.MIN_VALUE, Float.POSITIVE_INFINITY));
        values.add("NaN of other bits", () -> List.of(Double.longBitsToDouble(0x7ff8000000000001L),
                Float.intBitsToFloat(0x7fc00001), Double.longBitsToDouble(0xfff8000000000000L)));
        values.add("Double at the root", () -> 1.0);
        values.add("Float at the root", () -> 1.5f);
        values.add("Boolean at the root", () -> true);
        values.add("Character at the root", () -> 'x');
        values.add("BigDecimal, scales", () -> List.of(new BigDecimal("1.50"), new BigDecimal("1E+10"),
                new BigDecimal("0.000"), new BigDecimal("-12345678901234567890.123"), BigDecimal.ONE, BigDecimal.ZERO));
        values.add("BigDecimal, extreme scales", () -> List.of(new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE),
                new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE), new BigDecimal(BigInteger.ZERO, -5)));
        values.add("BigDecimal of 500 digits", () -> new BigDecimal("7".repeat(500) + "." + "3".repeat(500)));
        values.add("BigInteger", () -> List.of(BigInteger.ONE.shiftLeft(200), BigInteger.TEN.negate(), BigInteger.ZERO,
                BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE)));
        values.add("BigInteger of 10,000 bits", () -> BigInteger.ONE.shiftLeft(10_000).subtract(BigInteger.TWO));
        values.add("MathContext, RoundingMode",
                () -> box(List.of(MathContext.DECIMAL32, new MathContext(5, RoundingMode.CEILING))));
        values.add("UUID", () -> UUID.fromString("123e4567-e89b-12d3-a456-426614174000"));
        values.add("UUID, extremes", () -> List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(Long.MIN_VALUE, 1)));
        values.add("Currency", () -> Currency.getInstance("EUR"));
        values.add("enums of the JDK", () -> List.of(TimeUnit.DAYS, RoundingMode.HALF_UP, Thread.State.RUNNABLE,
                java.nio.file.StandardOpenOption.READ, Character.UnicodeScript.LATIN));
        values.add("enum of the JDK with bodies at the root", () -> TimeUnit.MILLISECONDS);
    }

    private static void texts(ValueCase.Kind values) {
        values.add("text at the root", () -> "text");
        values.add("text, empty", () -> "");
        values.add("text, lone surrogates, NUL, emoji", () -> new ArrayList<>(
                List.of("a\uD800b", "\uDC00", "\uDC00\uD800", "\0", "\uD83D\uDE00", "", "\uFFFF", "\uFEFFx")));
        values.add("text of each length up to 300", () -> {
            List<String> all = new ArrayList<>();
            for (int i = 0; i <= 300; i++) {
                all.add("x".repeat(i));
                all.add("\u00e4".repeat(i));
                all.add("\u20ac".repeat(i));
            }
            return all;
        });
        values.add("text, all characters", () -> {
            StringBuilder all = new StringBuilder();
            for (int c = 0; c < 65536; c++) {
                all.append((char) c);
            }
            return all.toString();
        });
        values.add("text, Latin 1 then a surrogate at the end", () -> "\u00ff".repeat(70) + "\uD83D");
        values.add("StringBuilder, StringBuffer", () -> box(List.of(new StringBuilder("sb"), new StringBuffer("sf"))));
        values.add("StringJoiner", () -> box(new java.util.StringJoiner(",", "[", "]").add("a")));
        values.add("same text twice, apart",
                () -> List.of(new StringBuilder("same").toString(), new StringBuilder("same").toString()));
    }

    private static void holders(ValueCase.Kind values) {
        values.add("Optional", () -> List.of(Optional.of(5L), Optional.empty(), Optional.of(Optional.of("x"))));
        values.add("Optional at the root", () -> Optional.of(new Records.Point(1, 2)));
        values.add("Optional, empty, at the root", Optional::empty);
        values.add("OptionalInt, OptionalLong, OptionalDouble", () -> List.of(OptionalInt.of(1), OptionalLong.of(2),
                OptionalDouble.empty(), OptionalInt.empty(), OptionalLong.empty(), OptionalDouble.of(-0.0)));
        values.add("OptionalDouble of NaN", () -> OptionalDouble.of(Double.NaN));
        values.add("AtomicInteger, AtomicLong, AtomicBoolean, AtomicReference", () -> List.of(new AtomicInteger(1),
                new AtomicLong(2), new AtomicBoolean(true), new AtomicReference<>(3L)));
        values.add("AtomicReference of null", () -> new AtomicReference<>());
        values.add("AtomicIntegerArray, AtomicLongArray",
                () -> List.of(new AtomicIntegerArray(new int[] { 1, 2 }), new AtomicLongArray(new long[] { 3 })));
        values.add("AtomicReferenceArray", () -> box(new AtomicReferenceArray<>(new String[] { "a", null })));
        values.add("AtomicStampedReference, AtomicMarkableReference",
                () -> List.of(new AtomicStampedReference<>("a", 5), new AtomicMarkableReference<>("b", true)));
        values.add("LongAdder, DoubleAdder", () -> {
            LongAdder longs = new LongAdder();
            longs.add(4);
            DoubleAdder doubles = new DoubleAdder();
            doubles.add(1.5);
            return List.of(longs, doubles);
        });
        values.add("LongAccumulator", () -> box(new LongAccumulator(Long::max, 3)));
        values.add("DoubleAccumulator", () -> box(new DoubleAccumulator(Double::sum, 3)));
        values.add("summary statistics", () -> {
            IntSummaryStatistics ints = new IntSummaryStatistics();
            ints.accept(3);
            DoubleSummaryStatistics doubles = new DoubleSummaryStatistics();
            doubles.accept(0.1);
            return List.of(ints, doubles);
        });
    }

}
