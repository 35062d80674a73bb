package io.memlink.spring.cache;

import java.time.Duration;
import java.util.Objects;

import io.memlink.Transcoder;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnError;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnEvictError;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;

/**
 * Builder of the configuration of a cache. Not safe for use by many threads. Each method
 * checks its argument, and throws {@link IllegalArgumentException} if it is not valid.
 *
 * @since 0.1.0
 */
public final class MemlinkCacheConfigurationBuilder {

    private static final int MAX_PREFIX_LENGTH = 40;

    private static final Duration MAX_LEASE = Duration.ofHours(1);

    /** Longer than servers count; leaves room to add to it. */
    static final Duration MAX_LIFETIME = Duration.ofDays(36_500);

    private static final Duration MAX_MARGIN = Duration.ofDays(3650);

    @Nullable Duration timeToLive;

    double jitter;

    @Nullable Duration timeToIdle;

    @Nullable Duration nullTimeToLive;

    @Nullable TimeToLiveFunction timeToLiveFunction;

    boolean cacheNullValues = true;

    String keyPrefix = "";

    @Nullable ConversionService conversionService;

    @Nullable Transcoder<Object> transcoder;

    boolean lease = true;

    Duration leaseTimeToLive = Duration.ofSeconds(10);

    Duration leaseMaxWait = Duration.ofSeconds(5);

    Duration staleFor = Duration.ZERO;

    Duration recacheBefore = Duration.ZERO;

    boolean serveStaleOnError;

    boolean softEvict;

    @Nullable NearCacheConfiguration near;

    boolean statistics = true;

    OnError onError = OnError.DEGRADE;

    OnEvictError onEvictError = OnEvictError.JOURNAL;

    Duration clearLag = Duration.ofSeconds(1);

    MemlinkCacheConfigurationBuilder() {
    }

    MemlinkCacheConfigurationBuilder(MemlinkCacheConfiguration configuration) {
        this.timeToLive = configuration.timeToLive();
        this.jitter = configuration.jitter();
        this.timeToIdle = configuration.timeToIdle();
        this.nullTimeToLive = configuration.nullTimeToLive();
        this.timeToLiveFunction = configuration.timeToLiveFunction();
        this.cacheNullValues = configuration.cacheNullValues();
        this.keyPrefix = configuration.keyPrefix();
        this.conversionService = configuration.conversionService();
        this.transcoder = configuration.transcoder();
        this.lease = configuration.lease();
        this.leaseTimeToLive = configuration.leaseTimeToLive();
        this.leaseMaxWait = configuration.leaseMaxWait();
        this.staleFor = configuration.staleFor();
        this.recacheBefore = configuration.recacheBefore();
        this.serveStaleOnError = configuration.serveStaleOnError();
        this.softEvict = configuration.softEvict();
        this.near = configuration.near();
        this.statistics = configuration.statistics();
        this.onError = configuration.onError();
        this.onEvictError = configuration.onEvictError();
        this.clearLag = configuration.clearLag();
    }

