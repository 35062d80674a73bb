package io.memlink.spring.cache;

import java.time.Duration;
import java.util.Objects;

import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/**
 * How a cache behaves. Immutable; each method that changes something returns a copy.
 *
 * @param expiration when entries expire
 * @param keyPrefix what the keys of all caches begin with; tells applications apart that
 * share servers
 * @param cacheNullValues whether {@code null} is cached like any other value
 * @param onError what becomes of failures
 * @since 0.1.0
 */
public record MemlinkCacheConfiguration(Expiration expiration, String keyPrefix, boolean cacheNullValues,
        OnError onError) {

    private static final int MAX_PREFIX_LENGTH = 40;

    /**
     * Checks the prefix.
     * @param expiration when entries expire
     * @param keyPrefix what keys begin with
     * @param cacheNullValues whether {@code null} is cached
     * @param onError what becomes of failures
     */
    public MemlinkCacheConfiguration {
        Objects.requireNonNull(expiration, "expiration");
        Objects.requireNonNull(onError, "onError");
        if (keyPrefix.length() > MAX_PREFIX_LENGTH || !keyPrefix.chars().allMatch((c) -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("keyPrefix: \"" + keyPrefix + "\" (expected: at most "
                    + MAX_PREFIX_LENGTH + " printable ASCII characters without spaces)");
        }
    }

    /**
     * Returns the defaults: entries never expire, there is no prefix, {@code null} is
     * cached, and failures degrade.
     * @return the configuration
     */
    public static MemlinkCacheConfiguration defaults() {
        return new MemlinkCacheConfiguration(Expiration.never(), "", true, OnError.DEGRADE);
    }

    /**
     * Sets how long entries live.
     * @param timeToLive more than zero, rounded up to a second; {@code null} for ever
     * @return a copy
     */
    public MemlinkCacheConfiguration timeToLive(@Nullable Duration timeToLive) {
        if (timeToLive != null && (timeToLive.isNegative() || timeToLive.isZero())) {
            throw new IllegalArgumentException("timeToLive: " + timeToLive + " (expected: more than zero)");
        }
        Expiration expiration = (timeToLive != null) ? Expiration.after(timeToLive) : Expiration.never();
        return new MemlinkCacheConfiguration(expiration, this.keyPrefix, this.cacheNullValues, this.onError);
    }

    /**
     * Sets what keys begin with.
     * @param keyPrefix at most 40 printable ASCII characters
     * @return a copy
     */
    public MemlinkCacheConfiguration keyPrefix(String keyPrefix) {
        return new MemlinkCacheConfiguration(this.expiration, keyPrefix, this.cacheNullValues, this.onError);
    }

    /**
     * Sets whether {@code null} is cached.
     * @param cacheNullValues whether it is
     * @return a copy
     */
    public MemlinkCacheConfiguration cacheNullValues(boolean cacheNullValues) {
        return new MemlinkCacheConfiguration(this.expiration, this.keyPrefix, cacheNullValues, this.onError);
    }

    /**
     * Sets what becomes of failures.
     * @param onError what becomes of them
     * @return a copy
     */
    public MemlinkCacheConfiguration onError(OnError onError) {
        return new MemlinkCacheConfiguration(this.expiration, this.keyPrefix, this.cacheNullValues, onError);
    }

    /** What becomes of failures. */
    public enum OnError {

        /** Reads become misses, writes are given up; both are counted and logged. */
        DEGRADE,

        /** Failures are thrown, but for those of writes, which nobody waits for. */
        THROW

    }

}
