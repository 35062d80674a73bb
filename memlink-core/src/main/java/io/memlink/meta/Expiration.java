package io.memlink.meta;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The time at which an item expires. Immutable.
 * <p>
 * The server counts whole seconds: an item lives up to one second less than what it was
 * given. So durations are rounded up to a second. A duration of zero expires at once,
 * which is not the same as {@link #never()}.
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Expiration times"</a>
 * @since 0.1.0
 */
public final class Expiration {

    /** What the server takes for a duration rather than for a date. */
    private static final long MAX_RELATIVE_SECONDS = 60L * 60 * 24 * 30;

    /** The last date that fits the server's signed 32 bits. */
    private static final long MAX_ABSOLUTE_SECONDS = Integer.MAX_VALUE;

    private static final Expiration NEVER = new Expiration(null);

    private final @Nullable Duration timeToLive;

    private Expiration(@Nullable Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    /**
     * Returns the expiration of items that stay until they are evicted.
     * @return never
     */
    public static Expiration never() {
        return NEVER;
    }

    /**
     * Returns an expiration after a time.
     * @param timeToLive from when the server stores the item; zero or more; rounded up to
     * a second
     * @return the expiration
     * @throws IllegalArgumentException where it is negative
     */
    public static Expiration after(Duration timeToLive) {
        Objects.requireNonNull(timeToLive, "timeToLive");
        if (timeToLive.isNegative()) {
            throw new IllegalArgumentException("timeToLive: " + timeToLive + " (expected: zero or more)");
        }
        return new Expiration(timeToLive);
    }

    /**
     * Returns how long items live.
     * @return the duration as it was given; {@code null} for never
     */
    public @Nullable Duration timeToLive() {
        return this.timeToLive;
    }

    /**
     * Returns the number the server is sent.
     * @return 0 for never, -1 for at once, seconds up to 30 days, and a date in seconds
     * since 1970 from there on, at most 2147483647
     */
    public int wireSeconds() {
        return wireSeconds(InstantSource.system());
    }

    static @Nullable Long wireSeconds(@Nullable Expiration expiration) {
        return (expiration != null) ? Long.valueOf(expiration.wireSeconds()) : null;
    }

    int wireSeconds(InstantSource clock) {
        Duration timeToLive = this.timeToLive;
        if (timeToLive == null) {
            return 0;
        }
        if (timeToLive.isZero()) {
            return -1;
        }
        long seconds = timeToLive.getSeconds();
        if (timeToLive.getNano() > 0 && seconds < Long.MAX_VALUE) {
            seconds++;
        }
        if (seconds <= MAX_RELATIVE_SECONDS) {
            return (int) seconds;
        }
        long now = clock.instant().getEpochSecond();
        return (int) Math.min(MAX_ABSOLUTE_SECONDS, now + Math.min(seconds, MAX_ABSOLUTE_SECONDS));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Expiration that && Objects.equals(this.timeToLive, that.timeToLive);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(this.timeToLive);
    }

    @Override
    public String toString() {
        return (this.timeToLive != null) ? "after " + this.timeToLive : "never";
    }

}
