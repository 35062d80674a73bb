package io.memlink.embedded.store;

import org.jspecify.annotations.Nullable;

/**
 * Reads a value as the unsigned 64-bit number that C's {@code strtoull} finds in it,
 * because that is what decides on a real server whether a value can be counted up.
 * Stateless.
 */
final class StoredNumber {

    private StoredNumber() {
    }

    static @Nullable Long parse(byte[] value) {
        int position = 0;
        while (position < value.length && isSpace(value[position])) {
            position++;
        }
        boolean negative = position < value.length && value[position] == '-';
        if (negative || (position < value.length && value[position] == '+')) {
            position++;
        }
        int end = position;
        while (end < value.length && value[end] >= '0' && value[end] <= '9') {
            end++;
        }
        if (end == position || (end < value.length && !isSpace(value[end]) && value[end] != 0)) {
            return null;
        }
        return signed(value, position, end, negative);
    }

    private static @Nullable Long signed(byte[] value, int start, int end, boolean negative) {
        long number = 0;
        for (int i = start; i < end; i++) {
            int digit = value[i] - '0';
            if (Long.compareUnsigned(number, Long.divideUnsigned(-1L - digit, 10)) > 0) {
                return null;
            }
            number = number * 10 + digit;
        }
        // strtoull accepts a minus sign and wraps; memcached takes the result unless it
        // looks negative.
        return !negative ? Long.valueOf(number) : (-number < 0) ? null : Long.valueOf(-number);
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

}
