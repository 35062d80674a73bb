package io.memlink.spring;

import io.memlink.Transcoder;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Transcoders of declared types in the format of all types.
 *
 * @param objects the format
 */
record CheckedTranscoders(Transcoder<Object> objects) implements TypedTranscoders {

    @Override
    public <V> Transcoder<V> of(ParameterizedTypeReference<V> type) {
        return CheckedTranscoder.of(this.objects, type);
    }

}
