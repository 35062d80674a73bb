package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Settings of entries that are kept in the memory of the application.
 *
 * @since 0.1.0
 */
public class MemlinkNearCacheProperties {

    /**
     * Whether to keep entries in memory. Needs Caffeine.
     */
    private @Nullable Boolean enabled;

    /**
     * Time after which an entry in memory is compared with the server's.
     */
    private @Nullable Duration timeToLive;

    /**
     * Largest number of entries in memory, unless their size is limited.
     */
    private @Nullable Long maxEntries;

    /**
     * Largest size of the names and values of entries in memory. By default entries are
     * counted.
     */
    private @Nullable DataSize maxSize;

    /**
     * Whether to keep only entries that were read before, within the last minute.
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
