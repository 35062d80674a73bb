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
import io.memlink.embedded.HoldFault;
import io.memlink.error.MemlinkException;
import io.memlink.meta.Expiration;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.spring.JsonTranscoder;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnError;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnEvictError;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.test.EmbeddedMemcachedTest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueWrapper;
import org.springframework.cache.interceptor.CacheOperationInvoker.ThrowableWrapper;
import tools.jackson.databind.json.JsonMapper;

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
        assertThat(statistics().get(Count.HITS)).isEqualTo(3);
        assertThat(statistics().get(Count.MISSES)).isEqualTo(1);
        assertThat(statistics().get(Count.PUTS)).isEqualTo(1);
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
        Cache cache = manager(MemlinkCacheConfiguration.builder().cacheNullValues(false).build()).getCache("things");
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
    void aConfiguredCacheExistsFromTheStart() {
        MemlinkCacheManager manager = MemlinkCacheManager
            .builder(this.client, new JsonTranscoder(JsonMapper.shared(), List.of()))
            .withCacheConfiguration("configured", MemlinkCacheConfiguration.defaults())
            .noOpCaches(List.of("nothing"))
            .build();
        manager.afterPropertiesSet();
        assertThat(manager.getCacheNames()).containsExactly("configured");
        Cache nothing = manager.getCache("nothing");
        nothing.put("key", "value");
        assertThat(nothing.get("key")).isNull();
        manager.destroy();
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
        Cache cache = manager(MemlinkCacheConfiguration.builder().timeToLive(Duration.ofSeconds(30)).build())
            .getCache("things");
        cache.put("key", "value");
        cache.get("key");
        assertThat(((MemlinkCache) cache).getCacheConfiguration().timeToLive()).isEqualTo(Duration.ofSeconds(30));
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
        assertThat(this.cache.putIfAbsent("key", "other")).as("nobody knows whether there is a value").isNotNull();
        assertThat(this.cache.<String>get("key", () -> "loaded")).isEqualTo("loaded");
        assertThat(this.cache.retrieve("key").join()).isNull();
        assertThat(statistics().get(Count.FAILURES)).isPositive();
        this.server.resumeAccepting();
        await().untilAsserted(() -> {
            this.cache.put("key", "back");
            assertThat(this.cache.get("key", String.class)).isEqualTo("back");
        });
    }

    @Test
    void failuresAreThrownWhereAsked() {
        Cache cache = manager(MemlinkCacheConfiguration.builder().onError(OnError.THROW).build()).getCache("things");
        cache.put("key", "value");
        assertThat(cache.get("key")).isNotNull();
        this.server.faults().next("mg", Fault.ignoreRequest());
        assertThatExceptionOfType(MemlinkException.class).isThrownBy(() -> cache.get("key"));
    }

    @Test
    void aPutThatFollowsAFailedReadIsNotTried() {
        this.cache.put("key", "old");
        assertThat(this.cache.get("key")).isNotNull();
        HoldFault hold = Fault.hold();
        this.server.faults().next("mg", hold);
        assertThat(this.cache.get("key")).isNull();
        hold.release();
        this.client.blocking().get("after");
        long puts = this.server.requests("ms");
        this.cache.put("key", "new");
        assertThat(this.cache.get("key")).isNull();
        assertThat(this.server.requests("ms")).isEqualTo(puts);
        this.cache.put("key", "newer");
        assertThat(this.cache.get("key", String.class)).isEqualTo("newer");
    }

    @Test
    void aPutThatMayHaveFailedLeavesNothing() {
        this.cache.put("key", "old");
        assertThat(this.cache.get("key")).isNotNull();
        this.server.faults().next("ms", Fault.ignoreRequest());
        this.cache.put("key", "new");
        await().untilAsserted(() -> assertThat(this.cache.get("key")).isNull());
    }

    @Test
    void failedEvictionsAreThrownWhereAsked() {
        Cache cache = manager(MemlinkCacheConfiguration.builder().onEvictError(OnEvictError.THROW).build())
            .getCache("things");
        cache.put("key", "value");
        assertThat(cache.get("key")).isNotNull();
        assertFails("md", () -> cache.evict("key"));
        assertFails("md", () -> cache.evictIfPresent("key"));
        assertFails("ms", cache::invalidate);
        cache.evict("key");
        assertThat(cache.get("key")).isNull();
    }

    private void assertFails(String command, ThrowingCallable operation) {
        HoldFault hold = Fault.hold();
        this.server.faults().next(command, hold);
        assertThatExceptionOfType(MemlinkException.class).isThrownBy(operation);
        hold.release();
        // Comes back only once nothing is held any more.
        this.client.blocking().get("after");
    }

    @Test
    void aPlaceThatIsKeptForALoadIsAMissAndMayBeFilled() {
        this.cache.get("key");
        String generation = Long.toUnsignedString(
                this.client.blocking().increment("things:generation", 0, 0, Expiration.never()), Character.MAX_RADIX);
        this.client
            .send(MetaGet.builder(Key.of("things:" + generation + ":skey"))
                .vivify(Expiration.after(Duration.ofMinutes(1)))
                .value()
                .build())
            .join();
        assertThat(this.cache.get("key")).isNull();
        assertThat(this.cache.putIfAbsent("key", "value")).isNull();
        assertThat(this.cache.get("key", String.class)).isEqualTo("value");
    }

    @Test
    void nothingIsCountedWhereStatisticsAreOff() {
        MemlinkCache cache = (MemlinkCache) manager(MemlinkCacheConfiguration.builder().statistics(false).build())
            .getCache("things");
        cache.put("key", "value");
        assertThat(cache.get("key")).isNotNull();
        for (Count count : Count.values()) {
            assertThat(cache.getStatistics().get(count)).isZero();
        }
    }

    @Test
    void whatCannotBeDecodedIsAMiss() {
        this.cache.put("key", "value");
        assertThat(this.cache.get("key")).isNotNull();
        String generation = Long.toUnsignedString(
                this.client.blocking().increment("things:generation", 0, 0, Expiration.never()), Character.MAX_RADIX);
        this.client.blocking().set("things:" + generation + ":skey", new byte[] { 1 }, Expiration.never());
        assertThat(this.cache.get("key")).isNull();
        assertThat(statistics().get(Count.FAILURES)).isEqualTo(1);
    }

    @Test
    void whatCannotBeEncodedLeavesNoOlderValue() {
        this.cache.put("key", "value");
        this.cache.put("key", "lone \ud800");
        assertThat(this.cache.get("key")).isNull();
    }

    @Test
    void whatAMethodThrowsIsNotWrappedInFutures() {
        Exception thrown = new Exception("of the method");
        assertThat(this.cache.retrieve("key", () -> {
            throw new ThrowableWrapper(thrown);
        })).failsWithin(Duration.ofSeconds(20)).withThrowableThat().havingCause().isSameAs(thrown);
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
