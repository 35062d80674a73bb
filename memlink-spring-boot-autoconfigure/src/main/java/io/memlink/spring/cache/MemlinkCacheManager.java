package io.memlink.spring.cache;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.cache.Cache;
import org.springframework.cache.support.AbstractCacheManager;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.ClassUtils;

/**
 * Cache manager whose caches are created on demand, or form a closed list. Safe for use
 * by many threads. Owns the threads that complete {@link Cache#retrieve}, but not the
 * client.
 *
 * @since 0.1.0
 */
public final class MemlinkCacheManager extends AbstractCacheManager implements DisposableBean {

    private static final int MAX_CALLBACK_THREADS = 8;

    private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.Caffeine";

    private static final long CALLBACK_KEEP_ALIVE_SECONDS = 10;

    private final MemlinkClient client;

    private final Transcoder<Object> transcoder;

    private final MemlinkCacheConfiguration defaults;

    private final Map<String, MemlinkCacheConfiguration> configurations;

    private final List<String> initialNames;

    private final boolean dynamic;

    private final boolean transactionAware;

    private final Consumer<Cache> created;

    private final ExecutorService callbackExecutor;

    private MemlinkCacheManager(Builder builder) {
        this.client = builder.client;
        this.transcoder = builder.transcoder;
        this.defaults = builder.defaults;
        this.configurations = Map.copyOf(builder.configurations);
        this.initialNames = List.copyOf(builder.initialNames);
        this.dynamic = builder.dynamic;
        this.transactionAware = builder.transactionAware;
        this.created = builder.created;
        this.callbackExecutor = newCallbackExecutor();
    }

