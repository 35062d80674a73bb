package io.memlink.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.ApplicationContext;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What cached methods store of what they loaded while somebody else changed it.
 */
class FencedMethodsIntegrationTests {

    static class Service {

        private Runnable meanwhile = () -> {
        };

        private CompletableFuture<Integer> future = new CompletableFuture<>();

        private final AtomicInteger calls = new AtomicInteger();

        // The proxy has no fields of its own.
        public void meanwhile(Runnable meanwhile) {
            this.meanwhile = meanwhile;
        }

        public CompletableFuture<Integer> pending() {
            return this.future;
        }

        public int calls() {
            return this.calls.get();
        }

        @Cacheable("things")
        public Integer find(Object key) {
            this.meanwhile.run();
            return this.calls.incrementAndGet();
        }

        @Cacheable(cacheNames = "things", unless = "true")
        public Integer findAndForget(Object key) {
            return this.calls.incrementAndGet();
        }

        @Cacheable("things")
        public Integer fail(Object key) {
            throw new IllegalStateException("failed " + this.calls.incrementAndGet());
        }

        @Cacheable("things")
        public CompletableFuture<Integer> findLater(Object key) {
            return this.future;
        }

        @Cacheable("things")
        public Mono<Integer> findReactively(Object key) {
            return Mono.fromFuture(this.future);
        }

        @CachePut(cacheNames = "things", key = "#key")
        public Integer change(Object key, int value) {
            return value;
        }

        @CacheEvict("things")
        public void evict(Object key) {
        }

    }

    private static ApplicationContextRunner runner(MemcachedProcess server) {
        return CachingApplication.runner(server).withBean(Service.class);
    }

    /** Kept, since what a view has missed is given back when it is collected. */
    private final List<Cache> views = new ArrayList<>();

    private Integer stored(ApplicationContext application) {
        Cache cache = Objects.requireNonNull(application.getBean(CacheManager.class).getCache("things"));
        this.views.add(cache);
        return cache.get("key", Integer.class);
    }

    @Nested
    @MemcachedTest
    class OfAnyServer {

        @Test
        void aMethodDoesNotStoreWhatItLoadedBeforeAnEvictionElsewhere(MemcachedProcess server) {
            runner(server).run((here) -> runner(server).run((there) -> {
                Service service = here.getBean(Service.class);
                service.meanwhile(() -> {
                    there.getBean(Service.class).evict("key");
                    assertThat(stored(there)).isNull();
                });
                assertThat(service.find("key")).isOne();
                assertThat(stored(here)).isNull();
                service.meanwhile(() -> {
                });
                assertThat(service.find("key")).isEqualTo(2);
                // The put that was refused deletes the key, which nobody waits for.
                await().until(() -> service.find("key").equals(service.find("key")));
            }));
        }

        @Test
        void aMethodDoesNotReplaceAChangeElsewhere(MemcachedProcess server) {
            runner(server).run((here) -> runner(server).run((there) -> {
                Service service = here.getBean(Service.class);
                service.meanwhile(() -> {
                    there.getBean(Service.class).change("key", 42);
                    assertThat(stored(there)).isEqualTo(42);
                });
                assertThat(service.find("key")).isOne();
                assertThat(stored(here)).isEqualTo(42);
            }));
        }

        @Test
        void aMethodDoesNotReplaceAChangeThatItMakesItself(MemcachedProcess server) {
            runner(server).run((here) -> {
                Service service = here.getBean(Service.class);
                service.meanwhile(() -> service.change("key", 42));
                assertThat(service.find("key")).isOne();
                assertThat(stored(here)).isEqualTo(42);
            });
        }

        @Test
        void aMethodDoesNotStoreWhatItEvictsItself(MemcachedProcess server) {
            runner(server).run((here) -> {
                Service service = here.getBean(Service.class);
                service.meanwhile(() -> service.evict("key"));
                assertThat(service.find("key")).isOne();
                assertThat(stored(here)).isNull();
            });
        }

        @Test
        void whatFollowsAMethodThatFailedOrWasVetoedIsAChange(MemcachedProcess server) {
            runner(server).run((here) -> runner(server).run((there) -> {
                Service service = here.getBean(Service.class);
                assertThatIllegalStateException().isThrownBy(() -> service.fail("key"));
                there.getBean(Service.class).evict("key");
                assertThat(stored(there)).isNull();
                await().until(() -> {
                    // The first may be taken for what was loaded, which leaves nothing.
                    service.change("key", 42);
                    return Integer.valueOf(42).equals(stored(there));
                });
                service.evict("key");
                assertThat(service.findAndForget("key")).isPositive();
                assertThat(stored(here)).isNull();
                assertThat(service.find("key")).isEqualTo(service.find("key"));
            }));
        }

        @Test
        void aFutureDoesNotStoreWhatItLoadedBeforeAnEvictionElsewhere(MemcachedProcess server) {
            runner(server).run((here) -> runner(server).run((there) -> {
                Service service = here.getBean(Service.class);
                CompletableFuture<Integer> found = service.findLater("key");
                await().until(() -> service.pending().getNumberOfDependents() > 0);
                there.getBean(Service.class).evict("key");
                assertThat(stored(there)).isNull();
                service.pending().complete(1);
                assertThat(found.join()).isOne();
                assertThat(stored(here)).isNull();
                assertThat(service.findLater("key").join()).isOne();
                await().untilAsserted(() -> assertThat(stored(there)).isOne());
            }));
        }

        @Test
        void aChangeMadeWhileAFutureLoadsStays(MemcachedProcess server) {
            runner(server).run((here) -> {
                Service service = here.getBean(Service.class);
                CompletableFuture<Integer> found = service.findLater("key");
                await().until(() -> service.pending().getNumberOfDependents() > 0);
                service.change("key", 42);
                CompletableFuture.runAsync(() -> service.pending().complete(1)).join();
                assertThat(found.join()).isOne();
                assertThat(stored(here)).isEqualTo(42);
            });
        }

        @Test
        void aPublisherDoesNotStoreWhatItLoadedBeforeAnEvictionElsewhere(MemcachedProcess server) {
            runner(server).run((here) -> runner(server).run((there) -> {
                Service service = here.getBean(Service.class);
                CompletableFuture<Integer> found = service.findReactively("key").toFuture();
                await().until(() -> service.pending().getNumberOfDependents() > 0);
                there.getBean(Service.class).evict("key");
                assertThat(stored(there)).isNull();
                service.pending().complete(1);
                assertThat(found.join()).isOne();
                assertThat(stored(here)).isNull();
                assertThat(service.findReactively("key").block()).isOne();
                await().untilAsserted(() -> assertThat(stored(there)).isOne());
            }));
        }

    }

    @Nested
    @MemcachedTest(arguments = "-C")
    class OfAServerWithoutTokens {

        @Test
        void methodsAreCachedAllTheSame(MemcachedProcess server) {
            runner(server).run((here) -> {
                Service service = here.getBean(Service.class);
                assertThat(service.find("key")).isOne();
                assertThat(service.find("key")).isOne();
                assertThat(service.findLater("other").isDone()).isFalse();
                service.evict("key");
                assertThat(service.find("key")).isEqualTo(2);
                assertThat(service.find("key")).isEqualTo(2);
            });
        }

    }

}
