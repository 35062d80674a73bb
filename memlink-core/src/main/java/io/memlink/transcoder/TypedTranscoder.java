package io.memlink.transcoder;

import java.util.Objects;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.value.ValueFormat;

/**
 * The transcoder of objects in Memlink's own {@linkplain ValueFormat value format}: a
 * value comes back equal to what was put, or it is a miss; what cannot be kept is refused
 * when it is written. Safe for use by many threads.
 */
final class TypedTranscoder implements Transcoder<Object> {

    private static final int FLAGS = ClientFlags.of(ClientFlags.TYPED).bits();

    private final ValueFormat format;

    /**
     * Creates a transcoder.
     * @param format the classes that are trusted, and how others are converted
     */
    TypedTranscoder(ValueFormat format) {
        this.format = Objects.requireNonNull(format, "format");
    }

    /**
     * Encodes a value.
     * @param value the value, which nobody may change in the meantime
     * @return its bytes and flags
     * @throws io.memlink.value.ValueNotSupportedException where it would not come back as
     * it is
     */
    @Override
    public EncodedValue encode(Object value) {
        return new EncodedValue(this.format.encode(value), FLAGS);
    }

    /**
     * Decodes a value.
     * @param value what {@link #encode} made, perhaps in another version of the
     * application
     * @return the value
     * @throws io.memlink.value.ValueNotReadableException where its classes are unknown,
     * not trusted or have changed, and where the bytes are not of this format
     * @throws IllegalArgumentException where the flags are not of this format
     */
    @Override
    public Object decode(EncodedValue value) {
        if (value.flags() != FLAGS) {
            throw new IllegalArgumentException("flags: 0x" + Integer.toHexString(value.flags()) + " (expected: 0x"
                    + Integer.toHexString(FLAGS) + ", those of the value format)");
        }
        Object decoded = this.format.decode(value.data());
        if (decoded == null) {
            throw new IllegalArgumentException("value: null (expected: an object)");
        }
        return decoded;
    }

}
