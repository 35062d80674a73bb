package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Collects the flags of a request as they travel. Not safe for use by many threads. */
final class FlagText {

    private byte[] text = new byte[32];

    private int length;

    /** Adds a flag without an argument. */
    FlagText flag(char letter) {
        add(" ").add(letter);
        return this;
    }

    /** Adds a flag with a signed number. */
    FlagText flag(char letter, long argument) {
        return flag(letter).add(Long.toString(argument));
    }

    /** Adds a flag with an unsigned number. */
    FlagText unsignedFlag(char letter, long argument) {
        return flag(letter).add(Long.toUnsignedString(argument));
    }

    /** Adds a flag with an expiration, where there is one. */
    FlagText expiration(char letter, @Nullable Expiration expiration) {
        return (expiration != null) ? flag(letter, expiration.wireSeconds()) : this;
    }

    private FlagText add(String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        reserve(bytes.length);
        System.arraycopy(bytes, 0, this.text, this.length, bytes.length);
        this.length += bytes.length;
        return this;
    }

    void add(char letter) {
        reserve(1);
        this.text[this.length++] = (byte) letter;
    }

    private void reserve(int bytes) {
        if (this.length + bytes > this.text.length) {
            this.text = Arrays.copyOf(this.text, 2 * this.text.length + bytes);
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(this.text, this.length);
    }

}
