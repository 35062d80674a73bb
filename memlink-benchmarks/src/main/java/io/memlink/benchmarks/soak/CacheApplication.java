package io.memlink.benchmarks.soak;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus;
import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheManager;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.test.MemcachedProcess;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A Spring application with a client and a cache manager of its own. Safe for use by many
 * threads.
 */
final class CacheApplication implements AutoCloseable {

    final int number;

    private final ConfigurableApplicationContext context;

    private final MemlinkClient client;

    private final CachedRows acknowledged;

    private final CachedRows journalled;

    CacheApplication(int number, List<MemcachedProcess> servers, CachedTable table) {
        String backends = IntStream.range(0, servers.size())
            .mapToObj((i) -> SoakClient.name(i) + "=127.0.0.1:" + servers.get(i).port())
            .collect(Collectors.joining(","));
        SpringApplication application = new SpringApplication(Caching.class);
        application.addInitializers((context) -> context.getBeanFactory().registerSingleton("cachedTable", table));
        this.number = number;
        this.context = application.run("--memlink.backends=" + backends, "--memlink.request-timeout=250ms",
                "--memlink.connect-timeout=500ms", "--memlink.cache.clear-lag=" + CacheClears.LAG.toMillis() + "ms",
                "--memlink.cache.caches.acknowledged.on-evict-error=throw", "--spring.main.banner-mode=off");
        this.client = this.context.getBean(MemlinkClient.class);
        this.acknowledged = this.context.getBean("acknowledgedRows", CachedRows.class);
        this.journalled = this.context.getBean("journalledRows", CachedRows.class);
    }

    /** Returns the methods whose cache has this row. */
    CachedRows of(CachedRow row) {
        return row.isAcknowledged() ? this.acknowledged : this.journalled;
    }

    /** Clears the cache of the rows whose evictions are acknowledged. */
    void clear() {
        this.acknowledged.clear();
    }

    /** Returns how many deletes are owed, or will be repeated. */
    int owed() {
        return this.client.backends().stream().mapToInt(BackendStatus::journalDepth).sum();
    }

    long count(Count count) {
        MemlinkCacheManager manager = this.context.getBean(MemlinkCacheManager.class);
        return manager.getCacheNames().stream().mapToLong((name) -> {
            MemlinkCache cache = (MemlinkCache) Objects.requireNonNull(manager.getCache(name), name);
            return cache.getStatistics().get(count);
        }).sum();
    }

    @Override
    public void close() {
        this.context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
    @EnableCaching
    static class Caching {

        @Bean
        CacheResolver rowsResolver(CacheManager manager) {
            return (invocation) -> {
                String name = ((CachedRows) invocation.getTarget()).cacheName();
                return List.of(Objects.requireNonNull(manager.getCache(name), name));
            };
        }

        @Bean
        CachedRows acknowledgedRows(CachedTable table) {
            return new CachedRows("acknowledged", table);
        }

        @Bean
        CachedRows journalledRows(CachedTable table) {
            return new CachedRows("journalled", table);
        }

    }

}
