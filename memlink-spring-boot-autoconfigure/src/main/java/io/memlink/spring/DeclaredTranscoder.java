package io.memlink.spring;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.transcoder.ClientFlags;

/**
 * Transcoder of values of one type as JSON that does not include the type. Plain values
 * are encoded as usual, and values that were written with their type can be read too.
 *
 * @param declared writes without the type
 * @param named reads the type with the value, and checks it
 * @param <V> the type of the values
 */
record DeclaredTranscoder<V>(Transcoder<V> declared, Transcoder<V> named) implements Transcoder<V> {

    @Override
    public EncodedValue encode(V value) {
        boolean plain = value instanceof String || value instanceof byte[] || value instanceof Integer
                || value instanceof Long;
        return (plain ? this.named : this.declared).encode(value);
    }

    @Override
    public V decode(EncodedValue value) {
        boolean declared = value.flags() == ClientFlags.of(ClientFlags.DECLARED_JSON).bits();
        return (declared ? this.declared : this.named).decode(value);
    }

}
