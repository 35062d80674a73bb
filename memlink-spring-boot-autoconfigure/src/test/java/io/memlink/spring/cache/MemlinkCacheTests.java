package io.memlink.spring.cache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.junit.EmbeddedMemcachedTest;
import io.memlink.error.MemlinkException;
import io.memlink.meta.Expiration;
import io.memlink.spring.JsonTranscoder;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueWrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

@EmbeddedMemcachedTest
class MemlinkCacheTests {

    private MemlinkClient client;

    private MemlinkCacheManager manager;

    private EmbeddedMemcached server;

    private Cache cache;

    @BeforeEach
    void connect(EmbeddedMemcached server) {
        this.server = server;
        this.client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .requestTimeout(Duration.ofMillis(200))
            .build();
        this.manager = manager(MemlinkCacheConfiguration.defaults());
        this.cache = this.manager.getCache("things");
    }

    private MemlinkCacheManager manager(MemlinkCacheConfiguration configuration) {
        MemlinkCacheManager manager = MemlinkCacheManager
            .builder(this.client, new JsonTranscoder(JsonMapper.shared(), List.of()))
            .cacheDefaults(configuration)
            .build();
        manager.afterPropertiesSet();
        return manager;
    }

    @AfterEach
    void close() {
        this.manager.destroy();
        this.client.close();
    }

    private MemlinkCacheStatistics statistics() {
        return ((MemlinkCache) this.cache).getStatistics();
    }

    @Test
    void returnsWhatWasPut() {
        assertThat(this.cache.get("key")).isNull();
        this.cache.put("key", "value");
        assertThat(this.cache.get("key").get()).isEqualTo("value");
        assertThat(this.cache.get("key", String.class)).isEqualTo("value");
        assertThatIllegalStateException().isThrownBy(() -> this.cache.get("key", Integer.class));
        assertThat(statistics().hits()).isEqualTo(3);
        assertThat(statistics().misses()).isEqualTo(1);
        assertThat(statistics().puts()).isEqualTo(1);
    }

    @Test
    void cachesNull() {
        this.cache.put("key", null);
        assertThat(this.cache.get("key")).isNotNull().extracting(ValueWrapper::get).isNull();
        assertThat(this.cache.get("key", String.class)).isNull();
        assertThat(this.cache.<String>get("key", () -> "other")).isNull();
    }

    @Test
    void refusesNullWhereNullIsNotCached() {
        Cache cache = manager(MemlinkCacheConfiguration.defaults().cacheNullValues(false)).getCache("things");
        assertThatIllegalArgumentException().isThrownBy(() -> cache.put("key", null));
        assertThat(cache.<String>get("key", () -> null)).isNull();
        assertThat(cache.get("key")).isNull();
    }

    @Test
    void putsOnlyWhereThereIsNothing() {
        assertThat(this.cache.putIfAbsent("key", "first")).isNull();
        assertThat(this.cache.putIfAbsent("key", "second").get()).isEqualTo("first");
        assertThat(this.cache.get("key").get()).isEqualTo("first");
    }

    @Test
    void evicts() {
        this.cache.put("key", "value");
        this.cache.evict("key");
        assertThat(this.cache.get("key")).isNull();
        assertThat(this.cache.evictIfPresent("key")).isFalse();
        this.cache.put("key", "value");
        assertThat(this.cache.evictIfPresent("key")).isTrue();
        assertThat(this.cache.get("key")).isNull();
    }

    @Test
    void clearsOnlyItself() {
        Cache other = this.manager.getCache("other");
        this.cache.put("key", "value");
        other.put("key", "value");
        this.cache.clear();
        assertThat(this.cache.get("key")).isNull();
        assertThat(other.get("key")).isNotNull();
        this.cache.put("key", "again");
        this.cache.invalidate();
        assertThat(this.cache.get("key")).isNull();
    }

    @Test
    void loadsOnceForAllThreads() {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch joined = new CountDownLatch(16);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<CompletableFuture<String>> results = IntStream.range(0, 16)
                .mapToObj((i) -> CompletableFuture.supplyAsync(() -> {
                    joined.countDown();
                    return this.cache.get("key", () -> {
                        joined.await();
                        return "value-" + loads.incrementAndGet();
                    });
                }, threads))
                .toList();
            assertThat(results).allSatisfy((result) -> assertThat(result.join()).startsWith("value-"));
            assertThat(this.cache.get("key").get()).isEqualTo("value-" + loads.get());
        }
        finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aFailingLoaderIsReported() {
        assertThatExceptionOfType(Cache.ValueRetrievalException.class).isThrownBy(() -> this.cache.get("key", () -> {
            throw new IllegalStateException("broken");
        })).withCauseInstanceOf(IllegalStateException.class);
        assertThat(this.cache.<String>get("key", () -> "value")).isEqualTo("value");
    }

