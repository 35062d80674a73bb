package io.memlink.spring.boot.autoconfigure.health;

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
     * than 0 and up to 1. By default 1, since a cache that has lost a part of its
     * backends goes on caching the rest.
     */
    private double downShare = 1;

    /**
     * Whether the health is DOWN if a cache cannot be used, since most of the backends
     * that keep its generation are not usable. By default, the details name such caches.
     */
    private boolean downForUnusableCaches = false;

    public boolean isDownForUnusableCaches() {
        return this.downForUnusableCaches;
    }

    public void setDownForUnusableCaches(boolean downForUnusableCaches) {
        this.downForUnusableCaches = downForUnusableCaches;
    }

    public double getDownShare() {
        return this.downShare;
    }

    public void setDownShare(double downShare) {
        if (!(downShare > 0 && downShare <= 1)) {
            throw new IllegalArgumentException(
                    "management.health.memlink.down-share: " + downShare + " (expected: more than 0, up to 1)");
        }
        this.downShare = downShare;
    }

}
