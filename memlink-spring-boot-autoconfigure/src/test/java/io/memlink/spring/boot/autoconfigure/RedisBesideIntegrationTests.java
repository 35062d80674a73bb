package io.memlink.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import io.memlink.spring.cache.MemlinkCacheManager;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Memcached and Redis in one application.
 */
@MemcachedTest
class RedisBesideIntegrationTests {

    @TempDir
    private Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, MemlinkAutoConfiguration.class,
                MemlinkTemplateAutoConfiguration.class, MemlinkCacheAutoConfiguration.class,
                CacheAutoConfiguration.class))
        .withBean(Things.class)
        .withPropertyValues("memlink.request-timeout=10s", "spring.data.redis.timeout=10s");

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

        @Bean(defaultCandidate = false)
        RedisCacheManager redisCacheManager(RedisConnectionFactory connections) {
            return RedisCacheManager.create(connections);
        }

    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class CachingOfBoot {

    }

    static class Things {

        private final AtomicInteger loads = new AtomicInteger();

        @Cacheable("things")
        public String find(int id) {
            return "default " + id + " " + this.loads.incrementAndGet();
        }

        @Cacheable(cacheNames = "things", cacheManager = "redisCacheManager")
        public String findInRedis(int id) {
            return "redis " + id + " " + this.loads.incrementAndGet();
        }

    }

    @Test
    void bothCachesAreUsable(MemcachedProcess memcached) throws Exception {
        try (RedisServer redis = RedisServer.start(this.directory)) {
            this.runner.withUserConfiguration(Caching.class)
                .withPropertyValues("memlink.backends=127.0.0.1:" + memcached.port(),
                        "spring.data.redis.port=" + redis.port())
                .run((context) -> {
                    Things things = context.getBean(Things.class);
                    assertThat(things.find(1)).isEqualTo("default 1 1").isEqualTo(things.find(1));
                    // Spring's cache on Redis stores in the background.
                    await().until(() -> things.findInRedis(1).equals(things.findInRedis(1)));
                    assertThat(context.getBean(CacheManager.class)).isInstanceOf(MemlinkCacheManager.class);
                    assertThat(context.getBean(StringRedisTemplate.class).keys("*")).containsExactly("things::1");
                    assertThat(Integer.parseInt(memcached.stats().get("curr_items"))).isPositive();
                });
        }
    }

    @Test
    void theCacheManagerIsThatOfRedisWhereThatIsAskedFor(MemcachedProcess memcached) throws Exception {
        try (RedisServer redis = RedisServer.start(this.directory)) {
            this.runner.withUserConfiguration(CachingOfBoot.class)
                .withPropertyValues("memlink.backends=127.0.0.1:" + memcached.port(),
                        "spring.data.redis.port=" + redis.port(), "spring.cache.type=redis")
                .run((context) -> {
                    assertThat(context.getBean(CacheManager.class)).isInstanceOf(RedisCacheManager.class);
                    Things things = context.getBean(Things.class);
                    await().until(() -> things.find(2).equals(things.find(2)));
                    MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
                    template.set("key", "value", Duration.ofMinutes(1));
                    assertThat(template.get("key")).isEqualTo("value");
                });
        }
    }

}
