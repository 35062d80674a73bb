package io.memlink;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.memlink.meta.EncodedValue;

/** Text as UTF-8, strictly: what cannot be kept exactly is refused. */
enum TextTranscoder implements Transcoder<String> {

    INSTANCE;

    @Override
    public EncodedValue encode(String value) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            return new EncodedValue(Arrays.copyOf(bytes.array(), bytes.limit()), 0);
        }
        catch (CharacterCodingException ex) {
            throw new IllegalArgumentException("value: text with a lone surrogate (expected: text that UTF-8 can hold)",
                    ex);
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
