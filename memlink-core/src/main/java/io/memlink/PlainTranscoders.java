package io.memlink;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.memlink.meta.EncodedValue;

/** Transcoders of values that need none. */
final class PlainTranscoders {

    private PlainTranscoders() {
    }

    /** Byte arrays as they are. */
    enum OfBytes implements Transcoder<byte[]> {

        INSTANCE;

        @Override
        public EncodedValue encode(byte[] value) {
            return new EncodedValue(value, 0);
        }

        @Override
        public byte[] decode(EncodedValue value) {
            return value.data();
        }

    }

    /** Values as the server keeps them. */
    enum OfEncoded implements Transcoder<EncodedValue> {

        INSTANCE;

        @Override
        public EncodedValue encode(EncodedValue value) {
            return value;
        }

        @Override
        public EncodedValue decode(EncodedValue value) {
            return value;
        }

    }

    /** Text as UTF-8, strictly: what cannot be kept exactly is refused. */
    enum OfText implements Transcoder<String> {

        INSTANCE;

        @Override
        public EncodedValue encode(String value) {
            try {
                ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
                return new EncodedValue(Arrays.copyOf(bytes.array(), bytes.limit()), 0);
            }
            catch (CharacterCodingException ex) {
                throw new IllegalArgumentException(
                        "value: text with a lone surrogate (expected: text that UTF-8 can hold)", ex);
            }
        }

        @Override
        public String decode(EncodedValue value) {
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value.data())).toString();
            }
            catch (CharacterCodingException ex) {
                throw new IllegalArgumentException("value: bytes (expected: UTF-8)", ex);
            }
        }

    }

}
