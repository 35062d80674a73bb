package io.memlink.spring.boot.autoconfigure;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Methods whose results are cached in Memlink's own format: they come back with their
 * types, and what is refused is not cached, and nobody but the log says so.
 */
@MemcachedTest
class CacheTypedValuesIntegrationTests {

    private ApplicationContextRunner runner;

    @BeforeEach
    void configure(MemcachedProcess server) {
        this.runner = CachingApplication.runner(server)
            .withBean(Service.class)
            .withPropertyValues("memlink.serialization.format=typed");
    }

    record Price(String currency, long cents) {
    }

    static class Service {

        private final AtomicInteger calls = new AtomicInteger();

        public int calls() {
            return this.calls.get();
        }

        @Cacheable("prices")
        public Map<Long, Price> prices(int list) {
            this.calls.incrementAndGet();
            return new HashMap<>(Map.of(5L, new Price("EUR", list)));
        }

        @Cacheable("things")
        public Object find(String key) {
            this.calls.incrementAndGet();
            return new ReentrantLock();
        }

        @Cacheable(cacheNames = "things", sync = true)
        public Object findOnce(String key) {
            this.calls.incrementAndGet();
            return new ReentrantLock();
        }

        @CachePut(cacheNames = "things", key = "#key")
        public Object replace(String key, boolean refused) {
            return refused ? new ReentrantLock() : "first";
        }

    }

    private static MemlinkCache cache(ApplicationContext context, String name) {
        Cache cache = context.getBean(CacheManager.class).getCache(name);
        assertThat(cache).isInstanceOf(MemlinkCache.class);
        return (MemlinkCache) cache;
    }

    @Test
    void mapsComeBackWithTheTypesOfTheirKeysAndValues() {
        this.runner.run((context) -> {
            Service service = context.getBean(Service.class);
            Map<Long, Price> first = service.prices(3);
            MemlinkCache cache = cache(context, "prices");
            await().until(() -> cache.get(3) != null);
            Map<Long, Price> again = service.prices(3);
            assertThat(again).isEqualTo(first).isNotSameAs(first).isExactlyInstanceOf(HashMap.class);
            assertThat(again.get(5L)).isEqualTo(new Price("EUR", 3));
            assertThat(service.calls()).isEqualTo(1);
        });
    }

    @Test
    void whatIsRefusedIsReturnedAndNotCached() {
        this.runner.run((context) -> {
            Service service = context.getBean(Service.class);
            MemlinkCache cache = cache(context, "things");
            assertThat(service.find("a")).isInstanceOf(ReentrantLock.class);
            assertThat(service.find("a")).isInstanceOf(ReentrantLock.class);
            assertThat(service.findOnce("b")).isInstanceOf(ReentrantLock.class);
            assertThat(service.findOnce("b")).isInstanceOf(ReentrantLock.class);
            assertThat(service.calls()).isEqualTo(4);
            assertThat(cache.get("a")).isNull();
            assertThat(cache.get("b")).isNull();
            assertThat(cache.getStatistics().get(Count.FAILURES)).isGreaterThanOrEqualTo(4);
        });
    }

    @Test
    void whatWasThereBeforeDoesNotOutliveARefusal() {
        this.runner.run((context) -> {
            Service service = context.getBean(Service.class);
            MemlinkCache cache = cache(context, "things");
            service.replace("c", false);
            await().until(() -> cache.get("c") != null);
            assertThat(service.replace("c", true)).isInstanceOf(ReentrantLock.class);
            await().until(() -> cache.get("c") == null);
            assertThat(cache.getStatistics().get(Count.FAILURES)).isEqualTo(1);
        });
    }

}
