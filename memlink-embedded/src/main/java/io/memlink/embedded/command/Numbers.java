package io.memlink.embedded.command;

import io.memlink.embedded.command.RequestLine.Token;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers the way memcached does. Since 1.6.45 those are digits and nothing else,
 * bounded in length, in range; before, and for the flags and the TTL of a classic store
 * to this day, whatever C's {@code strtol} accepts, cut to 32 bits. Stateless; answers
 * null for anything else.
 *
 * @since 0.1.0
 */
public final class Numbers {

    private static final int LONGEST_32 = 11;

    private static final int LONGEST_UINT64 = 22;

    private static final long LARGEST_UINT32 = 0xffff_ffffL;

    private static final int STRICT = 45;

    // Two bytes more than this, for CRLF, still are a signed 32-bit number.
    private static final int LARGEST_PAYLOAD = Integer.MAX_VALUE - 2;

    private Numbers() {
    }

    /**
     * Reads a signed number of 32 bits.
     * @param text the digits
     * @param release the release whose rules hold
     * @return the number, or null if it is none
     */
    public static @Nullable Integer int32(String text, Release release) {
        return release.since(STRICT) ? int32(text) : lenientInt32(text);
    }

    private static @Nullable Integer int32(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        // A sign alone is a number to the real one.
        if (text.equals("-")) {
            return 0;
        }
        if (text.length() > LONGEST_32 || !isDecimal(digits)) {
            return null;
        }
        long number = negative ? -Long.parseLong(digits) : Long.parseLong(digits);
        return (number == (int) number) ? (int) number : null;
    }

    /**
     * Reads an unsigned number of 32 bits.
     * @param text the digits
     * @param release the release whose rules hold
     * @return the number, or null if it is none
     */
    public static @Nullable Integer uint32(String text, Release release) {
        return release.since(STRICT) ? uint32(text) : lenientUint32(text);
    }

    private static @Nullable Integer uint32(String text) {
        Long number = (text.length() > LONGEST_32) ? null : uint64(text);
        return (number != null && number <= LARGEST_UINT32) ? number.intValue() : null;
    }

    static @Nullable Long uint64(String text, Release release) {
        return release.since(STRICT) ? uint64(text) : lenientUint64(text);
    }

    static @Nullable Long uint64(String text) {
        return (text.length() > LONGEST_UINT64 || !isDecimal(text)) ? null : parse(text);
    }

    private static @Nullable Long parse(String digits) {
        try {
            return Long.parseUnsignedLong(digits);
        }
        catch (NumberFormatException ex) {
            return null; // more than 64 bits
        }
    }

    private static boolean isDecimal(String text) {
        return !text.isEmpty() && text.chars().allMatch((character) -> character >= '0' && character <= '9');
    }

    static @Nullable Integer lenientInt32(String text) {
        String number = prefix(text);
        boolean negative = number.startsWith("-");
        Long absolute = number.isEmpty() ? null : parse(withoutSign(number));
        boolean least = negative && absolute != null && absolute == Long.MIN_VALUE;
        if (absolute == null || (absolute < 0 && !least)) {
            return null;
        }
        return (int) (negative ? -absolute : absolute);
    }

    /**
     * Reads an unsigned number of 32 bits by the old rules.
     * @param text what {@code strtoul} accepts
     * @return the number, or null if it is none
     */
    public static @Nullable Integer lenientUint32(String text) {
        Long number = lenientUint64(text);
        return (number != null) ? number.intValue() : null;
    }

    private static @Nullable Long lenientUint64(String text) {
        String number = prefix(text);
        Long absolute = number.isEmpty() ? null : parse(withoutSign(number));
        return (absolute != null && number.startsWith("-")) ? negated(absolute) : absolute;
    }

    // The wrapped value passes unless it looks negative.
    private static @Nullable Long negated(long absolute) {
        return (-absolute >= 0) ? -absolute : null;
    }

    private static String withoutSign(String number) {
        return (number.startsWith("-") || number.startsWith("+")) ? number.substring(1) : number;
    }

    // What strtol reads, if nothing but white space follows.
    private static String prefix(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        int digits = start;
        if (digits < text.length() && (text.charAt(digits) == '-' || text.charAt(digits) == '+')) {
            digits++;
        }
        int end = digits;
        while (end < text.length() && Character.digit(text.charAt(end), 10) >= 0) {
            end++;
        }
        boolean complete = end > digits && (end == text.length() || endsNumber(text.charAt(end)));
        return complete ? text.substring(start, end) : "";
    }

    private static boolean endsNumber(char character) {
        return character == 0 || isSpace(character);
    }

    private static boolean isSpace(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    /**
     * Reads the announced length of a payload.
     */
    static int payloadLength(Token token, Release release) throws BadRequestException {
        Integer length = int32(token.text(), release);
        if (length == null || length < 0 || length > LARGEST_PAYLOAD) {
            throw BadRequestException.badFormat();
        }
        return length;
    }

}
