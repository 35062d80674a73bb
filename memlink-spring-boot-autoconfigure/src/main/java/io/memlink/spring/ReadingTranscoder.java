package io.memlink.spring;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.transcoder.ClientFlags;
import org.jspecify.annotations.Nullable;

/**
 * Transcoder that writes one format and reads another one too, so that a cache survives
 * the change from one to the other.
 *
 * @param values writes, and reads what it wrote
 * @param flags those of the other format
 * @param others reads the other format
 */
record ReadingTranscoder(Transcoder<Object> values, ClientFlags flags,
        Transcoder<Object> others) implements Transcoder<Object> {

    static Transcoder<Object> of(Transcoder<Object> values, int codec, @Nullable Transcoder<Object> others) {
        return (others != null) ? new ReadingTranscoder(values, ClientFlags.of(codec), others) : values;
    }

    @Override
    public EncodedValue encode(Object value) {
        return this.values.encode(value);
    }

    @Override
    public Object decode(EncodedValue value) {
        return ((value.flags() == this.flags.bits()) ? this.others : this.values).decode(value);
    }

}
