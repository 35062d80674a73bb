package io.memlink.embedded.command;

import io.memlink.embedded.command.RequestLine.Token;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers the way memcached does since 1.6.45: digits and nothing else, bounded in
 * length, in range. Stateless; answers null for anything else.
 */
final class Numbers {

    private static final int LONGEST_INT32 = 11;

    private static final int LONGEST_UINT64 = 22;

    private static final long LARGEST_UINT32 = 0xffff_ffffL;

    // Two bytes more than this, for CRLF, still are a signed 32-bit number.
    private static final int LARGEST_PAYLOAD = Integer.MAX_VALUE - 2;

    private Numbers() {
    }

    static @Nullable Integer int32(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        if (text.length() > LONGEST_INT32 || !isDecimal(digits)) {
            return null;
        }
        long number = negative ? -Long.parseLong(digits) : Long.parseLong(digits);
        return (number == (int) number) ? (int) number : null;
    }

    static @Nullable Integer uint32(String text) {
        Long number = uint64(text);
        return (number != null && number >= 0 && number <= LARGEST_UINT32) ? number.intValue() : null;
    }

    static @Nullable Long uint64(String text) {
        if (text.length() > LONGEST_UINT64 || !isDecimal(text)) {
            return null;
        }
        try {
            return Long.parseUnsignedLong(text);
        }
        catch (NumberFormatException ex) {
            return null; // more than 64 bits
        }
    }

    private static boolean isDecimal(String text) {
        return !text.isEmpty() && text.chars().allMatch((character) -> character >= '0' && character <= '9');
    }

    /**
     * Reads the announced length of a payload.
     */
    static int payloadLength(Token token) throws BadRequestException {
        Integer length = int32(token.text());
        if (length == null || length < 0 || length > LARGEST_PAYLOAD) {
            throw BadRequestException.badFormat();
        }
        return length;
    }

}
