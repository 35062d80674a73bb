package io.memlink.spring.cache.generation;

import java.nio.charset.StandardCharsets;

/**
 * The numbers of generations: milliseconds, and behind them chance. The greater one is
 * the newer one. A new one is greater than all that its maker has seen, whatever the
 * clocks say; clocks decide only where there was nothing to be seen. Chance keeps two
 * makers apart, and a number from being made twice.
 */
final class GenerationNumber {

    /** No number. */
    static final long NONE = 0;

    private static final int RANDOM_BITS = 20;

    private static final int NONE_BITS = 52;

    /** Above this, counting on could come to an end. */
    private static final long MAX = (1L << 62) + (1L << 61);

    private static final int MAX_DIGITS = 19;

    private GenerationNumber() {
    }

    /**
     * Makes a new number.
     * @param highest the highest that was seen; {@link #NONE} where there was none
     * @param nowMillis the time
     * @param random chance, from 0 to less than 1
     * @return a higher one
     */
    static long above(long highest, long nowMillis, double random) {
        long time = Math.max((highest >>> RANDOM_BITS) + 1, nowMillis);
        return time << RANDOM_BITS | (long) (random * (1L << RANDOM_BITS));
    }

    /** Returns a number as a part of keys. */
    static String text(long number) {
        return Long.toString(number, Character.MAX_RADIX);
    }

    /**
     * Returns a part of keys that is not that of any number, nor of anybody else.
     * @param question tells what one application asks apart
     * @param random chance, from 0 to less than 1, which keeps two applications apart
     */
    static String textOfNone(long question, double random) {
        return "-" + text(question) + "." + text((long) (random * (1L << NONE_BITS)));
    }

    /** Returns a number as the value of an item. */
    static byte[] value(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads the value of an item; {@link #NONE} where it is no such number. */
    static long parse(byte[] value) {
        // Counting may leave spaces behind.
        String text = new String(value, StandardCharsets.US_ASCII).trim();
        if (text.isEmpty() || text.length() > MAX_DIGITS || !text.chars().allMatch((c) -> c >= '0' && c <= '9')) {
            return NONE;
        }
        long number = Long.parseUnsignedLong(text);
        return (number > 0 && number < MAX) ? number : NONE;
    }

}