    /**
     * Sets how long entries live. Takes the place of {@link #timeToIdle}.
     * @param timeToLive more than zero, at most 36500 days, rounded up to a second;
     * {@code null}, the default, for ever
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder timeToLive(@Nullable Duration timeToLive) {
        this.timeToLive = lifetime("timeToLive", timeToLive);
        this.timeToIdle = (timeToLive != null) ? null : this.timeToIdle;
        return this;
    }

    /**
     * Sets by how much the time to live of entries is varied, so that entries that were
     * put together do not expire together.
     * @param jitter the largest part by which it is shortened, from 0, the default, to
     * less than 1
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder jitter(double jitter) {
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("jitter: " + jitter + " (expected: from 0 to less than 1)");
        }
        this.jitter = jitter;
        return this;
    }

    /**
     * Sets how long entries live after they were last read; a read says so in the same
     * trip. Takes the place of {@link #timeToLive}.
     * @param timeToIdle more than zero, at most 36500 days, rounded up to a second;
     * {@code null} to count from when entries were put
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder timeToIdle(@Nullable Duration timeToIdle) {
        this.timeToIdle = lifetime("timeToIdle", timeToIdle);
        this.timeToLive = (timeToIdle != null) ? null : this.timeToLive;
        return this;
    }

    /**
     * Sets how long it is remembered that a value is {@code null}.
     * @param nullTimeToLive more than zero, at most 36500 days, rounded up to a second;
     * {@code null}, the default, for as long as other values
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder nullTimeToLive(@Nullable Duration nullTimeToLive) {
        this.nullTimeToLive = lifetime("nullTimeToLive", nullTimeToLive);
        return this;
    }

    /**
     * Sets what decides how long an entry lives, where the time to live does not.
     * @param timeToLiveFunction the function; {@code null}, the default, for none
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder timeToLiveFunction(@Nullable TimeToLiveFunction timeToLiveFunction) {
        this.timeToLiveFunction = timeToLiveFunction;
        return this;
    }

    /**
     * Sets whether {@code null} is cached like any other value.
     * @param cacheNullValues true by default
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder cacheNullValues(boolean cacheNullValues) {
        this.cacheNullValues = cacheNullValues;
        return this;
    }

    /**
     * Sets the prefix of the keys of all caches, which keeps applications apart that
     * share servers.
     * @param keyPrefix at most 40 printable ASCII characters without spaces, none by
     * default
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder keyPrefix(String keyPrefix) {
        if (keyPrefix.length() > MAX_PREFIX_LENGTH || !keyPrefix.chars().allMatch((c) -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("keyPrefix: \"" + keyPrefix + "\" (expected: at most "
                    + MAX_PREFIX_LENGTH + " printable ASCII characters without spaces)");
        }
        this.keyPrefix = keyPrefix;
        return this;
    }

    /**
     * Sets what converts keys to text that are neither text, numbers, dates, nor made of
     * such; equal texts name one entry. Without it, and where it has no converter, keys
     * have to define {@code toString}.
     * @param conversionService the conversions; {@code null}, the default, for none
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder conversionService(@Nullable ConversionService conversionService) {
        this.conversionService = conversionService;
        return this;
    }

    /**
     * Sets the transcoder of values.
     * @param transcoder the transcoder; {@code null}, the default, for the one of the
     * cache manager
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder transcoder(@Nullable Transcoder<Object> transcoder) {
        this.transcoder = transcoder;
        return this;
    }

    /**
     * Sets whether only one application loads a missing key of a synchronized method, and
     * the others wait for it. Within an application it is always one.
     * @param lease true by default
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder lease(boolean lease) {
        this.lease = lease;
        return this;
    }

    /**
     * Sets how long an application may load before another tries.
     * @param leaseTimeToLive more than zero, at most an hour, rounded up to a second; 10
     * seconds by default
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder leaseTimeToLive(Duration leaseTimeToLive) {
        this.leaseTimeToLive = positive("leaseTimeToLive", leaseTimeToLive, MAX_LEASE);
        return this;
    }

    /**
     * Sets how long the others wait before they load as well.
     * @param leaseMaxWait more than zero, at most an hour; 5 seconds by default
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder leaseMaxWait(Duration leaseMaxWait) {
        this.leaseMaxWait = positive("leaseMaxWait", leaseMaxWait, MAX_LEASE);
        return this;
    }

    /**
     * Sets how long an entry stays readable beyond its time to live: the first who reads
     * it then gets a miss, and so loads it, while all others still find it.
     * @param staleFor zero to 3650 days, rounded up to a second; zero by default
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder staleFor(Duration staleFor) {
        this.staleFor = margin("staleFor", staleFor);
        return this;
    }

    /**
     * Sets how long before the end of its time to live the first who reads an entry gets
     * a miss, and so loads it, while all others still find it.
     * @param recacheBefore zero to 3650 days, rounded up to a second; zero by default
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder recacheBefore(Duration recacheBefore) {
        this.recacheBefore = margin("recacheBefore", recacheBefore);
        return this;
    }

    /**
     * Sets whether a synchronized method that fails returns the stale value, where there
     * is one.
     * @param serveStaleOnError false by default
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder serveStaleOnError(boolean serveStaleOnError) {
        this.serveStaleOnError = serveStaleOnError;
        return this;
    }

    /**
     * Sets whether evicting an entry makes it stale rather than delete it: it stays
     * readable for {@link #staleFor} while one who reads it gets a miss. Not for
     * evictions before the invocation, which delete.
     * @param softEvict false by default
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder softEvict(boolean softEvict) {
        this.softEvict = softEvict;
        return this;
    }

    /**
     * Sets how entries are kept in the memory of the application.
     * @param near the bounds; {@code null}, the default, to keep none
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder near(@Nullable NearCacheConfiguration near) {
        this.near = near;
        return this;
    }

    /**
     * Sets whether the cache counts what it does.
     * @param statistics true by default
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder statistics(boolean statistics) {
        this.statistics = statistics;
        return this;
    }

    /**
     * Sets the treatment of failed reads.
     * @param onError {@link OnError#DEGRADE} by default
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder onError(OnError onError) {
        this.onError = Objects.requireNonNull(onError, "onError");
        return this;
    }

    /**
     * Sets the treatment of failed evictions.
     * @param onEvictError {@link OnEvictError#JOURNAL} by default
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder onEvictError(OnEvictError onEvictError) {
        this.onEvictError = Objects.requireNonNull(onEvictError, "onEvictError");
        return this;
    }

    /**
     * Sets how long a clear by another application may go unnoticed.
     * @param clearLag zero to 3650 days, a second by default; zero asks with each
     * operation
     * @return this builder
     */
    public MemlinkCacheConfigurationBuilder clearLag(Duration clearLag) {
        this.clearLag = margin("clearLag", clearLag);
        return this;
    }

