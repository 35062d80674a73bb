package io.memlink.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static io.memlink.value.ValueNotReadableException.malformed;

/**
 * Numbers and texts from bytes. Nothing is allocated for bytes that are not there.
 * Belongs to one thread.
 */
class ByteInput {

    private final byte[] bytes;

    private final int end;

    private int at;

    /** Elements that are announced and not read yet, each of which needs a byte. */
    private int reserved;

    ByteInput(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.end = offset + length;
        this.at = offset;
    }

    /** Where the next byte is in {@link #array()}. */
    final int position() {
        return this.at;
    }

    /** Where the bytes end; no less than how many there are. */
    final int end() {
        return this.end;
    }

    final byte[] array() {
        return this.bytes;
    }

    final int remaining() {
        return this.end - this.at;
    }

    final void skip(int count) {
        need(count);
        this.at += count;
    }

    private void need(int count) {
        if (this.end - this.at < count) {
            throw malformed("ended early (expected: " + count + " more)");
        }
    }

    final int u8() {
        if (this.at >= this.end) {
            throw malformed("ended early (expected: 1 more)");
        }
        return this.bytes[this.at++] & 0xff;
    }

    final boolean bool() {
        int value = u8();
        if (value > 1) {
            throw malformed(value + " (expected: 0 or 1)");
        }
        return value == 1;
    }

    final int u16() {
        need(2);
        int i = this.at;
        this.at = i + 2;
        return (this.bytes[i] & 0xff) << 8 | this.bytes[i + 1] & 0xff;
    }

    final int u32() {
        need(4);
        byte[] b = this.bytes;
        int i = this.at;
        this.at = i + 4;
        return b[i] << 24 | (b[i + 1] & 0xff) << 16 | (b[i + 2] & 0xff) << 8 | b[i + 3] & 0xff;
    }

    final long u64() {
        return (long) u32() << 32 | u32() & 0xffffffffL;
    }

    final int s32() {
        long value = unsigned();
        if (value >>> 32 != 0) {
            throw malformed("a number of more than 32 bits");
        }
        int bits = (int) value;
        return bits >>> 1 ^ -(bits & 1);
    }

    final short s16() {
        int value = s32();
        if (value != (short) value) {
            throw malformed(value + " (expected: a number of 16 bits)");
        }
        return (short) value;
    }

    final long s64() {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    final int nanos() {
        int value = s32();
        if (value < 0 || value > 999_999_999) {
            throw malformed(value + " (expected: nanoseconds of a second)");
        }
        return value;
    }

    private long unsigned() {
        int first = u8();
        if (first < 0x80) {
            return first;
        }
        long value = first & 0x7f;
        for (int shift = 7; shift < 64; shift += 7) {
            int next = u8();
            if (next == 0 || shift == 63 && next > 1) {
                break;
            }
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw malformed("a number that is longer than it has to be");
    }

    /** A number that tells nothing about what follows. */
    final int number() {
        long value = unsigned();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw malformed("a number (expected: not negative and of 31 bits)");
        }
        return (int) value;
    }

    /** How many there are of what takes so many bytes each. */
    final int size(int bytesEach) {
        int value = number();
        if (value > (remaining() - this.reserved) / bytesEach) {
            throw malformed("length " + value + " (expected: at most what is left)");
        }
        return value;
    }

    /**
     * How many elements follow, each of at least so many bytes. They are as good as read:
     * what is in them has to do with the rest.
     */
    final int elements(int bytesEach) {
        int value = size(bytesEach);
        this.reserved += value * bytesEach;
        return value;
    }

    /** Says that an element is about to be read. */
    final void element(int bytesEach) {
        this.reserved -= bytesEach;
    }

    final byte[] sized() {
        return raw(size(1));
    }

    final byte[] raw(int count) {
        need(count);
        byte[] value = Arrays.copyOfRange(this.bytes, this.at, this.at + count);
        this.at += count;
        return value;
    }

    final String text() {
        return text(u8());
    }

    final String text(int tag) {
        if (tag >= Kind.SHORT_TEXT && tag < Kind.SHORT_TEXT + Kind.SHORT_TEXT_LENGTH) {
            return latin1(tag - Kind.SHORT_TEXT);
        }
        return switch (tag) {
            case Kind.LATIN_1 -> latin1(size(1));
            case Kind.UTF_8 -> utf8(size(1));
            case Kind.UTF_16 -> utf16(size(2));
            default -> throw malformed("tag " + tag + " (expected: a text)");
        };
    }

    private String latin1(int length) {
        need(length);
        String text = new String(this.bytes, this.at, length, StandardCharsets.ISO_8859_1);
        this.at += length;
        return text;
    }

    final String utf8(int length) {
        need(length);
        String text = new String(this.bytes, this.at, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            byte[] again = text.getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(again, 0, again.length, this.bytes, this.at, this.at + length)) {
                throw malformed("a text (expected: UTF-8)");
            }
        }
        this.at += length;
        return text;
    }

    private String utf16(int length) {
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) {
            chars[i] = (char) u16();
        }
        return new String(chars);
    }

}
