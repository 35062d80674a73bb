package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two applications that share a memcached.
 */
@MemcachedTest
class CacheAcrossApplicationsIntegrationTests {

    private static final int THREADS = 200;

    private final Database database = new Database();

    private ApplicationContextRunner runner;

    @BeforeEach
    void configure(MemcachedProcess server) {
        this.runner = CachingApplication.runner(server).withBean(Service.class, () -> new Service(this.database));
    }

    /** What both applications read. */
    static class Database {

        private final AtomicInteger loads = new AtomicInteger();

        /** Loads go on until everybody has asked. */
        private CountDownLatch asked = new CountDownLatch(0);

        int load() {
            try {
                assertThat(this.asked.await(30, TimeUnit.SECONDS)).isTrue();
            }
            catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
            return this.loads.incrementAndGet();
        }

    }

    static class Service {

        private final Database database;

        Service(Database database) {
            this.database = database;
        }

        @Cacheable("things")
        public Integer find(Object key) {
            return this.database.load();
        }

        @Cacheable(cacheNames = "things", sync = true)
        public Integer findOnce(Object key) {
            return this.database.load();
        }

        @Cacheable(cacheNames = "things", sync = true)
        public CompletableFuture<Integer> findLaterOnce(Object key) {
            return CompletableFuture.supplyAsync(this.database::load);
        }

    }

    private static Cache cache(ApplicationContext application) {
        return Objects.requireNonNull(application.getBean(CacheManager.class).getCache("things"));
    }

    @Test
    void aClearIsSeenByTheOtherWithinItsLag() {
        this.runner.run((here) -> this.runner.run((there) -> {
            here.getBean(Service.class).find("key");
            // Nobody waits for a put but who reads after it, on the same connection.
            assertThat(cache(here).get("key")).isNotNull();
            assertThat(there.getBean(Service.class).find("key")).isOne();
            cache(here).clear();
            assertThat(cache(here).get("key")).isNull();
            await().atMost(Duration.ofSeconds(3)).until(() -> cache(there).get("key") == null);
        }));
    }

    @Test
    void whatAnApplicationEvictsBeforeItEndsIsSoForAll() {
        this.runner.run((there) -> {
            this.runner.run((here) -> {
                cache(here).put("key", "before");
                assertThat(cache(here).get("key")).isNotNull();
                cache(there).invalidate();
                assertThat(cache(there).get("key")).isNull();
                cache(there).put("key", "before");
                assertThat(cache(there).get("key")).isNotNull();
                // Not known here yet is the clear, within the lag.
                cache(here).evict("key");
            });
            assertThat(cache(there).get("key")).isNull();
        });
    }

    @Test
    void aClearIsSeenAtOnceWithoutALag() {
        ApplicationContextRunner strict = this.runner.withPropertyValues("memlink.cache.clear-lag=0");
        strict.run((here) -> strict.run((there) -> {
            for (int i = 0; i < 100; i++) {
                cache(here).put("key", i);
                // Nobody waits for a put but who reads after it, on the same connection.
                assertThat(cache(here).get("key")).isNotNull();
                assertThat(cache(there).get("key", Integer.class)).isEqualTo(i);
                cache(here).invalidate();
                assertThat(cache(there).get("key")).isNull();
            }
        }));
    }

    @Test
    @Timeout(60)
    void aSynchronizedMethodRunsOnceForAll() {
        this.runner.run((here) -> this.runner.run((there) -> {
            List<Service> services = List.of(here.getBean(Service.class), there.getBean(Service.class));
            this.database.asked = new CountDownLatch(2 * THREADS);
            ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS);
            try {
                List<CompletableFuture<Integer>> results = new ArrayList<>();
                for (int i = 0; i < 2 * THREADS; i++) {
                    Service service = services.get(i % 2);
                    results.add(CompletableFuture.supplyAsync(() -> {
                        this.database.asked.countDown();
                        return service.findOnce("key");
                    }, threads));
                }
                assertThat(results).allSatisfy((result) -> assertThat(result.join()).isOne());
            }
            finally {
                threads.shutdown();
            }
            assertThat(this.database.loads).hasValue(1);
        }));
    }

    @Test
    @Timeout(60)
    void anAsynchronousMethodRunsOnceForAll() {
        this.runner.run((here) -> this.runner.run((there) -> {
            this.database.asked = new CountDownLatch(1);
            List<CompletableFuture<Integer>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                results.add(here.getBean(Service.class).findLaterOnce("key"));
                results.add(there.getBean(Service.class).findLaterOnce("key"));
            }
            this.database.asked.countDown();
            assertThat(results).allSatisfy((result) -> assertThat(result.join()).isOne());
            assertThat(this.database.loads).hasValue(1);
        }));
    }

}
