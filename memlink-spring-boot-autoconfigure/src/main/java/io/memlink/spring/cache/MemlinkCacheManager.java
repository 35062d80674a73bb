package io.memlink.spring.cache;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.spring.cache.invocation.Invocation;
import io.memlink.spring.cache.invocation.LoadLimit;
import io.memlink.spring.cache.invocation.WriteBacklog;
import io.memlink.spring.cache.thread.MethodThreads;
import io.memlink.spring.cache.transaction.TransactionalCache;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.SimpleCacheErrorHandler;
import org.springframework.cache.support.AbstractCacheManager;
import org.springframework.cache.support.NoOpCache;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.TaskDecorator;
import org.springframework.util.ClassUtils;

/**
 * Cache manager whose caches are created on demand, or form a closed list. Safe for use
 * by many threads. Owns the threads that complete {@link Cache#retrieve}, but not the
 * client.
 *
 * @since 0.1.0
 */
public final class MemlinkCacheManager extends AbstractCacheManager implements SmartLifecycle, DisposableBean {

    private static final long CONFIRMATION_SECONDS = 2;

    private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.Caffeine";

    private final MemlinkClient client;

    private final Transcoder<Object> transcoder;

    private final MemlinkCacheConfiguration defaults;

    private final Map<String, MemlinkCacheConfiguration> configurations;

    private final List<String> initialNames;

    private final boolean dynamic;

    private final boolean transactionAware;

    private final CacheErrorHandler errorHandler;

    private final boolean noOp;

    private final Set<String> noOpNames;

    private final Consumer<Cache> created;

    private volatile @Nullable Consumer<Cache> listener;

    private final MemlinkCache.Shared shared;

    private volatile boolean running;

    private MemlinkCacheManager(Builder builder) {
        this.client = builder.client;
        this.transcoder = builder.transcoder;
        this.defaults = builder.defaults;
        this.configurations = Map.copyOf(builder.configurations);
        this.initialNames = List.copyOf(builder.initialNames);
        this.dynamic = builder.dynamic;
        this.transactionAware = builder.transactionAware;
        this.errorHandler = builder.errorHandler;
        this.noOp = builder.noOp;
        this.noOpNames = builder.noOpNames;
        this.created = builder.created;
        MemlinkClient client = builder.client;
        this.shared = new MemlinkCache.Shared(client,
                new MethodThreads(builder.executor, builder.taskDecorator, Timers.ofThisJvm()), builder.outageLimit,
                new OutageLog(this::unusable),
                new WriteBacklog(WriteBacklog.MAX, (write) -> client.blocking().call(() -> write)), Timers.ofThisJvm());
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
        Set<String> names = new LinkedHashSet<>(this.initialNames);
        names.addAll(this.configurations.keySet());
        return names.stream().map(this::newCache).toList();
    }

    @Override
    protected @Nullable Cache getMissingCache(String name) {
        if (!this.dynamic) {
            return null;
        }
        Cache cache = newCache(name);
        this.created.accept(cache);
        Consumer<Cache> listener = this.listener;
        if (listener != null) {
            listener.accept(cache);
        }
        return cache;
    }

