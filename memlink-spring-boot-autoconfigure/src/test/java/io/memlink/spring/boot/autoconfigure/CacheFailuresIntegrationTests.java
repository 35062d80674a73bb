package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.SimpleCacheErrorHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What callers notice of a memcached that goes away and comes back.
 */
@MemcachedTest
class CacheFailuresIntegrationTests {

    private static final int KEYS = 20;

    private ApplicationContextRunner runner;

    private MemcachedProcess server;

    @BeforeEach
    void configure(MemcachedProcess server) {
        this.server = server;
        this.runner = CachingApplication.runner(server)
            .withBean(Service.class)
            .withPropertyValues("memlink.request-timeout=250ms");
    }

    /** Each key has a version, which its method returns. */
    static class Service {

        private final AtomicInteger[] versions = new AtomicInteger[KEYS];

        private final AtomicInteger loads = new AtomicInteger();

        Service() {
            for (int i = 0; i < KEYS; i++) {
                this.versions[i] = new AtomicInteger();
            }
        }

        public int loads() {
            return this.loads.get();
        }

        @Cacheable("things")
        public int find(int key) {
            this.loads.incrementAndGet();
            return this.versions[key].get();
        }

        @Cacheable(cacheNames = "things", sync = true)
        public int findOnce(int key) {
            this.loads.incrementAndGet();
            return this.versions[key].get();
        }

        @Cacheable("things")
        public CompletableFuture<Integer> findLater(int key) {
            this.loads.incrementAndGet();
            return CompletableFuture.completedFuture(this.versions[key].get());
        }

        @CachePut("things")
        public int save(int key) {
            return this.versions[key].get();
        }

        @CacheEvict("things")
        public void change(int key) {
            this.versions[key].incrementAndGet();
        }

    }

    private static MemlinkCache cache(CacheManager manager) {
        return (MemlinkCache) Objects.requireNonNull(manager.getCache("things"));
    }

    @Test
    @Timeout(60)
    void nobodyNoticesThatTheServerIsKilledAndComesBack() {
        this.runner.run((context) -> {
            Service service = context.getBean(Service.class);
            Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
            AtomicBoolean stop = new AtomicBoolean();
            List<CompletableFuture<Void>> load = new ArrayList<>();
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                for (int i = 0; i < 8; i++) {
                    int seed = i;
                    load.add(CompletableFuture.runAsync(() -> work(service, seed, stop, failures), threads));
                }
                await().until(() -> hits(context.getBean(CacheManager.class)) > 100);
                this.server.kill();
                int before = service.loads();
                // If each of them waited for a reply that does not come, this would take
                // minutes.
                await().until(() -> service.loads() > before + 2000);
                this.server.restart();
                long hits = hits(context.getBean(CacheManager.class));
                await().atMost(Duration.ofSeconds(10)).until(() -> hits(context.getBean(CacheManager.class)) > hits);
            }
            finally {
                stop.set(true);
                threads.shutdown();
            }
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            load.forEach(CompletableFuture::join);
            assertThat(failures).isEmpty();
        });
    }

    private static long hits(CacheManager manager) {
        return cache(manager).getStatistics().get(Count.HITS);
    }

    private static void work(Service service, int seed, AtomicBoolean stop, Queue<Throwable> failures) {
        for (int i = seed; !stop.get(); i++) {
            int key = i % KEYS;
            try {
                service.find(key);
                service.findOnce(key);
                service.findLater(key).join();
                if (i % 7 == 0) {
                    service.save(key);
                }
                if (i % 11 == 0) {
                    service.change(key);
                }
            }
            catch (Throwable ex) {
                failures.add(ex);
            }
        }
    }

    @Test
    @Timeout(60)
    void whatWasEvictedWhileTheServerWasAwayIsNeverReadAgain() {
        this.runner.run((context) -> {
            Service service = context.getBean(Service.class);
            for (int key = 0; key < KEYS; key++) {
                service.find(key);
                assertThat(service.find(key)).isZero();
            }
            this.server.pause();
            for (int key = 0; key < KEYS; key++) {
                service.change(key);
            }
            service.find(0);
            this.server.resume();
            for (int i = 0; i < 200; i++) {
                for (int key = 0; key < KEYS; key++) {
                    assertThat(service.find(key)).isOne();
                }
            }
            assertThat(hits(context.getBean(CacheManager.class))).isGreaterThan(KEYS);
        });
    }

    @Test
    void aKilledServerIsAMissThatIsCountedEvenWithAnErrorHandler() {
        RecordingErrorHandler handler = new RecordingErrorHandler();
        this.runner.withBean(CachingConfigurer.class, () -> handler).run((context) -> {
            Service service = context.getBean(Service.class);
            service.find(1);
            this.server.kill();
            assertThat(service.find(1)).isZero();
            service.findOnce(2);
            service.findLater(3).join();
            service.change(1);
            assertThat(handler.seen).isEmpty();
            assertThat(cache(context.getBean(CacheManager.class)).getStatistics().get(Count.FAILURES)).isPositive();
        });
    }

    @Test
    void failuresThatAreThrownReachTheErrorHandler() {
        RecordingErrorHandler handler = new RecordingErrorHandler();
        this.runner.withBean(CachingConfigurer.class, () -> handler)
            .withPropertyValues("memlink.cache.on-error=throw", "memlink.cache.on-evict-error=throw")
            .run((context) -> {
                Service service = context.getBean(Service.class);
                service.find(1);
                this.server.kill();
                assertThat(service.find(1)).isZero();
                assertThat(service.findOnce(1)).isZero();
                assertThat(service.findLater(1).join()).isZero();
                service.change(1);
                assertThat(handler.seen).contains("get", "evict");
            });
    }

    static class RecordingErrorHandler extends SimpleCacheErrorHandler implements CachingConfigurer {

        private final Queue<String> seen = new ConcurrentLinkedQueue<>();

        @Override
        public CacheErrorHandler errorHandler() {
            return this;
        }

        @Override
        public void handleCacheGetError(RuntimeException exception, Cache cache, Object key) {
            this.seen.add("get");
        }

        @Override
        public void handleCachePutError(RuntimeException exception, Cache cache, Object key, Object value) {
            this.seen.add("put");
        }

        @Override
        public void handleCacheEvictError(RuntimeException exception, Cache cache, Object key) {
            this.seen.add("evict");
        }

        @Override
        public void handleCacheClearError(RuntimeException exception, Cache cache) {
            this.seen.add("clear");
        }

    }

}
