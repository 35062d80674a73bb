package io.memlink.meta.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Collects the flags of a request as they travel. Not safe for use by many threads. */
public final class FlagText {

    private byte[] text = new byte[32];

    private int length;

    /** Adds a flag without an argument. */
    public FlagText flag(char letter) {
        return add(' ').add(letter);
    }

    /** Adds a flag without an argument, where it is wanted. */
    public FlagText flagIf(char letter, boolean wanted) {
        return wanted ? flag(letter) : this;
    }

    /** Adds a flag with a signed number. */
    public FlagText signed(char letter, @Nullable Long argument) {
        return (argument != null) ? flag(letter).add(Long.toString(argument)) : this;
    }

    /** Adds a flag with an unsigned number, where there is one. */
    public FlagText unsigned(char letter, @Nullable Long argument) {
        return (argument != null) ? flag(letter).add(Long.toUnsignedString(argument)) : this;
    }

    /** Adds a flag with text, where there is one. */
    public FlagText text(char letter, @Nullable String argument) {
        return (argument != null) ? flag(letter).add(argument) : this;
    }

    /** Adds the letter of a mode. */
    public FlagText mode(char mode) {
        return flag('M').add(mode);
    }

    private FlagText add(String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        reserve(bytes.length);
        System.arraycopy(bytes, 0, this.text, this.length, bytes.length);
        this.length += bytes.length;
        return this;
    }

    private FlagText add(char letter) {
        reserve(1);
        this.text[this.length++] = (byte) letter;
        return this;
    }

    private void reserve(int bytes) {
        if (this.length + bytes > this.text.length) {
            this.text = Arrays.copyOf(this.text, 2 * this.text.length + bytes);
        }
    }

    public byte[] toBytes() {
        return Arrays.copyOf(this.text, this.length);
    }

}
