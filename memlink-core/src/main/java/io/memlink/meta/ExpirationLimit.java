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

    /** Returns the flags with shorter expirations; adds one that is missed. */
    byte[] apply(byte[] flags, boolean expires) {
        StringBuilder text = new StringBuilder();
        boolean found = false;
        for (String flag : new String(flags, StandardCharsets.ISO_8859_1).split(" ")) {
            boolean expiration = flag.startsWith("T") || flag.startsWith("N");
            found |= flag.startsWith("T");
            if (!flag.isEmpty()) {
                text.append(' ').append(expiration ? flag.charAt(0) + shorten(flag.substring(1)) : flag);
            }
        }
        if (expires && !found) {
            text.append(" T").append(this.seconds);
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private String shorten(String argument) {
        long given = Long.parseLong(argument);
        long remaining = (given > MAX_RELATIVE_SECONDS) ? given - this.nowSeconds : given;
        boolean never = given == 0;
        return (never || remaining > this.seconds) ? Long.toString(this.seconds) : argument;
    }

}
