package io.memlink.meta;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a server tells about an item beside its value. Does not change once it was read.
 */
abstract sealed class ItemReply permits Hit, Done {

    /** A server prints the rest of what has expired as unsigned. */
    private static final long MAX_TIME_TO_LIVE = Integer.MAX_VALUE;

    private static final long NOT_TOLD = Long.MIN_VALUE;

    private long casToken;

    private long timeToLiveSeconds = NOT_TOLD;

    private int size = -1;

    private byte @Nullable [] key;

    /**
     * Takes a flag of the reply; what is not known is ignored, since servers may learn
     * more.
     * @param letter the flag
     * @param number its argument, unsigned; -1 where it has none or is negative
     */
    void flag(byte letter, long number) {
        switch (letter) {
            case 'c' -> this.casToken = number;
            case 't' -> this.timeToLiveSeconds = (number > MAX_TIME_TO_LIVE) ? 0 : number;
            case 's' -> this.size = (int) number;
            default -> {
                // Not known to this client.
            }
        }
    }

    final void key(byte[] key) {
        this.key = key;
    }

    /**
     * Returns what identifies this version of the item.
     * @return unsigned; 0 where it was not asked for, and from servers that run without
     * CAS
     */
    public final long casToken() {
        return this.casToken;
    }

    /**
     * Returns how long the item has to live.
     * @return whole seconds; {@code null} where it never expires
     * @throws IllegalStateException where it was not asked for
     */
    public final @Nullable Duration timeToLive() {
        if (this.timeToLiveSeconds == NOT_TOLD) {
            throw new IllegalStateException("timeToLive: not told (expected: a request that asks for it)");
        }
        return (this.timeToLiveSeconds < 0) ? null : Duration.ofSeconds(this.timeToLiveSeconds);
    }

    /**
     * Returns the length of the value.
     * @return bytes; -1 where it was not asked for or not told
     */
    public final int size() {
        return this.size;
    }

    /**
     * Returns the key that the server read.
     * @return its bytes; {@code null} where it was not asked for
     */
    public final byte @Nullable [] echoedKey() {
        return this.key;
    }

}
