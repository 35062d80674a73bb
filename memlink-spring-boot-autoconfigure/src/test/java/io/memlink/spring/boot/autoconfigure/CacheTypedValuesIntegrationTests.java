package io.memlink.spring.boot.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.spring.TranscoderFactory;
import io.memlink.spring.TranscoderSettings;
import io.memlink.spring.TranscoderSettings.Format;
import io.memlink.spring.boot.autoconfigure.micrometer.MemlinkMetricsAutoConfiguration;
import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import io.memlink.transcoder.ClientFlags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
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
        this.runner = CachingApplication.runner(server).withBean(Service.class);
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

    @Test
    void refusalsAreCountedByClass() {
        this.runner.withConfiguration(AutoConfigurations.of(MemlinkMetricsAutoConfiguration.class)).run((context) -> {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
            Service service = context.getBean(Service.class);
            service.find("a");
            service.find("a");
            assertThat(registry.get("memlink.values.refused")
                .tag("class", ReentrantLock.class.getName())
                .functionCounter()
                .count()).isEqualTo(2);
        });
    }

    @Test
    void eachCacheMayHaveAFormatOfItsOwn() {
        this.runner
            .withPropertyValues("memlink.cache.caches.prices.serialization.format=json",
                    "memlink.cache.caches.prices.serialization.also-read=typed,application",
                    "memlink.cache.caches.things.serialization.format=application",
                    "memlink.cache.caches.typed.transcoder=prices")
            .withBean("prices", PriceTranscoder.class)
            .run((context) -> {
                Price price = new Price("EUR", 3);
                assertThat(written(context, "prices", price)).isEqualTo(0x4D4C_0009);
                assertThat(written(context, "things", price)).isEqualTo(0x4D4C_0003);
                assertThat(written(context, "others", price)).isEqualTo(0x4D4C_0008);
                assertThat(written(context, "typed", price)).isEqualTo(PriceTranscoder.FLAGS);
                MemlinkCache prices = cache(context, "prices");
                for (String format : List.of("typed", "application")) {
                    TranscoderFactory factory = context.getBean(TranscoderFactory.class);
                    EncodedValue other = factory
                        .objects(TranscoderSettings.defaults().format(Format.valueOf(format.toUpperCase(Locale.ROOT))))
                        .encode(price);
                    assertThat(prices.getCacheConfiguration().transcoder().decode(other)).isEqualTo(price);
                }
            });
    }

    /** Puts a value, sees it come back, and returns its flags. */
    @SuppressWarnings("unchecked")
    private static int written(ApplicationContext context, String name, Price price) {
        MemlinkCache cache = cache(context, name);
        cache.put("key", price);
        await().until(() -> cache.get("key") != null);
        assertThat(cache.get("key", Price.class)).isEqualTo(price);
        Transcoder<Object> transcoder = cache.getCacheConfiguration().transcoder();
        if (transcoder == null) {
            transcoder = context.getBean("memlinkTranscoder", Transcoder.class);
        }
        return transcoder.encode(price).flags();
    }

    /** A transcoder of one type. */
    static class PriceTranscoder implements Transcoder<Price> {

        static final int FLAGS = ClientFlags.of(ClientFlags.FIRST_OWN_CODEC).bits();

        @Override
        public EncodedValue encode(Price value) {
            return new EncodedValue((value.currency() + " " + value.cents()).getBytes(StandardCharsets.UTF_8), FLAGS);
        }

        @Override
        public Price decode(EncodedValue value) {
            String[] parts = new String(value.data(), StandardCharsets.UTF_8).split(" ");
            return new Price(parts[0], Long.parseLong(parts[1]));
        }

    }

}
