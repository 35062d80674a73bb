package io.memlink.spring.boot.autoconfigure.cache;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memlink.spring.cache.invocation.LoadLimit.WhenFull;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of Spring's caches: the defaults of all caches, and the
 * settings of single ones.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("memlink.cache")
public class MemlinkCachingProperties extends MemlinkCacheProperties {

    /**
     * Whether to provide a cache manager.
     */
    private boolean enabled = true;

    /**
     * Whether the cache manager is the one of the application. If not, it is available
     * beside another one as the bean "memlinkCacheManager".
     */
    private boolean primary = true;

    /**
     * Comma-separated list of the names of all caches. If empty, caches are created on
     * demand.
     */
    private List<String> cacheNames = List.of();

    /**
     * Whether changes are part of the transaction of their thread, which sees them at
     * once, while others see them after its commit.
     */
    private boolean transactionAware;

    /**
     * Whether no cache keeps anything, so that each cached method is called each time. In
     * contrast to "memlink.cache.enabled", no other cache takes over.
     */
    private boolean noOp;

    /**
     * Comma-separated list of the names of caches that keep nothing.
     */
    private List<String> noOpCaches = List.of();

    /**
     * Name of the Executor bean that calls cached methods that return futures or
     * publishers. By default the "applicationTaskExecutor", if there is one, otherwise
     * threads of the cache manager.
     */
    private @Nullable String executor;

    private final BrownOut brownOut = new BrownOut();

    /**
     * Settings of single caches, by name.
     */
    private final Map<String, MemlinkCacheProperties> caches = new LinkedHashMap<>();

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public boolean isPrimary() {
        return this.primary;
    }

    public void setPrimary(boolean primary) {
        this.primary = primary;
    }

    public List<String> getCacheNames() {
        return this.cacheNames;
    }

    public void setCacheNames(List<String> cacheNames) {
        this.cacheNames = cacheNames;
    }

    public boolean isTransactionAware() {
        return this.transactionAware;
    }

    public void setTransactionAware(boolean transactionAware) {
        this.transactionAware = transactionAware;
    }

    public Map<String, MemlinkCacheProperties> getCaches() {
        return this.caches;
    }

    public boolean isNoOp() {
        return this.noOp;
    }

    public void setNoOp(boolean noOp) {
        this.noOp = noOp;
    }

    public List<String> getNoOpCaches() {
        return this.noOpCaches;
    }

    public void setNoOpCaches(List<String> noOpCaches) {
        this.noOpCaches = noOpCaches;
    }

    public @Nullable String getExecutor() {
        return this.executor;
    }

    public void setExecutor(@Nullable String executor) {
        this.executor = executor;
    }

    public BrownOut getBrownOut() {
        return this.brownOut;
    }

    /**
     * Settings of the time in which caches cannot be used.
     */
    public static class BrownOut {

        /**
         * Maximum number of cached methods that run at the same time because their cache
         * cannot be used, of all caches together. By default their number is not limited.
         */
        private @Nullable Integer maxConcurrentLoads;

        /**
         * Maximum time for which others wait to run.
         */
        private Duration maxWait = Duration.ofSeconds(1);

        /**
         * Treatment of those that have waited in vain: fail throws, load runs the method
         * all the same.
         */
        private WhenFull whenFull = WhenFull.FAIL;

        public @Nullable Integer getMaxConcurrentLoads() {
            return this.maxConcurrentLoads;
        }

        public void setMaxConcurrentLoads(@Nullable Integer maxConcurrentLoads) {
            this.maxConcurrentLoads = maxConcurrentLoads;
        }

        public Duration getMaxWait() {
            return this.maxWait;
        }

        public void setMaxWait(Duration maxWait) {
            this.maxWait = maxWait;
        }

        public WhenFull getWhenFull() {
            return this.whenFull;
        }

        public void setWhenFull(WhenFull whenFull) {
            this.whenFull = whenFull;
        }

    }

}
