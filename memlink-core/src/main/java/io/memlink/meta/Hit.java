package io.memlink.meta;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * An item that was found, with as much about it as was asked for; what was not asked for
 * is zero. Does not change once it was read, but for the value, which belongs to whoever
 * asked.
 *
 * @since 0.1.0
 */
public final class Hit implements MetaReply, ReplyFlags {

    private static final int STALE = 1;

    private static final int WON = 2;

    private static final int ALREADY_WON = 4;

    private static final int HIT_BEFORE = 8;

    /**
     * Beyond it the server has printed a negative number as unsigned: the item has
     * expired.
     */
    private static final long MAX_TIME_TO_LIVE = Integer.MAX_VALUE;

    private final byte @Nullable [] value;

    private int clientFlags;

    private long casToken;

    private long timeToLiveSeconds;

    private int size;

    private int lastAccessSeconds;

    private int marks;

    Hit(byte @Nullable [] value) {
        this.value = value;
    }

    @Override
    public void flag(byte letter, long number) {
        switch (letter) {
            case 'f' -> this.clientFlags = (int) number;
            case 'c' -> this.casToken = number;
            case 't' -> this.timeToLiveSeconds = (number > MAX_TIME_TO_LIVE) ? 0 : number;
            case 's' -> this.size = (int) number;
            case 'l' -> this.lastAccessSeconds = (int) number;
            case 'h' -> this.marks |= (number == 1) ? HIT_BEFORE : 0;
            case 'X' -> this.marks |= STALE;
            case 'W' -> this.marks |= WON;
            case 'Z' -> this.marks |= ALREADY_WON;
            default -> {
                // Not known to this client.
            }
        }
    }

    /**
     * Returns the value.
     * @return its bytes, not copied; {@code null} where it was not asked for
     */
    public byte @Nullable [] value() {
        return this.value;
    }

    /**
     * Returns the client flags.
     * @return all 32 bits
     */
    public int clientFlags() {
        return this.clientFlags;
    }

    /**
     * Returns what identifies this version of the item.
     * @return unsigned
     */
    public long casToken() {
        return this.casToken;
    }

    /**
     * Returns how long the item has to live.
     * @return whole seconds; {@code null} where it never expires
     */
    public @Nullable Duration timeToLive() {
        return (this.timeToLiveSeconds < 0) ? null : Duration.ofSeconds(this.timeToLiveSeconds);
    }

    /**
     * Returns the length of the value.
     * @return bytes
     */
    public int size() {
        return this.size;
    }

    /**
     * Returns how long ago the item was used.
     * @return seconds, approximately
     */
    public int lastAccessSeconds() {
        return this.lastAccessSeconds;
    }

    /**
     * Returns whether the item had been fetched before.
     * @return whether it had
     */
    public boolean hitBefore() {
        return (this.marks & HIT_BEFORE) != 0;
    }

    /**
     * Returns whether the item was marked stale.
     * @return whether it was
     */
    public boolean stale() {
        return (this.marks & STALE) != 0;
    }

    /**
     * Returns whether the server chose this client to make the value anew.
     * @return whether it did
     */
    public boolean won() {
        return (this.marks & WON) != 0;
    }

    /**
     * Returns whether the server has chosen another client to make the value anew.
     * @return whether it has
     */
    public boolean alreadyWon() {
        return (this.marks & ALREADY_WON) != 0;
    }

    @Override
    public String toString() {
        byte[] value = this.value;
        return "Hit[" + ((value != null) ? value.length + " bytes" : "no value") + ", cas "
                + Long.toUnsignedString(this.casToken) + ", marks " + this.marks + "]";
    }

}
