package io.memlink.spring.boot.autoconfigure.health;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the health of Memlink.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("management.health.memlink")
class MemlinkHealthProperties {

    /**
     * Share of the keys whose backends are not usable from which the health is DOWN, more
     * than 0 and up to 1. By default it never is, but DEGRADED, since an application
     * whose cache is away works more slowly.
     */
    private @Nullable Double downShare;

    /**
     * Whether the health is DOWN if a cache cannot be used, since most of the backends
     * that keep its generation are not usable. By default it is DEGRADED, and the details
     * name such caches.
     */
    private boolean downForUnusableCaches = false;

    public boolean isDownForUnusableCaches() {
        return this.downForUnusableCaches;
    }

    public void setDownForUnusableCaches(boolean downForUnusableCaches) {
        this.downForUnusableCaches = downForUnusableCaches;
    }

    public @Nullable Double getDownShare() {
        return this.downShare;
    }

    public void setDownShare(@Nullable Double downShare) {
        if (downShare != null && !(downShare > 0 && downShare <= 1)) {
            throw new IllegalArgumentException(
                    "management.health.memlink.down-share: " + downShare + " (expected: more than 0, up to 1)");
        }
        this.downShare = downShare;
    }

}
