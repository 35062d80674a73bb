package io.memlink.spring.cache;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Function that determines the time to live of an entry from its key and value. Must be
 * safe for use by many threads, and must not block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TimeToLiveFunction {

    /**
     * Returns how long an entry lives.
     * @param key the key, as the application gave it
     * @param value the value; {@code null} where that is what is cached
     * @return more than zero, rounded up to a second, and taken for 36500 days where it
     * is longer; {@code null} for the time to live of the cache
     */
    @Nullable Duration timeToLive(Object key, @Nullable Object value);

}