    /**
     * Builds the configuration.
     * @return the configuration
     * @throws IllegalArgumentException where settings do not go together
     */
    public MemlinkCacheConfiguration build() {
        if (this.timeToIdle != null) {
            requireUnset("staleFor", !this.staleFor.isZero());
            requireUnset("recacheBefore", !this.recacheBefore.isZero());
            requireUnset("nullTimeToLive", this.nullTimeToLive != null);
            requireUnset("timeToLiveFunction", this.timeToLiveFunction != null);
        }
        if (this.softEvict && this.staleFor.isZero()) {
            throw new IllegalArgumentException("softEvict: without staleFor (expected: with it)");
        }
        if (this.timeToLive != null && this.recacheBefore.compareTo(this.timeToLive) >= 0) {
            throw new IllegalArgumentException("recacheBefore: " + this.recacheBefore + " with timeToLive "
                    + this.timeToLive + " (expected: less, since entries would always be loaded again)");
        }
        return new MemlinkCacheConfiguration(this);
    }

    private void requireUnset(String name, boolean set) {
        if (set) {
            throw new IllegalArgumentException(name + ": with timeToIdle " + this.timeToIdle
                    + " (expected: with a time to live, since a read moves the end of an entry)");
        }
    }

    private static @Nullable Duration lifetime(String name, @Nullable Duration duration) {
        return (duration != null) ? positive(name, duration, MAX_LIFETIME) : null;
    }

    static Duration positive(String name, Duration duration, Duration max) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + ": " + duration + " (expected: more than zero)");
        }
        return atMost(name, duration, max);
    }

    private static Duration margin(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + ": " + duration + " (expected: zero or more)");
        }
        return atMost(name, duration, MAX_MARGIN);
    }

    private static Duration atMost(String name, Duration duration, Duration max) {
        if (duration.compareTo(max) > 0) {
            throw new IllegalArgumentException(name + ": " + duration + " (expected: at most "
                    + ((max.toDays() > 0) ? max.toDays() + " days" : max.toString()) + ")");
        }
        return duration;
    }

}
