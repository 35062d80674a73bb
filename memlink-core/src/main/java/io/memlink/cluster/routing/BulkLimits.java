package io.memlink.cluster.routing;

import java.time.Duration;

import io.memlink.link.LinkOptions;

/**
 * The bounds of what one {@link BulkOperation} may have in progress at a backend: half of
 * what a connection takes at most, so that there is room for single requests meanwhile.
 * Immutable.
 *
 * @param requests how many requests
 * @param bytes how many bytes they have together; a larger request is sent alone
 * @param patience for how long keys are kept that are refused at a bound, and none of the
 * operation at that backend is accepted
 */
public record BulkLimits(int requests, long bytes, Duration patience) {

    /** Enough to keep a backend busy. */
    private static final int MAX_REQUESTS = 512;

    /** The limits of a client that was told nothing. */
    static final BulkLimits DEFAULT = of(LinkOptions.builder().build());

    /**
     * Returns the limits that leave room for others.
     * @param options of the connections
     * @return the limits
     */
    static BulkLimits of(LinkOptions options) {
        return new BulkLimits(Math.max(1, Math.min(MAX_REQUESTS, options.maxInFlight() / 2)),
                options.maxInFlightBytes() / 2, options.requestTimeout());
    }

}
