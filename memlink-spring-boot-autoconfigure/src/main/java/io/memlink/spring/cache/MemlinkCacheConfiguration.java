package io.memlink.spring.cache;

import java.time.Duration;

import io.memlink.Transcoder;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;

/**
 * Configuration of a cache. Immutable. {@link MemlinkCacheConfigurationBuilder} describes
 * the settings.
 *
 * @since 0.1.0
 */
public final class MemlinkCacheConfiguration {

    private final @Nullable Duration timeToLive;

    private final double jitter;

    private final @Nullable Duration timeToIdle;

    private final @Nullable Duration nullTimeToLive;

    private final @Nullable TimeToLiveFunction timeToLiveFunction;

    private final boolean cacheNullValues;

    private final String keyPrefix;

    private final @Nullable ConversionService conversionService;

    private final @Nullable Transcoder<Object> transcoder;

    private final boolean lease;

    private final Duration leaseTimeToLive;

    private final Duration leaseMaxWait;

    private final Duration staleFor;

    private final Duration recacheBefore;

    private final boolean serveStaleOnError;

    private final boolean softEvict;

    private final @Nullable NearCacheConfiguration near;

    private final boolean statistics;

    private final OnError onError;

    private final OnEvictError onEvictError;

    private final Duration clearLag;

    MemlinkCacheConfiguration(MemlinkCacheConfigurationBuilder builder) {
        this.timeToLive = builder.timeToLive;
        this.jitter = builder.jitter;
        this.timeToIdle = builder.timeToIdle;
        this.nullTimeToLive = builder.nullTimeToLive;
        this.timeToLiveFunction = builder.timeToLiveFunction;
        this.cacheNullValues = builder.cacheNullValues;
        this.keyPrefix = builder.keyPrefix;
        this.conversionService = builder.conversionService;
        this.transcoder = builder.transcoder;
        this.lease = builder.lease;
        this.leaseTimeToLive = builder.leaseTimeToLive;
        this.leaseMaxWait = builder.leaseMaxWait;
        this.staleFor = builder.staleFor;
        this.recacheBefore = builder.recacheBefore;
        this.serveStaleOnError = builder.serveStaleOnError;
        this.softEvict = builder.softEvict;
        this.near = builder.near;
        this.statistics = builder.statistics;
        this.onError = builder.onError;
        this.onEvictError = builder.onEvictError;
        this.clearLag = builder.clearLag;
    }

    /**
     * Returns the defaults: entries never expire, there is no prefix, {@code null} is
     * cached, failures degrade, evictions are journalled, a clear is seen within a
     * second, and one application at a time loads a key of a synchronized method.
     * @return the configuration
     */
    public static MemlinkCacheConfiguration defaults() {
        return builder().build();
    }

    /**
     * Starts with the defaults.
     * @return a builder
     */
    public static MemlinkCacheConfigurationBuilder builder() {
        return new MemlinkCacheConfigurationBuilder();
    }

    /**
     * Starts with this configuration.
     * @return a builder, whose changes do not reach this configuration
     */
    public MemlinkCacheConfigurationBuilder toBuilder() {
        return new MemlinkCacheConfigurationBuilder(this);
    }

    /**
     * Returns how long entries live.
     * @return {@code null} for ever, or where there is a {@link #timeToIdle}
     */
    public @Nullable Duration timeToLive() {
        return this.timeToLive;
    }

    /**
     * Returns the largest part by which the time to live is shortened.
     * @return from 0 to less than 1
     */
    public double jitter() {
        return this.jitter;
    }

    /**
     * Returns how long entries live after they were last read.
     * @return {@code null} where that does not matter
     */
    public @Nullable Duration timeToIdle() {
        return this.timeToIdle;
    }

    /**
     * Returns how long {@code null} lives.
     * @return {@code null} for as long as other values
     */
    public @Nullable Duration nullTimeToLive() {
        return this.nullTimeToLive;
    }

    /**
     * Returns what decides how long an entry lives.
     * @return {@code null} for the time to live
     */
    public @Nullable TimeToLiveFunction timeToLiveFunction() {
        return this.timeToLiveFunction;
    }

    /**
     * Returns whether {@code null} is cached.
     * @return whether it is
     */
    public boolean cacheNullValues() {
        return this.cacheNullValues;
    }

    /**
     * Returns the prefix of keys.
     * @return the prefix
     */
    public String keyPrefix() {
        return this.keyPrefix;
    }

    /**
     * Returns what converts keys to text.
     * @return {@code null} for nothing
     */
    public @Nullable ConversionService conversionService() {
        return this.conversionService;
    }

    /**
     * Returns the transcoder of values.
     * @return {@code null} for the transcoder of the cache manager
     */
    public @Nullable Transcoder<Object> transcoder() {
        return this.transcoder;
    }

    /**
     * Returns whether one application loads for all.
     * @return whether it does
     */
    public boolean lease() {
        return this.lease;
    }

    /**
     * Returns how long an application may load before another tries.
     * @return the time
     */
    public Duration leaseTimeToLive() {
        return this.leaseTimeToLive;
    }

    /**
     * Returns how long the others wait before they load as well.
     * @return the time
     */
    public Duration leaseMaxWait() {
        return this.leaseMaxWait;
    }

    /**
     * Returns how long entries stay readable beyond their time to live.
     * @return zero or more
     */
    public Duration staleFor() {
        return this.staleFor;
    }

    /**
     * Returns how long before their end entries are loaded again.
     * @return zero or more
     */
    public Duration recacheBefore() {
        return this.recacheBefore;
    }

    /**
     * Returns whether a stale value takes the place of a failure.
     * @return whether it does
     */
    public boolean serveStaleOnError() {
        return this.serveStaleOnError;
    }

    /**
     * Returns whether evicted entries become stale.
     * @return whether they do
     */
    public boolean softEvict() {
        return this.softEvict;
    }

    /**
     * Returns how entries are kept in memory.
     * @return {@code null} where they are not
     */
    public @Nullable NearCacheConfiguration near() {
        return this.near;
    }

    /**
     * Returns whether the cache counts.
     * @return whether it does
     */
    public boolean statistics() {
        return this.statistics;
    }

    /**
     * Returns the treatment of failed reads.
     * @return the treatment
     */
    public OnError onError() {
        return this.onError;
    }

    /**
     * Returns the treatment of failed evictions.
     * @return the treatment
     */
    public OnEvictError onEvictError() {
        return this.onEvictError;
    }

    /**
     * Returns how long a clear by another application may go unnoticed.
     * @return zero or more
     */
    public Duration clearLag() {
        return this.clearLag;
    }

    /**
     * Treatments of failed reads.
     */
    public enum OnError {

        /**
         * Reads become misses, writes are given up, and a key that may have an older
         * value is deleted; all are counted and logged.
         */
        DEGRADE,

        /** Failures are thrown, but for those of puts, which nobody waits for. */
        THROW

    }

    /**
     * Treatments of failed evictions.
     */
    public enum OnEvictError {

        /**
         * The key is journalled, and deleted before it is read again; nobody waits for
         * the eviction.
         */
        JOURNAL,

        /** The key is journalled too, but the eviction waits, and throws what failed. */
        THROW

    }

}
