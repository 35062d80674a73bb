package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * Shortens the expirations among the flags of a request. Immutable.
 *
 * @param seconds the longest that an item may live
 * @param nowSeconds since 1970, which dates are compared with
 */
record ExpirationLimit(long seconds, long nowSeconds) {

    /** What servers take for a duration rather than for a date. */
    private static final long MAX_RELATIVE_SECONDS = 60L * 60 * 24 * 30;

    static ExpirationLimit of(Duration limit) {
        if (limit.compareTo(Duration.ofSeconds(1)) < 0 || limit.getSeconds() >= MAX_RELATIVE_SECONDS) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 second to 30 days)");
        }
        return new ExpirationLimit(limit.plusNanos(999_999_999).getSeconds(), Instant.now().getEpochSecond());
    }

    /** Returns the flags of what stores with shorter expirations, or with one. */
    byte[] ofStore(byte[] flags) {
        String limited = limit(flags, true);
        String text = limited.contains(" T") ? limited : limited + " T" + this.seconds;
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns the flags of what changes or makes an item with shorter expirations. */
    byte[] ofChange(byte[] flags) {
        return limit(flags, true).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Returns the flags of what leaves a value as it is, and so must leave it the time
     * that it has, lest it live on by being asked for. It may end at once.
     */
    byte[] ofOthers(byte[] flags) {
        return limit(flags, false).getBytes(StandardCharsets.ISO_8859_1);
    }

    private String limit(byte[] flags, boolean changes) {
        StringBuilder text = new StringBuilder();
        for (String flag : new String(flags, StandardCharsets.ISO_8859_1).split(" ")) {
            boolean expiration = flag.startsWith("T") || flag.startsWith("N");
            boolean prolongs = flag.startsWith("T") && !changes && Long.parseLong(flag.substring(1)) >= 0;
            if (!flag.isEmpty() && !prolongs) {
                text.append(' ').append(expiration ? flag.charAt(0) + shorten(flag.substring(1)) : flag);
            }
        }
        return text.toString();
    }

    private String shorten(String argument) {
        long given = Long.parseLong(argument);
        long remaining = (given > MAX_RELATIVE_SECONDS) ? given - this.nowSeconds : given;
        boolean never = given == 0;
        return (never || remaining > this.seconds) ? Long.toString(this.seconds) : argument;
    }

}
