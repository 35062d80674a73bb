package io.memlink.spring.cache;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Configuration of a near cache, which keeps entries in the memory of the application.
 * Immutable.
 * <p>
 * Values are kept as bytes, so that nobody can change them for others. Needs Caffeine on
 * the class path.
 *
 * @param timeToLive after which an entry is compared with the server's, which sends it
 * again only if it has changed; how old a value can be that another application has
 * changed
 * @param maxEntries how many entries are kept, positive; with {@code maxBytes} that
 * counts instead
 * @param maxBytes how many bytes of names and values are kept, positive; {@code null} to
 * count entries
 * @param hotOnly whether only those are kept that were read before, within the last
 * minute, by any application
 * @since 0.1.0
 */
public record NearCacheConfiguration(Duration timeToLive, long maxEntries, @Nullable Long maxBytes, boolean hotOnly) {

    private static final Duration MAX_TIME_TO_LIVE = Duration.ofDays(3650);

    private static final NearCacheConfiguration DEFAULTS = new NearCacheConfiguration(Duration.ofSeconds(1), 10_000,
            null, false);

    /**
     * Checks the bounds.
     * @param timeToLive positive, at most 3650 days
     * @param maxEntries positive
     * @param maxBytes positive
     * @param hotOnly whether hot entries only
     */
    public NearCacheConfiguration {
        MemlinkCacheConfigurationBuilder.positive("near.timeToLive", timeToLive, MAX_TIME_TO_LIVE);
        if (maxEntries <= 0) {
            throw new IllegalArgumentException("near.maxEntries: " + maxEntries + " (expected: 1 or more)");
        }
        if (maxBytes != null && maxBytes <= 0) {
            throw new IllegalArgumentException("near.maxBytes: " + maxBytes + " (expected: 1 or more)");
        }
    }

    /**
     * Returns the defaults: 10,000 entries, compared once a second.
     * @return the configuration
     */
    public static NearCacheConfiguration defaults() {
        return DEFAULTS;
    }

}