    /**
     * Tells somebody of each cache that is made on demand from now on, besides who was
     * {@linkplain Builder#onCacheCreated told of} by the builder.
     * @param listener is told in the thread that asks for the cache
     */
    public void setCacheListener(Consumer<Cache> listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Returns a view of a cache, another one each time, so that a put knows the miss that
     * it follows.
     */
    @Override
    public @Nullable Cache getCache(String name) {
        Cache cache = super.getCache(name);
        if (!(cache instanceof MemlinkCache known)) {
            return cache;
        }
        MemlinkCache view = known.view(Invocation.present());
        return this.transactionAware ? new TransactionalCache(view, known, this.errorHandler) : view;
    }

    private Cache newCache(String name) {
        if (this.noOp || this.noOpNames.contains(name)) {
            return new NoOpCache(name);
        }
        MemlinkCacheConfiguration configuration = this.configurations.getOrDefault(name, this.defaults);
        Transcoder<Object> transcoder = Objects.requireNonNullElse(configuration.transcoder(), this.transcoder);
        return new MemlinkCache(name, configuration, transcoder, this.shared);
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
        return (lookupCache(name) instanceof MemlinkCache known) ? known : null;
    }

    /**
     * Returns the client that carries the operations.
     * @return the client, which this manager does not own
     */
    public MemlinkClient getClient() {
        return this.client;
    }

    /**
     * Returns what bounds the calls of cached methods while the cache cannot be asked.
     * @return the limit; {@code null} for none
     */
    public @Nullable LoadLimit getOutageLimit() {
        return this.shared.outageLimit();
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

    private List<String> unusable() {
        return getUsability().entrySet().stream().filter((cache) -> !cache.getValue()).map(Map.Entry::getKey).toList();
    }

    /** Has made what was changed while the client was stopped. Does not wait for it. */
    @Override
    public void start() {
        this.running = true;
        confirm();
    }

    /**
     * Waits until what was evicted is so wherever others read, if it can be: as long as
     * the client still sends.
     */
    @Override
    public void stop() {
        this.running = false;
        awaitConfirmation();
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    /**
     * Returns the phase: after clients have started, and before they stop.
     * @return one more than that of a client
     */
    @Override
    public int getPhase() {
        return 1;
    }

    /** Waits as {@link #stop} does, where nobody has stopped this. */
    @Override
    public void destroy() {
        this.shared.outages().close();
        awaitConfirmation();
        this.shared.threads().close();
    }

    private CompletableFuture<Void> confirm() {
        return CompletableFuture.allOf(getCacheNames().stream()
            .map(this::known)
            .filter(Objects::nonNull)
            .map(MemlinkCache::confirm)
            .toArray(CompletableFuture[]::new));
    }

    private void awaitConfirmation() {
        confirm().completeOnTimeout(null, CONFIRMATION_SECONDS, TimeUnit.SECONDS)
            .exceptionally((failure) -> null)
            .join();
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

        private CacheErrorHandler errorHandler = new SimpleCacheErrorHandler();

        private boolean noOp;

        private Set<String> noOpNames = Set.of();

        private @Nullable Executor executor;

        private @Nullable TaskDecorator taskDecorator;

        private @Nullable LoadLimit outageLimit;

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
         * Sets whether changes are part of the transaction of their thread: it sees them
         * at once, and others when it has committed. Evictions and clears happen at once
         * and once more after the commit; a rollback gives up the rest. Needs
         * {@code spring-tx} and {@code spring-context-support} on the class path.
         * @param transactionAware false by default
         * @return this builder
         */
        public Builder transactionAware(boolean transactionAware) {
            this.transactionAware = transactionAware;
            return this;
        }

        /**
         * Sets who is told of changes that fail after the commit of their transaction,
         * when the caller has gone on.
         * @param errorHandler by default one that throws what has failed
         * @return this builder
         */
        public Builder errorHandler(CacheErrorHandler errorHandler) {
            this.errorHandler = Objects.requireNonNull(errorHandler, "errorHandler");
            return this;
        }

        /**
         * Sets whether no cache keeps anything: each read is a miss, and servers are not
         * asked. For switching caching off without another cache taking over.
         * @param noOp false by default
         * @return this builder
         */
        public Builder noOp(boolean noOp) {
            this.noOp = noOp;
            return this;
        }

        /**
         * Sets which caches keep nothing.
         * @param names the names
         * @return this builder
         */
        public Builder noOpCaches(Collection<String> names) {
            this.noOpNames = Set.copyOf(names);
            return this;
        }

        /**
         * Sets which threads call cached methods that return futures or publishers, and
         * decode what they return. Where they all wait for each other, threads of the
         * manager take over.
         * @param executor the executor, which remains the caller's; {@code null}, the
         * default, for a few threads of the manager
         * @return this builder
         */
        public Builder executor(@Nullable Executor executor) {
            this.executor = executor;
            return this;
        }

        /**
         * Sets what carries the context of a caller to those threads, since an executor
         * sees only the threads that read replies.
         * @param taskDecorator is asked in the thread of the caller; what it returns may
         * run several times. {@code null}, the default, for none
         * @return this builder
         */
        public Builder taskDecorator(@Nullable TaskDecorator taskDecorator) {
            this.taskDecorator = taskDecorator;
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
         * Sets what bounds the calls of cached methods while the cache cannot be asked,
         * of all caches of the manager together.
         * @param outageLimit may be that of others too; {@code null}, the default, for no
         * bound
         * @return this builder
         */
        public Builder outageLimit(@Nullable LoadLimit outageLimit) {
            this.outageLimit = outageLimit;
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