    private static ExecutorService newCallbackExecutor() {
        int threads = Math.max(2, Math.min(Runtime.getRuntime().availableProcessors(), MAX_CALLBACK_THREADS));
        CustomizableThreadFactory threadFactory = new CustomizableThreadFactory("memlink-cache-");
        threadFactory.setDaemon(true);
        ThreadPoolExecutor executor = new ThreadPoolExecutor(threads, threads, CALLBACK_KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threadFactory);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * Starts with caches made on demand.
     * @param client carries the operations
     * @param transcoder encodes and decodes values
     * @return a builder
     */
    public static Builder builder(MemlinkClient client, Transcoder<Object> transcoder) {
        return new Builder(client, transcoder);
    }

    @Override
    protected Collection<? extends Cache> loadCaches() {
        return this.initialNames.stream().map(this::newCache).toList();
    }

    @Override
    protected @Nullable Cache getMissingCache(String name) {
        if (!this.dynamic) {
            return null;
        }
        MemlinkCache cache = newCache(name);
        this.created.accept(cache);
        return cache;
    }

    @Override
    protected Cache decorateCache(Cache cache) {
        return this.transactionAware ? new TransactionAwareCacheDecorator(cache) : cache;
    }

    private MemlinkCache newCache(String name) {
        MemlinkCacheConfiguration configuration = this.configurations.getOrDefault(name, this.defaults);
        Transcoder<Object> transcoder = Objects.requireNonNullElse(configuration.transcoder(), this.transcoder);
        return new MemlinkCache(name, configuration, this.client, transcoder, this.callbackExecutor);
    }

    /**
     * Changes how a cache behaves from now on; see {@link MemlinkCache#reconfigure}.
     * @param name a cache that was asked for before
     * @param change is given the present configuration, and returns the one from now on
     * @throws IllegalArgumentException where there is no such cache, settings make no
     * sense, or cannot be changed while the cache is used
     */
    public void reconfigure(String name, UnaryOperator<MemlinkCacheConfigurationBuilder> change) {
        MemlinkCache known = known(name);
        if (known == null) {
            throw new IllegalArgumentException("cache: " + name + " (expected: one of " + getCacheNames() + ")");
        }
        known.reconfigure(change);
    }

    private @Nullable MemlinkCache known(String name) {
        Cache cache = lookupCache(name);
        // In this order, since the decorator need not be on the class path.
        if (this.transactionAware && cache instanceof TransactionAwareCacheDecorator decorator) {
            cache = decorator.getTargetCache();
        }
        return (cache instanceof MemlinkCache known) ? known : null;
    }

    /**
     * Returns the client that carries the operations.
     * @return the client, which this manager does not own
     */
    public MemlinkClient getClient() {
        return this.client;
    }

    /**
     * Returns which of the caches that were asked for so far can be used; see
     * {@link MemlinkCache#isUsable}. Asks nobody.
     * @return whether they can, by their names
     */
    public Map<String, Boolean> getUsability() {
        Map<String, Boolean> usability = new TreeMap<>();
        for (String name : getCacheNames()) {
            MemlinkCache cache = known(name);
            if (cache != null) {
                usability.put(name, cache.isUsable());
            }
        }
        return usability;
    }

    @Override
    public void destroy() {
        this.callbackExecutor.shutdown();
    }

    /**
     * Builder of a cache manager. Not safe for use by many threads.
     */
    public static final class Builder {

        private final MemlinkClient client;

        private final Transcoder<Object> transcoder;

        private final Map<String, MemlinkCacheConfiguration> configurations = new LinkedHashMap<>();

        private MemlinkCacheConfiguration defaults = MemlinkCacheConfiguration.defaults();

        private List<String> initialNames = List.of();

        private boolean dynamic = true;

        private boolean transactionAware;

        private Consumer<Cache> created = (cache) -> {
        };

        private Builder(MemlinkClient client, Transcoder<Object> transcoder) {
            this.client = Objects.requireNonNull(client, "client");
            this.transcoder = Objects.requireNonNull(transcoder, "transcoder");
        }

        /**
         * Sets how caches behave that have no configuration of their own.
         * @param defaults by default {@link MemlinkCacheConfiguration#defaults()}
         * @return this builder
         */
        public Builder cacheDefaults(MemlinkCacheConfiguration defaults) {
            this.defaults = Objects.requireNonNull(defaults, "defaults");
            return this;
        }

        /**
         * Sets how one cache behaves.
         * @param name the cache
         * @param configuration its configuration
         * @return this builder
         */
        public Builder withCacheConfiguration(String name, MemlinkCacheConfiguration configuration) {
            this.configurations.put(name, Objects.requireNonNull(configuration, "configuration"));
            return this;
        }

        /**
         * Allows these caches and no others.
         * @param names the names
         * @return this builder
         */
        public Builder cacheNames(Collection<String> names) {
            this.initialNames = List.copyOf(names);
            this.dynamic = false;
            return this;
        }

        /**
         * Sets whether puts, evictions and clears wait for the commit of the transaction
         * they are part of, and are given up where it is rolled back. Needs
         * {@code spring-tx} and {@code spring-context-support} on the class path.
         * @param transactionAware false by default
         * @return this builder
         */
        public Builder transactionAware(boolean transactionAware) {
            this.transactionAware = transactionAware;
            return this;
        }

        /**
         * Sets who is told of each cache that is made on demand.
         * @param created is told in the thread that asks for the cache
         * @return this builder
         */
        public Builder onCacheCreated(Consumer<Cache> created) {
            this.created = Objects.requireNonNull(created, "created");
            return this;
        }

        /**
         * Builds the manager; {@link MemlinkCacheManager#afterPropertiesSet()} makes it
         * usable.
         * @return the manager; the caller destroys it
         * @throws IllegalStateException where entries are to be kept in memory, and
         * Caffeine is not on the class path
         */
        public MemlinkCacheManager build() {
            boolean near = this.defaults.near() != null
                    || this.configurations.values().stream().anyMatch((cache) -> cache.near() != null);
            if (near && !ClassUtils.isPresent(CAFFEINE, null)) {
                throw new IllegalStateException(
                        "near: without Caffeine (expected: com.github.ben-manes.caffeine:caffeine on the class path)");
            }
            return new MemlinkCacheManager(this);
        }

    }

}
