package io.memlink.spring;

import java.util.Map;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;

/**
 * Transcoder that writes one format and reads others too, each by what its flags say, so
 * that a cache survives the change from one to the other.
 *
 * @param values writes, and reads what it wrote
 * @param others read the other formats, by the flags of these
 */
record MixedTranscoder(Transcoder<Object> values,
        Map<Integer, Transcoder<Object>> others) implements Transcoder<Object> {

    @Override
    public EncodedValue encode(Object value) {
        return this.values.encode(value);
    }

    @Override
    public Object decode(EncodedValue value) {
        return this.others.getOrDefault(value.flags(), this.values).decode(value);
    }

}
