package io.memlink.meta;

import java.nio.charset.StandardCharsets;

/**
 * Replies for tests of other packages.
 */
public final class Hits {

    private Hits() {
    }

    /** Returns the reply that an item was found. */
    public static Hit of(String value) {
        return new Hit(value.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns the reply that something was done. */
    public static Done done() {
        return Done.PLAIN;
    }

}
