package io.memlink.test.cases;

import java.math.BigDecimal;
import java.util.List;

/**
 * Values at which code tends to go wrong; they are drawn far more often than by chance.
 */
final class Edges {

    static final List<Integer> INTS = List.of(0, 1, -1, 2, 127, 128, 255, 256, -128, -129, 32767, 32768, 65535, 65536,
            Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE - 1, Integer.MIN_VALUE + 1);

    static final List<Long> LONGS = List.of(0L, 1L, -1L, 2L, 127L, 128L, 255L, 256L, -128L, -129L, 65535L, 65536L,
            (long) Integer.MAX_VALUE, Integer.MAX_VALUE + 1L, (long) Integer.MIN_VALUE, Integer.MIN_VALUE - 1L,
            0xffff_ffffL, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE + 1);

    static final List<Double> DOUBLES = List.of(0.0, -0.0, 1.0, -1.0, 0.1, 0.01, -0.01, Double.MIN_VALUE,
            -Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, -Double.MAX_VALUE);

    static final List<Float> FLOATS = List.of(0.0f, -0.0f, 1.0f, -1.0f, 0.1f, 0.01f, -0.01f, Float.MIN_VALUE,
            -Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE);

    static final List<BigDecimal> DECIMALS = List.of(BigDecimal.ZERO, BigDecimal.ONE, BigDecimal.ONE.negate(),
            BigDecimal.TEN, new BigDecimal("0.01"), new BigDecimal("-0.01"), new BigDecimal("1.10"),
            BigDecimal.valueOf(Double.MAX_VALUE));

    private Edges() {
    }

}
