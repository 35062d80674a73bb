package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Settings of how applications agree on who loads a missing key.
 *
 * @since 0.1.0
 */
public class MemlinkLeaseProperties {

    /**
     * Whether only one application loads a missing key of a synchronized method while the
     * others wait.
     */
    private @Nullable Boolean enabled;

    /**
     * Time for which an application may load before another one tries.
     */
    private @Nullable Duration timeToLive;

    /**
     * Longest time for which the others wait before they load nevertheless.
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
