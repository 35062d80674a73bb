package io.memlink.transcoder;

import java.util.Objects;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.value.ValueFormat;

/**
 * Objects of any type, whose flags say how to read them back: byte arrays and text as
 * they are, {@code Integer} and {@code Long} in decimal digits, so that the server can
 * count with them, and everything else as another transcoder has it. Safe for use by many
 * threads as far as that one is.
 *
 * @since 0.1.0
 */
public final class ObjectTranscoder implements Transcoder<Object> {

    private final Transcoder<Object> others;

    /**
     * Creates a transcoder.
     * @param others how all other objects become bytes; is given the values whose flags
     * are of none of the types above
     */
    public ObjectTranscoder(Transcoder<Object> others) {
        this.others = Objects.requireNonNull(others, "others");
    }

    /**
     * Returns the transcoder that has all other objects in Memlink's own value format: a
     * value comes back equal to what was put or is a miss, and what cannot be kept is
     * refused with {@link io.memlink.value.ValueNotSupportedException} when it is
     * written.
     * @param format the classes that are trusted, and how others are converted
     * @return the transcoder
     */
    public static ObjectTranscoder typed(ValueFormat format) {
        return new ObjectTranscoder(new TypedTranscoder(format));
    }

    @Override
    public EncodedValue encode(Object value) {
        if (value instanceof byte[] bytes) {
            return encoded(bytes, ClientFlags.BYTES);
        }
        if (value instanceof String text) {
            return encoded(Transcoder.text().encode(text).data(), ClientFlags.TEXT);
        }
        if (value instanceof Integer number) {
            return encoded(NumberTranscoder.digits(number), ClientFlags.INTEGER);
        }
        if (value instanceof Long number) {
            return encoded(NumberTranscoder.digits(number), ClientFlags.LONG);
        }
        return this.others.encode(value);
    }

    private static EncodedValue encoded(byte[] data, int codec) {
        return new EncodedValue(data, ClientFlags.of(codec).bits());
    }

    @Override
    public Object decode(EncodedValue value) {
        if (!ClientFlags.isMarked(value.flags())) {
            return this.others.decode(value);
        }
        ClientFlags flags = ClientFlags.parse(value.flags());
        if (flags.isCompressed()) {
            throw new IllegalArgumentException("value: compressed (expected: a transcoder that decompresses it)");
        }
        return switch (flags.codec()) {
            case ClientFlags.BYTES -> value.data();
            case ClientFlags.TEXT -> Transcoder.text().decode(value);
            case ClientFlags.INTEGER -> NumberTranscoder.ints().parse(value.data());
            case ClientFlags.LONG -> NumberTranscoder.longs().parse(value.data());
            default -> this.others.decode(value);
        };
    }

}
