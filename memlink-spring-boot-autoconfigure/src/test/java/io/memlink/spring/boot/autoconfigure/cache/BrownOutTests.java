package io.memlink.spring.boot.autoconfigure.cache;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import io.memlink.spring.cache.MemlinkCacheManager;
import io.memlink.spring.cache.invocation.Invocation;
import io.memlink.spring.cache.invocation.LoadLimit;
import io.memlink.spring.cache.invocation.LoadRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.LoggingCacheErrorHandler;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.util.AopTestUtils;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * While the cache cannot be used, no more cached methods run at the same time than may,
 * and each of them gives its place to the next, however it ends.
 */
@Timeout(60)
class BrownOutTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class,
                MemlinkCacheAutoConfiguration.class, CacheAutoConfiguration.class))
        .withUserConfiguration(Application.class)
        .withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.request-timeout=100ms",
                "memlink.cache.brown-out.max-concurrent-loads=1");

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    @AutoConfigurationPackage
    @Import(Service.class)
    static class Application {

    }

    static class Service {

        final AtomicInteger calls = new AtomicInteger();

        final AtomicReference<Runnable> inside = new AtomicReference<>(() -> {
        });

        final AtomicReference<CompletableFuture<String>> later = new AtomicReference<>(new CompletableFuture<>());

        final AtomicReference<Supplier<Publisher<String>>> around = new AtomicReference<>();

        final AtomicReference<Supplier<Publisher<String>>> between = new AtomicReference<>();

        private String call() {
            this.calls.incrementAndGet();
            this.inside.get().run();
            return "value";
        }

        @Cacheable("things")
        public String plain(int key) {
            return call();
        }

        @Cacheable(cacheNames = "others", sync = true)
        public String together(int key) {
            return call();
        }

        @Cacheable(cacheNames = "things", unless = "true")
        public String unstored(int key) {
            return call();
        }

        @Cacheable("things")
        public CompletableFuture<String> future(int key) {
            this.calls.incrementAndGet();
            return this.later.get();
        }

        @Cacheable("things")
        public Mono<String> mono(int key) {
            return Mono.defer(() -> {
                this.calls.incrementAndGet();
                return Mono.fromFuture(this.later.get());
            });
        }

        @Cacheable("things")
        public Mono<String> monoOfAnother(int key) {
            call();
            return Mono.just("value");
        }

        @Cacheable("things")
        public Flux<String> fluxOfAnother(int key) {
            return Flux.defer(() -> Flux.just(call()));
        }

        @Cacheable(cacheNames = "others", sync = true)
        public Mono<String> monoTogether(int key) {
            return Mono.fromCallable(this::call);
        }

        @Cacheable("things")
        public Mono<String> monoAround(int key) {
            return Mono.from(this.around.get().get());
        }

        @Cacheable("things")
        public Flux<String> fluxAround(int key) {
            return Flux.from(this.around.get().get());
        }

        @Cacheable("things")
        public Mono<String> monoBetween(int key) {
            return Mono.from(this.between.get().get());
        }

        @Cacheable({ "things", "others" })
        public String ofTwoCaches(int key) {
            return call();
        }

        @Cacheable(cacheNames = "others", sync = true)
        public CompletableFuture<String> futureTogether(int key) {
            this.calls.incrementAndGet();
            return this.later.get();
        }

    }

    private static LoadLimit limit(MemlinkCacheManager manager) {
        LoadLimit limit = manager.getOutageLimit();
        assertThat(limit).isNotNull();
        return limit;
    }

    private void run(OutageTest test, String... properties) {
        this.runner.withPropertyValues(properties).run((context) -> {
            LoadLimit limit = limit(context.getBean(MemlinkCacheManager.class));
            Service service = context.getBean(Service.class);
            test.accept(service, AopTestUtils.getTargetObject(service), limit);
            await().untilAsserted(() -> assertThat(limit.active()).isZero());
            assertThat(limit.waiting()).isZero();
        });
    }

    /** A test that calls a proxy, and knows what is behind it. */
    private interface OutageTest {

        void accept(Service service, Service target, LoadLimit limit) throws Exception;

    }

    @Test
    void eachMethodGivesItsPlaceToTheNextHoweverItEnds() {
        run((service, target, limit) -> {
            List<Function<Integer, String>> methods = List.of(service::plain, service::together, service::unstored,
                    service::ofTwoCaches);
            for (Function<Integer, String> method : methods) {
                target.inside.set(() -> assertThat(limit.active()).isOne());
                assertThat(method.apply(1)).isEqualTo("value");
                assertThat(limit.active()).isZero();
                target.inside.set(() -> {
                    throw new IllegalStateException("of the method");
                });
                assertThatThrownBy(() -> method.apply(2)).hasMessage("of the method");
                assertThat(limit.active()).isZero();
            }
        }, "memlink.cache.brown-out.max-wait=0");
    }

    @Test
    void aMethodThatCallsAnotherNeedsOnePlace() {
        run((service, target, limit) -> {
            List<Function<Integer, String>> methods = List.of(service::plain, service::together);
            for (Function<Integer, String> outer : methods) {
                for (Function<Integer, String> inner : methods) {
                    target.inside.set(() -> {
                        target.inside.set(() -> assertThat(limit.active()).isOne());
                        assertThat(inner.apply(2)).isEqualTo("value");
                    });
                    assertThat(outer.apply(1)).isEqualTo("value");
                }
            }
            assertThat(target.calls).hasValue(8);
        }, "memlink.cache.brown-out.max-wait=0");
    }

    @Test
    void aMethodThatReturnsAPublisherGivesItsPlaceToWhatItCalls() {
        run((service, target, limit) -> {
            target.inside.set(() -> {
                target.inside.set(() -> assertThat(limit.active()).isOne());
                assertThat(service.plain(2)).isEqualTo("value");
            });
            assertThat(service.monoOfAnother(1).block()).isEqualTo("value");
        }, "memlink.cache.brown-out.max-wait=0");
    }

    @Test
    void aPublisherGivesItsPlaceToWhatItCallsAndSubscribesTo() {
        run((service, target, limit) -> {
            target.inside.set(() -> assertThat(limit.active()).isOne());
            target.between.set(() -> Mono.fromCallable(() -> service.plain(3)));
            Mono<Integer> elsewhere = Mono.just(2).publishOn(Schedulers.parallel());
            Map<String, Supplier<Publisher<String>>> inner = new LinkedHashMap<>();
            inner.put("a Mono", () -> service.monoOfAnother(2));
            inner.put("a Flux", () -> service.fluxOfAnother(2));
            inner.put("one for all callers", () -> service.monoTogether(2));
            inner.put("a Mono of another thread", () -> elsewhere.flatMap(service::monoOfAnother));
            inner.put("a Flux of another thread", () -> elsewhere.flatMapMany(service::fluxOfAnother));
            inner.put("one for all callers, subscribed to later", () -> Mono.just(2).flatMap(service::monoTogether));
            inner.put("a plain method", () -> Mono.fromCallable(() -> service.plain(2)));
            inner.put("a plain method in a Flux", () -> Flux.just(2).map(service::plain));
            inner.put("a plain method of a Mono", () -> service.monoBetween(2));
            inner.forEach((name, publisher) -> {
                target.around.set(publisher);
                assertThat(service.monoAround(1).block()).as(name).isEqualTo("value");
                assertThat(service.fluxAround(1).blockLast()).as(name).isEqualTo("value");
                await().untilAsserted(() -> assertThat(limit.active()).isZero());
            });
            assertThat(limit.refused()).isZero();
        }, "memlink.cache.brown-out.max-wait=0");
    }

    @Test
    void aPublisherThatHasEndedGivesNoPlace() {
        run((service, target, limit) -> {
            AtomicReference<Mono<String>> kept = new AtomicReference<>();
            target.around.set(() -> {
                kept.set(service.monoOfAnother(2));
                return Mono.just("value");
            });
            assertThat(service.monoAround(1).block()).isEqualTo("value");
            LoadLimit.Permit other = limit.acquire().join();
            assertThatThrownBy(kept.get()::block).isInstanceOf(LoadRefusedException.class);
            other.close();
        }, "memlink.cache.brown-out.max-wait=0");
    }

    @Test
    void whoeverSubscribesIsNotWithinThePublisher() {
        run((service, target, limit) -> {
            target.around.set(() -> Flux.just("value", "another"));
            List<Optional<Invocation>> seen = new ArrayList<>();
            service.fluxAround(1).doOnNext((value) -> seen.add(Optional.ofNullable(Invocation.present()))).blockLast();
            assertThat(seen).containsExactly(Optional.empty(), Optional.empty());
        }, "memlink.cache.brown-out.max-wait=0");
    }

    @Test
    void whatComesWhenTooManyRunFails() {
        run((service, target, limit) -> {
            LoadLimit.Permit other = limit.acquire().join();
            target.later.get().complete("later");
            assertThatThrownBy(() -> service.plain(1)).isInstanceOf(LoadRefusedException.class);
            assertThatThrownBy(() -> service.together(1)).isInstanceOf(LoadRefusedException.class);
            assertThat(failure(service.future(1))).isInstanceOf(LoadRefusedException.class);
            assertThat(failure(service.futureTogether(1))).isInstanceOf(LoadRefusedException.class);
            assertThat(target.calls).hasValue(0);
            assertThat(limit.refused()).isEqualTo(4);
            other.close();
            assertThat(service.plain(1)).isEqualTo("value");
            assertThat(service.together(1)).isEqualTo("value");
            assertThat(service.future(1).join()).isEqualTo("later");
            assertThat(service.futureTogether(1).join()).isEqualTo("later");
        }, "memlink.cache.brown-out.max-wait=0");
    }

    private static Throwable failure(CompletableFuture<String> future) {
        Throwable failure = catchThrowable(future::join);
        return (failure instanceof CompletionException) ? failure.getCause() : failure;
    }

    @Test
    void whatComesWhenTooManyRunWaitsForThem() {
        run((service, target, limit) -> {
            CompletableFuture<String> first = service.future(1);
            await().until(() -> limit.active() == 1);
            CompletableFuture<String> second = service.futureTogether(2);
            CompletableFuture<String> third = CompletableFuture.supplyAsync(() -> service.plain(3));
            await().until(() -> limit.waiting() == 2);
            assertThat(target.calls).hasValue(1);
            target.later.get().complete("later");
            assertThat(first.join()).isEqualTo("later");
            assertThat(second.join()).isEqualTo("later");
            assertThat(third.join()).isEqualTo("value");
        }, "memlink.cache.brown-out.max-wait=10m");
    }

    @Test
    void aFutureThatFailsGivesItsPlaceToTheNext() {
        run((service, target, limit) -> {
            List<CompletableFuture<String>> calls = new ArrayList<>();
            calls.add(service.future(1));
            calls.add(service.future(2));
            calls.add(service.futureTogether(3));
            target.later.get().completeExceptionally(new IllegalStateException("of the method"));
            assertThat(calls).allSatisfy((call) -> assertThat(failure(call)).hasMessage("of the method"));
        }, "memlink.cache.brown-out.max-wait=10m");
    }

    @Test
    void whatHasWaitedRunsNeverthelessWhereThatIsWanted() {
        run((service, target, limit) -> {
            LoadLimit.Permit other = limit.acquire().join();
            assertThat(service.plain(1)).isEqualTo("value");
            assertThat(service.together(1)).isEqualTo("value");
            other.close();
        }, "memlink.cache.brown-out.max-wait=1ms", "memlink.cache.brown-out.when-full=load");
    }

    @Test
    void aMethodWhoseCallerHasGivenUpKeepsItsPlaceUntilItEnds() {
        run((service, target, limit) -> {
            CompletableFuture<String> given = service.future(1);
            await().until(() -> limit.active() == 1);
            given.completeExceptionally(new IllegalStateException("given up"));
            assertThat(limit.active()).isOne();
            assertThat(failure(service.future(2))).isInstanceOf(LoadRefusedException.class);
            target.later.get().complete("later");
            await().until(() -> limit.active() == 0);
        }, "memlink.cache.brown-out.max-wait=0");
    }

    @Test
    void aCallerThatGivesUpWaitingTakesNoPlace() {
        run((service, target, limit) -> {
            LoadLimit.Permit other = limit.acquire().join();
            CompletableFuture<String> given = service.future(1);
            await().until(() -> limit.waiting() == 1);
            given.cancel(false);
            target.later.get().complete("later");
            other.close();
            await().until(() -> limit.active() == 0 && limit.waiting() == 0);
        }, "memlink.cache.brown-out.max-wait=10m");
    }

    @Test
    void aPublisherHasAPlaceFromItsSubscriptionToItsEnd() {
        run((service, target, limit) -> {
            Mono<String> first = service.mono(1);
            service.mono(2);
            assertThat(limit.active()).isZero();
            CompletableFuture<String> result = first.toFuture();
            await().until(() -> target.calls.get() == 1);
            assertThat(limit.active()).isOne();
            CompletableFuture<String> second = service.mono(3).toFuture();
            await().until(() -> limit.waiting() == 1);
            target.later.get().complete("later");
            assertThat(result.join()).isEqualTo("later");
            assertThat(second.join()).isEqualTo("later");
            service.mono(4).toFuture().cancel(false);
        }, "memlink.cache.brown-out.max-wait=10m");
    }

    @Test
    void aCallerThatIsInterruptedWaitsNoLonger() {
        run((service, target, limit) -> {
            LoadLimit.Permit other = limit.acquire().join();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> service.plain(1)).isInstanceOf(LoadRefusedException.class)
                .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(limit.waiting()).isZero();
            other.close();
        }, "memlink.cache.brown-out.max-wait=10m", "memlink.request-timeout=10s");
    }

    @Test
    void aMethodWithinATransactionGivesItsPlaceToTheNext() {
        run((service, target, limit) -> {
            TransactionSynchronizationManager.initSynchronization();
            try {
                assertThat(service.plain(1)).isEqualTo("value");
                target.inside.set(() -> {
                    throw new IllegalStateException("of the method");
                });
                assertThatThrownBy(() -> service.plain(2)).hasMessage("of the method");
                assertThat(limit.active()).isZero();
            }
            finally {
                TransactionSynchronizationManager.clearSynchronization();
            }
        }, "memlink.cache.brown-out.max-wait=0", "memlink.cache.transaction-aware=true");
    }

    @Test
    void aReadOfACacheIsNoMethodAndTakesNoPlace() {
        this.runner.run((context) -> {
            MemlinkCacheManager manager = context.getBean(MemlinkCacheManager.class);
            assertThat(manager.getCache("things").get(1)).isNull();
            assertThat(limit(manager).active()).isZero();
        });
    }

    @Test
    void anErrorHandlerDoesNotLetMoreRun() {
        this.runner.withBean(CachingConfigurer.class, () -> new CachingConfigurer() {

            @Override
            public CacheErrorHandler errorHandler() {
                return new LoggingCacheErrorHandler();
            }

        }).withPropertyValues("memlink.cache.on-error=throw", "memlink.cache.brown-out.max-wait=0").run((context) -> {
            LoadLimit limit = limit(context.getBean(MemlinkCacheManager.class));
            LoadLimit.Permit other = limit.acquire().join();
            Service service = context.getBean(Service.class);
            assertThatThrownBy(() -> service.plain(1)).isInstanceOf(LoadRefusedException.class);
            other.close();
            assertThat(service.plain(1)).isEqualTo("value");
        });
    }

    @Test
    void aSettingThatMakesNoSenseIsNamed() {
        this.runner.withPropertyValues("memlink.cache.brown-out.max-concurrent-loads=0")
            .run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("maxConcurrent: 0"));
    }

    @Test
    void thereIsNoLimitUnlessItIsSet() {
        new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MemlinkAutoConfiguration.class,
                    MemlinkTemplateAutoConfiguration.class, MemlinkCacheAutoConfiguration.class))
            .withUserConfiguration(Application.class)
            .withPropertyValues("memlink.backends=127.0.0.1:1")
            .run((context) -> assertThat(context.getBean(MemlinkCacheManager.class).getOutageLimit()).isNull());
    }

}
