package io.memlink.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers and texts as bytes, in an array that grows. Belongs to one thread.
 */
class ByteOutput {

    /** More than any server stores, and enough for what is compressed before. */
    static final int MAX_BYTES = 1 << 26;

    private byte[] bytes;

    private int at;

    ByteOutput(int capacity) {
        this.bytes = new byte[capacity];
    }

    final int position() {
        return this.at;
    }

    /** The array itself, of which {@link #position()} bytes are in use. */
    final byte[] array() {
        return this.bytes;
    }

    private void room(int more) {
        if (this.bytes.length - this.at < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) this.at + more;
        if (needed > MAX_BYTES) {
            throw tooLarge();
        }
        this.bytes = Arrays.copyOf(this.bytes, (int) Math.max(needed, Math.min(this.bytes.length * 2L, MAX_BYTES)));
    }

    private static ValueNotSupportedException tooLarge() {
        return ValueNotSupportedException.of(Object.class, "of more than " + MAX_BYTES + " bytes",
                "a value that fits into a cache");
    }

    final void u8(int value) {
        room(1);
        this.bytes[this.at++] = (byte) value;
    }

    final void u16(int value) {
        room(2);
        byte[] b = this.bytes;
        int i = this.at;
        b[i] = (byte) (value >> 8);
        b[i + 1] = (byte) value;
        this.at = i + 2;
    }

    final void u32(int value) {
        room(4);
        byte[] b = this.bytes;
        int i = this.at;
        b[i] = (byte) (value >> 24);
        b[i + 1] = (byte) (value >> 16);
        b[i + 2] = (byte) (value >> 8);
        b[i + 3] = (byte) value;
        this.at = i + 4;
    }

    final void u64(long value) {
        u32((int) (value >> 32));
        u32((int) value);
    }

    /** A signed number, of which small ones are short. */
    final void s32(int value) {
        unsigned((value << 1 ^ value >> 31) & 0xffffffffL);
    }

    /** A signed number, of which small ones are short. */
    final void s64(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    /** A length or a number of something, never negative. */
    final void size(int value) {
        if (value > MAX_BYTES) {
            throw tooLarge();
        }
        unsigned(value);
    }

    private void unsigned(long value) {
        room(10);
        byte[] b = this.bytes;
        int i = this.at;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            b[i++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        b[i++] = (byte) rest;
        this.at = i;
    }

    final void raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, this.bytes, this.at, value.length);
        this.at += value.length;
    }

    final void sized(byte[] value) {
        size(value.length);
        raw(value);
    }

    final void text(String text) {
        int n = text.length();
        int all = 0;
        for (int i = 0; i < n; i++) {
            all |= text.charAt(i);
        }
        if (all > 0xff) {
            wide(text);
            return;
        }
        if (n < Kind.SHORT_TEXT_LENGTH) {
            u8(Kind.SHORT_TEXT + n);
        }
        else {
            u8(Kind.LATIN_1);
            size(n);
        }
        room(n);
        latin1(text, n);
    }

    /** The only way from text to an array that makes no other array. */
    @SuppressWarnings("deprecation")
    private void latin1(String text, int n) {
        text.getBytes(0, n, this.bytes, this.at);
        this.at += n;
    }

    private void wide(String text) {
        if (hasLoneSurrogate(text)) {
            int n = text.length();
            u8(Kind.UTF_16);
            size(n);
            for (int i = 0; i < n; i++) {
                u16(text.charAt(i));
            }
            return;
        }
        u8(Kind.UTF_8);
        sized(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean hasLoneSurrogate(String text) {
        int n = text.length();
        for (int i = 0; i < n; i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (i + 1 == n || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                return true;
            }
            i++;
        }
        return false;
    }

}
