package io.memlink.transcoder;

import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;

/**
 * Whole numbers in decimal digits, with flags of 0: the form that {@code increment} and
 * {@code decrement} work on. The server itself knows no negative numbers, and wraps round
 * at 2<sup>64</sup>; a counter that it has counted out of the range of the type is not
 * read. Immutable.
 *
 * @param <N> the type of the numbers
 * @since 0.1.0
 */
public final class NumberTranscoder<N extends Number> implements Transcoder<N> {

    private static final NumberTranscoder<Long> LONGS = new NumberTranscoder<>(Long.MIN_VALUE, Long.MAX_VALUE,
            Long::valueOf);

    private static final NumberTranscoder<Integer> INTS = new NumberTranscoder<>(Integer.MIN_VALUE, Integer.MAX_VALUE,
            (number) -> (int) number);

    private final long min;

    private final long max;

    private final LongFunction<N> type;

    private NumberTranscoder(long min, long max, LongFunction<N> type) {
        this.min = min;
        this.max = max;
        this.type = type;
    }

    /**
     * Returns the transcoder of 64-bit numbers.
     * @return the transcoder
     */
    public static NumberTranscoder<Long> longs() {
        return LONGS;
    }

    /**
     * Returns the transcoder of 32-bit numbers.
     * @return the transcoder
     */
    public static NumberTranscoder<Integer> ints() {
        return INTS;
    }

    @Override
    public EncodedValue encode(N value) {
        return new EncodedValue(digits(value), ClientFlags.of(ClientFlags.PLAIN).bits());
    }

    static byte[] digits(Number value) {
        return Long.toString(value.longValue()).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public N decode(EncodedValue value) {
        int codec = ClientFlags.parse(value.flags()).codec();
        if (codec != ClientFlags.PLAIN && codec != ClientFlags.INTEGER && codec != ClientFlags.LONG) {
            throw new IllegalArgumentException("codec: " + codec + " (expected: that of a number)");
        }
        return parse(value.data());
    }

    N parse(byte[] digits) {
        // The server leaves spaces where a number it has counted down has become shorter.
        String text = new String(digits, StandardCharsets.ISO_8859_1).stripTrailing();
        long number;
        try {
            number = Long.parseLong(text);
        }
        catch (NumberFormatException ex) {
            // Without the cause, whose message has the value in it.
            throw new IllegalArgumentException("value: bytes (expected: a number in decimal digits)");
        }
        if (number < this.min || number > this.max) {
            throw new IllegalArgumentException(
                    "value: a number out of range (expected: " + this.min + " to " + this.max + ")");
        }
        return this.type.apply(number);
    }

}
