package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memlink.spring.cache.MemlinkCacheConfiguration.OnError;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;

/**
 * Settings of Spring's caches.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("memlink.cache")
public class MemlinkCacheProperties {

    /**
     * Whether to provide the application's cache manager.
     */
    private boolean enabled = true;

    /**
     * Comma-separated list of the caches there are. Caches are made on demand if it is
     * empty.
     */
    private List<String> cacheNames = List.of();

    /**
     * Time after which entries expire. By default they do not.
     */
    private @Nullable Duration timeToLive;

    /**
     * What the keys of all caches begin with; tells applications apart that share
     * servers.
     */
    private String keyPrefix = "";

    /**
     * Whether to cache null values.
     */
    private boolean cacheNullValues = true;

    /**
     * What becomes of failures.
     */
    private OnError onError = OnError.DEGRADE;

    /**
     * Settings of single caches, by name.
     */
    private final Map<String, Named> caches = new LinkedHashMap<>();

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public List<String> getCacheNames() {
        return this.cacheNames;
    }

    public void setCacheNames(List<String> cacheNames) {
        this.cacheNames = cacheNames;
    }

    public @Nullable Duration getTimeToLive() {
        return this.timeToLive;
    }

    public void setTimeToLive(@Nullable Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    public String getKeyPrefix() {
        return this.keyPrefix;
    }

    public void setKeyPrefix(String keyPrefix) {
        this.keyPrefix = keyPrefix;
    }

    public boolean isCacheNullValues() {
        return this.cacheNullValues;
    }

    public void setCacheNullValues(boolean cacheNullValues) {
        this.cacheNullValues = cacheNullValues;
    }

    public OnError getOnError() {
        return this.onError;
    }

    public void setOnError(OnError onError) {
        this.onError = onError;
    }

    public Map<String, Named> getCaches() {
        return this.caches;
    }

    /** One of Spring's caches; what is not set is as for all. */
    @ConfigurationPropertiesSource
    public static class Named {

        /**
         * Time after which entries expire.
         */
        private @Nullable Duration timeToLive;

        /**
         * What keys begin with.
         */
        private @Nullable String keyPrefix;

        /**
         * Whether to cache null values.
         */
        private @Nullable Boolean cacheNullValues;

        /**
         * What becomes of failures.
         */
        private @Nullable OnError onError;

        public @Nullable Duration getTimeToLive() {
            return this.timeToLive;
        }

        public void setTimeToLive(@Nullable Duration timeToLive) {
            this.timeToLive = timeToLive;
        }

        public @Nullable String getKeyPrefix() {
            return this.keyPrefix;
        }

        public void setKeyPrefix(@Nullable String keyPrefix) {
            this.keyPrefix = keyPrefix;
        }

        public @Nullable Boolean getCacheNullValues() {
            return this.cacheNullValues;
        }

        public void setCacheNullValues(@Nullable Boolean cacheNullValues) {
            this.cacheNullValues = cacheNullValues;
        }

        public @Nullable OnError getOnError() {
            return this.onError;
        }

        public void setOnError(@Nullable OnError onError) {
            this.onError = onError;
        }

    }

}
