package io.memlink.meta;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The server did what it was asked: stored, deleted, counted. What was not asked for is
 * zero. Immutable.
 *
 * @since 0.1.0
 */
public final class Done implements MetaReply, ReplyFlags {

    static final Done PLAIN = new Done(0);

    private final long number;

    private long casToken;

    private long timeToLiveSeconds;

    private int size;

    Done(long number) {
        this.number = number;
    }

    @Override
    public void flag(byte letter, long number) {
        switch (letter) {
            case 'c' -> this.casToken = number;
            case 't' -> this.timeToLiveSeconds = number;
            case 's' -> this.size = (int) number;
            default -> {
                // Not known to this client.
            }
        }
    }

    /**
     * Returns the number after counting.
     * @return unsigned
     */
    public long number() {
        return this.number;
    }

    /**
     * Returns what identifies the item that was stored.
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
     * Returns the length of the value that was stored.
     * @return bytes
     */
    public int size() {
        return this.size;
    }

    @Override
    public String toString() {
        return "Done[" + Long.toUnsignedString(this.number) + ", cas " + Long.toUnsignedString(this.casToken) + "]";
    }

}
