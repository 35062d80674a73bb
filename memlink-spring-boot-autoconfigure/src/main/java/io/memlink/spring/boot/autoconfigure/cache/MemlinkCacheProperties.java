package io.memlink.spring.boot.autoconfigure.cache;

import java.time.Duration;
import java.util.Set;

import io.memlink.spring.TranscoderSettings.Format;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnError;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnEvictError;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.util.unit.DataSize;

/**
 * Settings of one of Spring's caches. A setting that is absent falls back to that of all
 * caches, and then to
 * {@link io.memlink.spring.cache.MemlinkCacheConfiguration#defaults()}.
 *
 * @since 0.1.0
 */
@ConfigurationPropertiesSource
public class MemlinkCacheProperties {

    /**
     * Time to live of entries. By default entries do not expire.
     */
    private @Nullable Duration timeToLive;

    /**
     * Maximum fraction by which the time to live of an entry is shortened at random, from
     * 0 to less than 1, so that entries that were put together do not expire together.
     */
    private @Nullable Double jitter;

    /**
     * Time after its last read at which an entry expires. Replaces the time to live. By
     * default, reads do not extend it.
     */
    private @Nullable Duration timeToIdle;

    /**
     * Time to live of cached null values. By default that of other values.
     */
    private @Nullable Duration nullTimeToLive;

    /**
     * Name of the TimeToLiveFunction bean that determines the time to live of an entry.
     */
    private @Nullable String timeToLiveFunction;

    /**
     * Whether to cache null values.
     */
    private @Nullable Boolean cacheNullValues;

    /**
     * Prefix of the keys of all caches, which keeps applications apart that share
     * servers.
     */
    private @Nullable String keyPrefix;

    /**
     * Name of the ConversionService bean that converts keys to text.
     */
    private @Nullable String conversionService;

    /**
     * Name of the Transcoder bean that encodes and decodes values.
     */
    private @Nullable String transcoder;

    /**
     * Compression of values from the size memlink.compression.threshold on: none, gzip,
     * zstd or lz4.
     */
    private @Nullable String compression;

    /**
     * Time beyond its time to live during which an entry may still be read while the
     * first reader reloads it.
     */
    private @Nullable Duration staleFor;

    /**
     * Time before the end of its time to live from which the first reader of an entry
     * reloads it.
     */
    private @Nullable Duration recacheBefore;

    /**
     * Whether a synchronized method that fails returns the stale value, if there is one.
     */
    private @Nullable Boolean serveStaleOnError;

    /**
     * Whether evicting an entry makes it stale for the duration of stale-for instead of
     * deleting it.
     */
    private @Nullable Boolean softEvict;

    /**
     * Whether to count hits, misses and other events.
     */
    private @Nullable Boolean statistics;

    /**
     * Treatment of failed reads.
     */
    private @Nullable OnError onError;

    /**
     * Treatment of failed evictions.
     */
    private @Nullable OnEvictError onEvictError;

    /**
     * Maximum time for which a clear by another application may go unnoticed. With 0,
     * each operation checks for one.
     */
    private @Nullable Duration clearLag;

    private final Serialization serialization = new Serialization();

    private final Lease lease = new Lease();

    private final Near near = new Near();

    public @Nullable Duration getTimeToLive() {
        return this.timeToLive;
    }

