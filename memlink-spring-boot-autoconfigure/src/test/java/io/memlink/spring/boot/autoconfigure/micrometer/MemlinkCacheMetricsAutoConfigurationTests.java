package io.memlink.spring.boot.autoconfigure.micrometer;

import java.util.List;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import io.memlink.test.EmbeddedMemcachedTest;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@EmbeddedMemcachedTest
class MemlinkCacheMetricsAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class,
                MemlinkCacheAutoConfiguration.class, MemlinkCacheMetricsAutoConfiguration.class,
                CacheAutoConfiguration.class, CacheMetricsAutoConfiguration.class))
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withUserConfiguration(Caching.class);

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

    }

    @Test
    void countsCachesThatAreNamed() {
        this.runner.withPropertyValues("memlink.cache.cache-names=things")
            .run((context) -> assertCounted(context.getBean(CacheManager.class), context.getBean(MeterRegistry.class)));
    }

    @Test
    void countsCachesThatAreMadeOnDemand() {
        this.runner
            .run((context) -> assertCounted(context.getBean(CacheManager.class), context.getBean(MeterRegistry.class)));
    }

    @Test
    void namesTheManagerBesideAnotherAsSpringBootDoes() {
        this.runner.withPropertyValues("memlink.cache.primary=false").run((context) -> {
            Cache cache = context.getBean("memlinkCacheManager", CacheManager.class).getCache("things");
            cache.get("key");
            assertThat(context.getBean(MeterRegistry.class)
                .get("cache.gets")
                .tag("cache", "things")
                .tag("cache.manager", "memlink")
                .tag("result", "miss")
                .functionCounter()
                .count()).isEqualTo(1);
        });
    }

    @Test
    void tellsWhetherACacheCanBeUsed(EmbeddedMemcached server) {
        this.runner
            .withPropertyValues("memlink.cache.caches.things.time-to-live=1m",
                    "memlink.backends=127.0.0.1:" + server.port() + ",127.0.0.1:1,127.0.0.1:2")
            .run((context) -> {
                CacheManager manager = context.getBean(CacheManager.class);
                manager.getCache("others");
                // Views that nobody keeps any more tell it too.
                System.gc();
                assertUsable(context.getBean(MeterRegistry.class), 0);
            });
        this.runner
            .withPropertyValues("memlink.cache.caches.things.time-to-live=1m",
                    "memlink.backends=127.0.0.1:" + server.port())
            .run((context) -> {
                CacheManager manager = context.getBean(CacheManager.class);
                manager.getCache("others").get("key");
                assertUsable(context.getBean(MeterRegistry.class), 1);
            });
    }

    private static void assertUsable(MeterRegistry registry, double usable) {
        for (String cache : List.of("things", "others")) {
            Gauge gauge = registry.get("memlink.cache.usable")
                .tag("cache", cache)
                .tag("cache.manager", "cacheManager")
                .gauge();
            await().untilAsserted(() -> assertThat(gauge.value()).as(cache).isEqualTo(usable));
        }
    }

    private static void assertCounted(CacheManager manager, MeterRegistry registry) {
        Cache cache = manager.getCache("things");
        cache.get("key");
        cache.put("key", "value");
        cache.get("key");
        cache.get("key");
        cache.evict("key");
        assertThat(registry.get("cache.gets").tag("cache", "things").tag("result", "hit").functionCounter().count())
            .isEqualTo(2);
        assertThat(registry.get("cache.gets").tag("result", "miss").functionCounter().count()).isEqualTo(1);
        assertThat(registry.get("cache.puts").tag("result", "stored").functionCounter().count()).isEqualTo(1);
        assertThat(registry.get("cache.removals").functionCounter().count()).isEqualTo(1);
        for (String name : new String[] { "cache.failures", "cache.decode.failures", "cache.stale.hits",
                "cache.near.hits", "cache.lease.waits" }) {
            assertThat(registry.get(name).tag("cache", "things").functionCounter().count()).as(name).isZero();
        }
    }

}