    @Test
    void aLoaderMayLoadItsOwnKey() {
        String value = this.cache.get("key", () -> "outer " + this.cache.get("key", () -> "inner"));
        assertThat(value).isEqualTo("outer inner");
    }

    @Test
    void retrievesWithoutWaiting() {
        assertThat(this.cache.retrieve("key").join()).isNull();
        this.cache.put("key", null);
        assertThat(this.cache.retrieve("key").join()).isInstanceOf(ValueWrapper.class);
        CompletableFuture<String> loaded = this.cache.retrieve("other",
                () -> CompletableFuture.completedFuture("loaded"));
        assertThat(loaded.join()).isEqualTo("loaded");
        assertThat(this.cache.get("other").get()).isEqualTo("loaded");
        assertThat(this.cache.retrieve("key", () -> CompletableFuture.completedFuture("x")).join()).isNull();
    }

    @Test
    void retrievedValuesArriveWhereBlockingIsAllowed() {
        this.cache.put("key", "value");
        String thread = this.cache.retrieve("key")
            .thenApply((value) -> this.cache.get("key") + Thread.currentThread().getName())
            .join();
        assertThat(thread).doesNotContain("memlink-io");
    }

    @Test
    void aFailingAsynchronousLoaderIsReported() {
        CompletableFuture<String> failed = this.cache.retrieve("key",
                () -> CompletableFuture.failedFuture(new IllegalStateException("broken")));
        assertThat(failed).failsWithin(Duration.ofSeconds(5))
            .withThrowableThat()
            .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void entriesExpire() {
        Cache cache = manager(MemlinkCacheConfiguration.defaults().timeToLive(Duration.ofSeconds(30)))
            .getCache("things");
        cache.put("key", "value");
        cache.get("key");
        assertThat(((MemlinkCache) cache).getCacheConfiguration().expiration())
            .isEqualTo(Expiration.after(Duration.ofSeconds(30)));
    }

    @Test
    void failuresBecomeMisses() {
        this.cache.put("key", "value");
        assertThat(this.cache.get("key")).isNotNull();
        this.server.stopAccepting();
        this.server.closeConnections();
        await().until(() -> this.cache.get("key") == null);
        this.cache.put("key", "other");
        this.cache.evict("key");
        this.cache.clear();
        assertThat(this.cache.evictIfPresent("key")).isFalse();
        assertThat(this.cache.putIfAbsent("key", "other")).isNull();
        assertThat(this.cache.<String>get("key", () -> "loaded")).isEqualTo("loaded");
        assertThat(this.cache.retrieve("key").join()).isNull();
        assertThat(statistics().failures()).isPositive();
        this.server.resumeAccepting();
        await().untilAsserted(() -> {
            this.cache.put("key", "back");
            assertThat(this.cache.get("key", String.class)).isEqualTo("back");
        });
    }

    @Test
    void failuresAreThrownWhereAsked() {
        Cache cache = manager(MemlinkCacheConfiguration.defaults().onError(OnError.THROW)).getCache("things");
        cache.put("key", "value");
        assertThat(cache.get("key")).isNotNull();
        this.server.faults().next("mg", Fault.ignoreRequest());
        assertThatExceptionOfType(MemlinkException.class).isThrownBy(() -> cache.get("key"));
    }

    @Test
    void whatCannotBeDecodedIsAMiss() {
        this.cache.put("key", "value");
        assertThat(this.cache.get("key")).isNotNull();
        String generation = Long.toUnsignedString(
                this.client.blocking().increment("things:generation", 0, 0, Expiration.never()), Character.MAX_RADIX);
        this.client.blocking().set("things:" + generation + ":skey", new byte[] { 1 }, Expiration.never());
        assertThat(this.cache.get("key")).isNull();
        assertThat(statistics().failures()).isEqualTo(1);
    }

    @Test
    void whatCannotBeEncodedLeavesNoOlderValue() {
        this.cache.put("key", "value");
        this.cache.put("key", "lone \ud800");
        assertThat(this.cache.get("key")).isNull();
    }

    @Test
    void aManagerMayHaveAClosedListOfCaches() {
        MemlinkCacheManager manager = MemlinkCacheManager
            .builder(this.client, new JsonTranscoder(JsonMapper.shared(), List.of()))
            .cacheNames(List.of("one"))
            .build();
        manager.afterPropertiesSet();
        assertThat(manager.getCache("one")).isNotNull();
        assertThat(manager.getCache("two")).isNull();
        assertThat(manager.getCacheNames()).containsExactly("one");
        manager.destroy();
    }

}
