package io.memlink.embedded.store;

import java.time.InstantSource;

/**
 * Time as memcached counts it: whole seconds since a little before the start of the
 * server, so that 0 can mean never and 1 can mean long ago. Confined to the thread of the
 * server.
 *
 * @since 0.1.0
 */
public final class ServerTime {

    /** The largest TTL that is taken as seconds from now; anything above is a date. */
    public static final int LONGEST_RELATIVE_TTL = 60 * 60 * 24 * 30;

    /** An expiry that is never reached. */
    public static final long NEVER = 0;

    // A real server starts its count here as well: room for expiries that lie before its
    // start.
    private static final long HEAD_START_SECONDS = 62;

    private static final long LONG_AGO = 1;

    private final InstantSource clock;

    private final long origin;

    /**
     * Starts counting now.
     * @param clock where the time comes from
     */
    public ServerTime(InstantSource clock) {
        this.clock = clock;
        this.origin = clock.instant().getEpochSecond() - HEAD_START_SECONDS;
    }

    /**
     * Returns the current second.
     * @return seconds since the origin of this count
     */
    public long now() {
        return unixTime() - this.origin;
    }

    /**
     * Returns the time of day.
     * @return seconds since 1970
     */
    public long unixTime() {
        return this.clock.instant().getEpochSecond();
    }

    /**
     * Returns how long the server has been running.
     * @return seconds since the start
     */
    public long uptime() {
        return now() - HEAD_START_SECONDS;
    }

    /**
     * Translates a TTL as clients send it.
     * @param ttl 0 for never, negative for at once, up to thirty days for seconds from
     * now, else seconds since 1970
     * @return the second at which the item is gone, or {@link #NEVER}
     */
    public long expiry(long ttl) {
        if (ttl == 0) {
            return NEVER;
        }
        if (ttl > 0 && ttl <= LONGEST_RELATIVE_TTL) {
            return now() + ttl;
        }
        return (ttl > this.origin) ? ttl - this.origin : LONG_AGO;
    }

}
