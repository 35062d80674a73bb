package io.memlink.meta;

import org.jspecify.annotations.Nullable;

/**
 * What is seldom asked about an item. Apart from the reply, so that the many replies
 * without it stay small.
 */
final class ItemDetails {

    static final long NOT_TOLD = Long.MIN_VALUE;

    /** A server prints the rest of what has expired as unsigned. */
    private static final long MAX_TIME_TO_LIVE = Integer.MAX_VALUE;

    private long casToken;

    private long timeToLiveSeconds = NOT_TOLD;

    private int size = -1;

    private int lastAccessSeconds = -1;

    private byte @Nullable [] key;

    void flag(byte letter, long number) {
        switch (letter) {
            case 'c' -> this.casToken = number;
            case 't' -> this.timeToLiveSeconds = (number > MAX_TIME_TO_LIVE) ? 0 : number;
            case 's' -> this.size = (int) number;
            case 'l' -> this.lastAccessSeconds = (int) number;
            default -> {
                // Not known to this client.
            }
        }
    }

    void key(byte[] key) {
        this.key = key;
    }

    long casToken() {
        return this.casToken;
    }

    long timeToLiveSeconds() {
        return this.timeToLiveSeconds;
    }

    int size() {
        return this.size;
    }

    int lastAccessSeconds() {
        return this.lastAccessSeconds;
    }

    byte @Nullable [] key() {
        return this.key;
    }

}
