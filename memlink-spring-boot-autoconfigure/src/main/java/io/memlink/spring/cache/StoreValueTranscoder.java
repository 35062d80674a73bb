package io.memlink.spring.cache;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import org.springframework.cache.support.NullValue;

/**
 * Transcoder of the values of a cache: those of another transcoder, and the mark of a
 * cached {@code null}.
 *
 * @param values how all but null become bytes
 */
record StoreValueTranscoder(Transcoder<Object> values) implements Transcoder<Object> {

    /** "ML" and the number of no other format. */
    private static final int NULL_FLAGS = 0x4D4C_000F;

    private static final byte[] NO_BYTES = {};

    @Override
    public EncodedValue encode(Object value) {
        return (value instanceof NullValue) ? new EncodedValue(NO_BYTES, NULL_FLAGS) : this.values.encode(value);
    }

    @Override
    public Object decode(EncodedValue value) {
        return (value.flags() == NULL_FLAGS) ? NullValue.INSTANCE : this.values.decode(value);
    }

}
