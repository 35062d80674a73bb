package io.memlink.spring.boot.autoconfigure.micrometer;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the meters of servers. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("memlink.server-metrics")
class MemlinkServerMetricsProperties {

    /**
     * Whether to publish the statistics of the servers as the meters memlink.server.
     */
    private boolean enabled;

    /**
     * Maximum age of the statistics of a server before they are requested again, 1 second
     * to 1 day.
     */
    private Duration interval = Duration.ofSeconds(15);

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public Duration getInterval() {
        return this.interval;
    }

    public void setInterval(Duration interval) {
        if (interval.compareTo(Duration.ofSeconds(1)) < 0 || interval.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "memlink.server-metrics.interval: " + interval + " (expected: 1 second to 1 day)");
        }
        this.interval = interval;
    }

}
