package io.memlink.meta.wire;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import io.memlink.error.MemlinkProtocolException;
import io.memlink.link.ReplyReader;

/**
 * Reads the line of a reply where it lies: a status of two letters, and flags. Allocates
 * nothing unless the line is illegal.
 */
public final class ReplyLine {

    private static final int SHOWN_BYTES = 80;

    private static final Pattern OF_THE_SERVER = Pattern.compile("\"(CLIENT_|SERVER_)?ERROR\\b");

    private static final long MAX_BEFORE_DIGIT = Long.divideUnsigned(-1L, 10);

    private ReplyLine() {
    }

    /** Returns a status in the form of the first two letters; 0 where there is none. */
    public static int status(byte[] line, int length) {
        if (length < 2 || (length > 2 && line[2] != ' ')) {
            return 0;
        }
        return status((char) line[0], (char) line[1]);
    }

    public static int status(char first, char second) {
        return first << 8 | second;
    }

    /** Returns the size of a value, which is the second word of the line. */
    public static int size(byte[] line, int length) {
        int start = skipSpaces(line, 2, length);
        int end = endOfWord(line, start, length);
        return size(line, start, end, length);
    }

    public static int size(byte[] line, int start, int end, int length) {
        long size = unsigned(line, start, end, length);
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw illegal(line, length, "a size below 2 GiB");
        }
        return (int) size;
    }

    /**
     * Returns the sequence number that a reply carries.
     * @param words how many words come before the flags
     * @return the number; -1 where there is none
     */
    public static int sequence(byte[] line, int length, int words) {
        int start = skipWords(line, length, words);
        while (start < length) {
            int end = endOfWord(line, start, length);
            if (line[start] == 'O') {
                return Opaque.read(line, start + 1, end);
            }
            start = skipSpaces(line, end, length);
        }
        return -1;
    }

    public static int skipWords(byte[] line, int length, int words) {
        int start = skipSpaces(line, 0, length);
        for (int word = 0; word < words; word++) {
            start = skipSpaces(line, endOfWord(line, start, length), length);
        }
        return start;
    }

    public static long argument(byte[] line, int start, int end, int length) {
        if (end - start > 1 && line[start] == '-') {
            unsigned(line, start + 1, end, length);
            return -1;
        }
        return unsigned(line, start, end, length);
    }

    /** Reads decimal digits, of which there must be at least one and nothing else. */
    public static long unsigned(byte[] line, int start, int end, int length) {
        if (start >= end) {
            throw illegal(line, length, "a number");
        }
        long number = 0;
        for (int i = start; i < end; i++) {
            int digit = line[i] - '0';
            if (digit < 0 || digit > 9 || Long.compareUnsigned(number, MAX_BEFORE_DIGIT) > 0) {
                throw illegal(line, length, "a number of 64 bits");
            }
            long next = number * 10 + digit;
            if (Long.compareUnsigned(next, number * 10) < 0) {
                throw illegal(line, length, "a number of 64 bits");
            }
            number = next;
        }
        return number;
    }

    public static int skipSpaces(byte[] line, int start, int length) {
        int i = start;
        while (i < length && line[i] == ' ') {
            i++;
        }
        return i;
    }

    public static int endOfWord(byte[] line, int start, int length) {
        int i = start;
        while (i < length && line[i] != ' ') {
            i++;
        }
        return i;
    }

    public static MemlinkProtocolException illegal(byte[] line, int length, String expected) {
        return new MemlinkProtocolException("reply: " + described(line, length) + " (expected: " + expected + ")");
    }

    /**
     * Quotes what a server says of itself. Any other line may have a key in it, or be a
     * part of a value that is read out of step, and must not be logged.
     */
    private static String described(byte[] line, int length) {
        String text = text(line, length);
        if (OF_THE_SERVER.matcher(text).lookingAt()) {
            return text;
        }
        boolean known = status(line, length) != 0 && isCapital(line[0]) && isCapital(line[1]);
        return "a line of " + length + " bytes" + (known ? " that begins with " + text.substring(0, 3) + '"' : "");
    }

    private static boolean isCapital(byte letter) {
        return letter >= 'A' && letter <= 'Z';
    }

    /** Returns a line as text that is safe to log. */
    public static String text(byte[] line, int length) {
        int shown = Math.min(length, SHOWN_BYTES);
        String text = new String(line, 0, shown, StandardCharsets.US_ASCII).replaceAll("[^ -~]", "?");
        return '"' + text + ((shown < length) ? "...\"" : "\"");
    }

    /** Returns a line as text, byte by byte. */
    public static String decode(ReplyReader in) {
        return new String(in.line(), 0, in.lineLength(), StandardCharsets.ISO_8859_1);
    }

}