    public void setTimeToLive(@Nullable Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    public @Nullable Double getJitter() {
        return this.jitter;
    }

    public void setJitter(@Nullable Double jitter) {
        this.jitter = jitter;
    }

    public @Nullable Duration getTimeToIdle() {
        return this.timeToIdle;
    }

    public void setTimeToIdle(@Nullable Duration timeToIdle) {
        this.timeToIdle = timeToIdle;
    }

    public @Nullable Duration getNullTimeToLive() {
        return this.nullTimeToLive;
    }

    public void setNullTimeToLive(@Nullable Duration nullTimeToLive) {
        this.nullTimeToLive = nullTimeToLive;
    }

    public @Nullable String getTimeToLiveFunction() {
        return this.timeToLiveFunction;
    }

    public void setTimeToLiveFunction(@Nullable String timeToLiveFunction) {
        this.timeToLiveFunction = timeToLiveFunction;
    }

    public @Nullable Boolean getCacheNullValues() {
        return this.cacheNullValues;
    }

    public void setCacheNullValues(@Nullable Boolean cacheNullValues) {
        this.cacheNullValues = cacheNullValues;
    }

    public @Nullable String getKeyPrefix() {
        return this.keyPrefix;
    }

    public void setKeyPrefix(@Nullable String keyPrefix) {
        this.keyPrefix = keyPrefix;
    }

    public @Nullable String getConversionService() {
        return this.conversionService;
    }

    public void setConversionService(@Nullable String conversionService) {
        this.conversionService = conversionService;
    }

    public @Nullable String getCompression() {
        return this.compression;
    }

    public void setCompression(@Nullable String compression) {
        this.compression = compression;
    }

    public @Nullable String getTranscoder() {
        return this.transcoder;
    }

    public void setTranscoder(@Nullable String transcoder) {
        this.transcoder = transcoder;
    }

    public @Nullable Duration getStaleFor() {
        return this.staleFor;
    }

    public void setStaleFor(@Nullable Duration staleFor) {
        this.staleFor = staleFor;
    }

    public @Nullable Duration getRecacheBefore() {
        return this.recacheBefore;
    }

    public void setRecacheBefore(@Nullable Duration recacheBefore) {
        this.recacheBefore = recacheBefore;
    }

    public @Nullable Boolean getServeStaleOnError() {
        return this.serveStaleOnError;
    }

    public void setServeStaleOnError(@Nullable Boolean serveStaleOnError) {
        this.serveStaleOnError = serveStaleOnError;
    }

    public @Nullable Boolean getSoftEvict() {
        return this.softEvict;
    }

    public void setSoftEvict(@Nullable Boolean softEvict) {
        this.softEvict = softEvict;
    }

    public @Nullable Boolean getStatistics() {
        return this.statistics;
    }

    public void setStatistics(@Nullable Boolean statistics) {
        this.statistics = statistics;
    }

    public @Nullable OnError getOnError() {
        return this.onError;
    }

    public void setOnError(@Nullable OnError onError) {
        this.onError = onError;
    }

    public @Nullable OnEvictError getOnEvictError() {
        return this.onEvictError;
    }

    public void setOnEvictError(@Nullable OnEvictError onEvictError) {
        this.onEvictError = onEvictError;
    }

    public @Nullable Duration getClearLag() {
        return this.clearLag;
    }

    public void setClearLag(@Nullable Duration clearLag) {
        this.clearLag = clearLag;
    }

    public Serialization getSerialization() {
        return this.serialization;
    }

    public Lease getLease() {
        return this.lease;
    }

    public Near getNear() {
        return this.near;
    }

    /**
     * Settings of the serialization of values.
     */
    public static class Serialization {

        /**
         * Format of values other than bytes, text and whole numbers. By default that of
         * memlink.serialization.format.
         */
        private @Nullable Format format;

        /**
         * Comma-separated list of other formats that are read. By default those of
         * memlink.serialization.also-read.
         */
        private @Nullable Set<Format> alsoRead;

        public @Nullable Format getFormat() {
            return this.format;
        }

        public void setFormat(@Nullable Format format) {
            this.format = format;
        }

        public @Nullable Set<Format> getAlsoRead() {
            return this.alsoRead;
        }

        public void setAlsoRead(@Nullable Set<Format> alsoRead) {
            this.alsoRead = alsoRead;
        }

    }

    /**
     * Settings of the leases by which applications agree on who loads a missing key.
     */
    public static class Lease {

        /**
         * Whether only one application loads a missing key of a synchronized method while
         * the others wait.
         */
        private @Nullable Boolean enabled;

        /**
         * Time for which an application may load before another one tries.
         */
        private @Nullable Duration timeToLive;

        /**
         * Maximum time for which the others wait before they load as well.
         */
        private @Nullable Duration maxWait;

        public @Nullable Boolean getEnabled() {
            return this.enabled;
        }

        public void setEnabled(@Nullable Boolean enabled) {
            this.enabled = enabled;
        }

        public @Nullable Duration getTimeToLive() {
            return this.timeToLive;
        }

        public void setTimeToLive(@Nullable Duration timeToLive) {
            this.timeToLive = timeToLive;
        }

        public @Nullable Duration getMaxWait() {
            return this.maxWait;
        }

        public void setMaxWait(@Nullable Duration maxWait) {
            this.maxWait = maxWait;
        }

    }

    /**
     * Settings of the near cache, which keeps entries in the memory of the application.
     */
    public static class Near {

        /**
         * Whether to keep entries in memory. Requires Caffeine.
         */
        private @Nullable Boolean enabled;

        /**
         * Time after which an entry in memory is compared with that of the server.
         */
        private @Nullable Duration timeToLive;

        /**
         * Maximum number of entries in memory, unless their size is limited.
         */
        private @Nullable Long maxEntries;

        /**
         * Maximum size of the names and values of the entries in memory. By default their
         * number is limited.
         */
        private @Nullable DataSize maxSize;

        /**
         * Whether to keep only entries that were already read within the last minute.
         */
        private @Nullable Boolean hotOnly;

        public @Nullable Boolean getEnabled() {
            return this.enabled;
        }

        public void setEnabled(@Nullable Boolean enabled) {
            this.enabled = enabled;
        }

        public @Nullable Duration getTimeToLive() {
            return this.timeToLive;
        }

        public void setTimeToLive(@Nullable Duration timeToLive) {
            this.timeToLive = timeToLive;
        }

        public @Nullable Long getMaxEntries() {
            return this.maxEntries;
        }

        public void setMaxEntries(@Nullable Long maxEntries) {
            this.maxEntries = maxEntries;
        }

        public @Nullable DataSize getMaxSize() {
            return this.maxSize;
        }

        public void setMaxSize(@Nullable DataSize maxSize) {
            this.maxSize = maxSize;
        }

        public @Nullable Boolean getHotOnly() {
            return this.hotOnly;
        }

        public void setHotOnly(@Nullable Boolean hotOnly) {
            this.hotOnly = hotOnly;
        }

    }

}
