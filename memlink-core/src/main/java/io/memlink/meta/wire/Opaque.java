package io.memlink.meta.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.memlink.link.RequestWriter;

/**
 * The mark that a reply must bring back: a sequence number of 30 bits as five characters.
 * A reply that belongs to another request does not have it.
 */
public final class Opaque {

    /** How many bytes {@link #write} writes. */
    public static final int BYTES = 7;

    private static final int DIGITS = 5;

    private static final int BITS_PER_DIGIT = 6;

    private static final byte[] ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        .getBytes(StandardCharsets.US_ASCII);

    /** What each letter stands for; -1 for those that stand for nothing. */
    private static final byte[] VALUES = values();

    private Opaque() {
    }

    public static void write(RequestWriter out, int sequence) {
        out.writeByte(' ');
        out.writeByte('O');
        for (int shift = (DIGITS - 1) * BITS_PER_DIGIT; shift >= 0; shift -= BITS_PER_DIGIT) {
            out.writeByte(ALPHABET[(sequence >>> shift) & 0x3f]);
        }
    }

    /**
     * Returns the sequence number whose mark the bytes between two positions are; -1
     * where they are none.
     */
    static int read(byte[] line, int start, int end) {
        if (end - start != DIGITS) {
            return -1;
        }
        int sequence = 0;
        for (int i = start; i < end; i++) {
            int digit = digit(line[i]);
            if (digit < 0) {
                return -1;
            }
            sequence = sequence << BITS_PER_DIGIT | digit;
        }
        return sequence;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length; i++) {
            values[ALPHABET[i]] = (byte) i;
        }
        return values;
    }

    private static int digit(byte letter) {
        return (letter >= 0) ? VALUES[letter] : -1;
    }

    /**
     * Returns whether the bytes between two positions are the mark of a sequence number.
     */
    public static boolean matches(byte[] line, int start, int end, int sequence) {
        if (end - start != DIGITS) {
            return false;
        }
        int shift = (DIGITS - 1) * BITS_PER_DIGIT;
        for (int i = start; i < end; i++) {
            if (line[i] != ALPHABET[(sequence >>> shift) & 0x3f]) {
                return false;
            }
            shift -= BITS_PER_DIGIT;
        }
        return true;
    }

}
