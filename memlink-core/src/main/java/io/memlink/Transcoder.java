package io.memlink;

import io.memlink.meta.EncodedValue;

/**
 * Turns values into bytes and back. Implementations must be safe for use by many threads
 * and must not block: decoding runs on event loops.
 *
 * @param <V> the type of the values
 * @since 0.1.0
 */
public interface Transcoder<V> {

    /**
     * Encodes a value. Called in the thread of the caller of the operation.
     * @param value the value
     * @return its bytes and flags; {@code null} is an {@link IllegalStateException} of
     * the operation
     * @throws RuntimeException where it cannot be encoded; the operation throws it
     */
    EncodedValue encode(V value);

    /**
     * Decodes a value.
     * @param value the bytes and flags that were stored, perhaps by another program
     * @return the value
     * @throws RuntimeException where the bytes cannot be decoded; the operation misses,
     * unless {@link MemlinkClientBuilder#throwOnUndecodable the builder} was told
     * otherwise
     */
    V decode(EncodedValue value);

    /**
     * Returns the transcoder of byte arrays: stores them as they are, with flags of 0.
     * Neither way are they copied.
     * @return the transcoder
     */
    static Transcoder<byte[]> bytes() {
        return PlainTranscoders.OfBytes.INSTANCE;
    }

    /**
     * Returns the transcoder of text: stores it as UTF-8, with flags of 0. Text that has
     * no UTF-8 form (a lone surrogate) and bytes that are not UTF-8 are refused.
     * @return the transcoder
     */
    static Transcoder<String> text() {
        return PlainTranscoders.OfText.INSTANCE;
    }

    /**
     * Returns the transcoder that leaves encoding and decoding to its user, who may want
     * to do so on other threads.
     * @return the transcoder
     */
    static Transcoder<EncodedValue> encoded() {
        return PlainTranscoders.OfEncoded.INSTANCE;
    }

}
