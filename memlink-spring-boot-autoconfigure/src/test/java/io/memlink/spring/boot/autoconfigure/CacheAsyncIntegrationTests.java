package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Methods whose results come later, on a real memcached.
 */
@MemcachedTest
class CacheAsyncIntegrationTests {

    private ApplicationContextRunner runner;

    @BeforeEach
    void configure(MemcachedProcess server) {
        this.runner = CachingApplication.runner(server).withBean(Service.class);
    }

    private void run(Consumer<Service> test) {
        this.runner.run((context) -> test.accept(context.getBean(Service.class)));
    }

    static class Service {

        private final AtomicInteger calls = new AtomicInteger();

        // The proxy has no fields of its own.
        public int calls() {
            return this.calls.get();
        }

        @Cacheable("futures")
        public CompletableFuture<Integer> future(Object key) {
            return CompletableFuture.completedFuture(this.calls.incrementAndGet());
        }

        @Cacheable(cacheNames = "futures", sync = true)
        public CompletableFuture<Integer> synchronizedFuture(Object key) {
            return CompletableFuture.supplyAsync(this.calls::incrementAndGet);
        }

        @Cacheable("futures")
        public CompletableFuture<Integer> nothing(Object key) {
            this.calls.incrementAndGet();
            return CompletableFuture.completedFuture(null);
        }

        @Cacheable(cacheNames = "futures", sync = true)
        public CompletableFuture<Integer> nothingSynchronized(Object key) {
            this.calls.incrementAndGet();
            return CompletableFuture.completedFuture(null);
        }

        @Cacheable("futures")
        public CompletableFuture<Integer> failing(Object key) {
            this.calls.incrementAndGet();
            return CompletableFuture.failedFuture(new IllegalStateException("failed"));
        }

        @Cacheable(cacheNames = "futures", sync = true)
        public CompletableFuture<Integer> failingSynchronized(Object key) {
            this.calls.incrementAndGet();
            return CompletableFuture.failedFuture(new IllegalStateException("failed"));
        }

        @CachePut(cacheNames = "futures", key = "#key")
        public CompletableFuture<Integer> put(Object key, int value) {
            return CompletableFuture.supplyAsync(() -> value);
        }

        @CacheEvict("futures")
        public CompletableFuture<Void> evict(Object key) {
            return CompletableFuture.runAsync(() -> {
            });
        }

        @Cacheable("monos")
        public Mono<Integer> mono(Object key) {
            return Mono.fromSupplier(this.calls::incrementAndGet);
        }

        @Cacheable(cacheNames = "monos", sync = true)
        public Mono<Integer> synchronizedMono(Object key) {
            return Mono.fromSupplier(this.calls::incrementAndGet);
        }

        @Cacheable("monos")
        public Mono<Integer> emptyMono(Object key) {
            return Mono.defer(() -> {
                this.calls.incrementAndGet();
                return Mono.empty();
            });
        }

        @Cacheable("monos")
        public Mono<Integer> failingMono(Object key) {
            return Mono.error(() -> new IllegalStateException("failed " + this.calls.incrementAndGet()));
        }

        @Cacheable("fluxes")
        public Flux<Integer> flux(Object key) {
            return Flux.defer(() -> Flux.just(this.calls.incrementAndGet(), -1));
        }

        @Cacheable(cacheNames = "fluxes", sync = true)
        public Flux<Integer> synchronizedFlux(Object key) {
            return Flux.defer(() -> Flux.just(this.calls.incrementAndGet(), -1));
        }

        @Cacheable("threads")
        public CompletableFuture<String> thread(Object key) {
            // May block, so must not run where replies are read.
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }

    }

    @Test
    void futuresAreCached() {
        run((service) -> {
            assertThat(service.future("a").join()).isEqualTo(service.future("a").join());
            assertThat(service.synchronizedFuture("b").join()).isEqualTo(service.synchronizedFuture("b").join());
            assertThat(service.calls()).isEqualTo(2);
        });
    }

    @Test
    void nothingIsAResult() {
        run((service) -> {
            assertThat(service.nothing("a").join()).isNull();
            assertThat(service.nothing("a").join()).isNull();
            assertThat(service.nothingSynchronized("b").join()).isNull();
            assertThat(service.nothingSynchronized("b").join()).isNull();
            assertThat(service.calls()).isEqualTo(2);
        });
    }

    @Test
    void failuresAreNotCached() {
        run((service) -> {
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(CompletionException.class).isThrownBy(service.failing("a")::join)
                    .withCauseInstanceOf(IllegalStateException.class);
                assertThatExceptionOfType(CompletionException.class).isThrownBy(service.failingSynchronized("b")::join)
                    .withCauseInstanceOf(IllegalStateException.class);
                assertThatIllegalStateException().isThrownBy(service.failingMono("c")::block);
            }
            assertThat(service.calls()).isEqualTo(6);
        });
    }

    @Test
    void futuresPutAndEvict() {
        run((service) -> {
            service.put("a", 100).join();
            await().untilAsserted(() -> assertThat(service.future("a").join()).isEqualTo(100));
            service.evict("a").join();
            await().untilAsserted(() -> assertThat(service.future("a").join()).isLessThan(100));
        });
    }

    @Test
    void publishersAreCached() {
        run((service) -> {
            assertThat(service.mono("a").block()).isEqualTo(service.mono("a").block());
            assertThat(service.synchronizedMono("b").block()).isEqualTo(service.synchronizedMono("b").block());
            assertThat(service.flux("c").collectList().block()).isEqualTo(service.flux("c").collectList().block());
            assertThat(service.synchronizedFlux("d").collectList().block())
                .isEqualTo(service.synchronizedFlux("d").collectList().block());
            assertThat(service.calls()).isEqualTo(4);
        });
    }

    @Test
    void anEmptyMonoIsAResult() {
        run((service) -> {
            assertThat(service.emptyMono("a").blockOptional()).isEmpty();
            assertThat(service.emptyMono("a").blockOptional()).isEmpty();
            assertThat(service.calls()).isEqualTo(1);
        });
    }

    @Test
    void methodsDoNotRunWhereRepliesAreRead() {
        run((service) -> {
            for (int i = 0; i < 50; i++) {
                assertThat(service.thread(i)).succeedsWithin(Duration.ofSeconds(5))
                    .asString()
                    .doesNotContain("memlink-io");
            }
        });
    }

}
