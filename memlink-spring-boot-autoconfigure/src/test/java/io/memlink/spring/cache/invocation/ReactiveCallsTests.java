package io.memlink.spring.cache.invocation;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.memlink.spring.cache.invocation.Invocation.Outage;
import io.memlink.spring.cache.invocation.LoadLimit.Permit;
import io.memlink.spring.cache.invocation.LoadLimit.WhenFull;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A publisher has a permit from its subscription to its end, whenever that comes.
 */
@Timeout(60)
class ReactiveCallsTests {

    private final LoadLimit limit = LoadLimit.of(1, Duration.ofMinutes(10), WhenFull.FAIL);

    private Publisher<?> call(Class<?> type) {
        return call(type, outage(this.limit), Mono.never());
    }

    private static Publisher<?> call(Class<?> type, Outage outage, Mono<String> result) {
        return (Publisher<?>) ReactiveCalls.call(type, outage, Invocation.begin(),
                (permit) -> (type == Mono.class) ? result : result.flux());
    }

    private static Outage outage(LoadLimit limit) {
        return new Outage(limit, Runnable::run);
    }

    @ParameterizedTest
    @ValueSource(classes = { Mono.class, Flux.class })
    void whoeverCancelsBeforeItHasThePermitGivesItBack(Class<?> type) {
        call(type).subscribe(new BaseSubscriber<Object>() {

            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                cancel();
            }

        });
        assertThat(this.limit.active()).isZero();
    }

    @ParameterizedTest
    @ValueSource(classes = { Mono.class, Flux.class })
    void whoeverCancelsWhileItWaitsLeavesTheLine(Class<?> type) {
        Permit other = this.limit.acquire().join();
        BaseSubscriber<Object> subscriber = new BaseSubscriber<>() {
        };
        call(type).subscribe(subscriber);
        assertThat(this.limit.waiting()).isOne();
        subscriber.cancel();
        assertThat(this.limit.waiting()).isZero();
        other.close();
        assertThat(this.limit.active()).isZero();
    }

    @ParameterizedTest
    @ValueSource(classes = { Mono.class, Flux.class })
    void whoeverCancelsWhileTheMethodRunsGivesThePermitBack(Class<?> type) {
        BaseSubscriber<Object> subscriber = new BaseSubscriber<>() {
        };
        call(type).subscribe(subscriber);
        assertThat(this.limit.active()).isOne();
        subscriber.cancel();
        assertThat(this.limit.active()).isZero();
    }

    @ParameterizedTest
    @ValueSource(classes = { Mono.class, Flux.class })
    void anyNumberMayWaitForPublishersThatEndAtOnce(Class<?> type) {
        Permit other = this.limit.acquire().join();
        AtomicInteger ended = new AtomicInteger();
        for (int i = 0; i < 100_000; i++) {
            Flux.from(call(type, outage(this.limit), Mono.just("value")))
                .doOnComplete(ended::incrementAndGet)
                .subscribe();
        }
        other.close();
        assertThat(ended).hasValue(100_000);
        assertThat(this.limit.active()).isZero();
    }

    @ParameterizedTest
    @ValueSource(classes = { Mono.class, Flux.class })
    void whatHasWaitedRunsInTheExecutor(Class<?> type) {
        Permit other = this.limit.acquire().join();
        Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        Flux<?> call = Flux.from(call(type, new Outage(this.limit, tasks::add), Mono.just("value")));
        CompletableFuture<?> waits = call.collectList().toFuture();
        other.close();
        assertThat(waits).isNotDone();
        assertThat(this.limit.active()).isOne();
        tasks.remove().run();
        assertThat(waits).isCompleted();
        assertThat(this.limit.active()).isZero();
        assertThat(call.collectList().toFuture()).as("need not wait").isCompleted();
    }

    @ParameterizedTest
    @CsvSource({ "FAIL, reactor.core.publisher.Mono", "FAIL, reactor.core.publisher.Flux",
            "LOAD, reactor.core.publisher.Mono", "LOAD, reactor.core.publisher.Flux" })
    void whatHasWaitedInVainDoesNotGoOnInTheTimer(WhenFull whenFull, Class<?> type) {
        LoadLimit full = LoadLimit.of(1, Duration.ofMillis(50), whenFull);
        full.acquire().join();
        AtomicReference<Thread> thread = new AtomicReference<>();
        Outage outage = new Outage(full, (task) -> new Thread(task, "executor").start());
        CompletableFuture<?> waits = Flux.from(call(type, outage, Mono.just("value")))
            .doOnTerminate(() -> thread.set(Thread.currentThread()))
            .collectList()
            .toFuture();
        assertThat(catchThrowable(waits::join) != null).isEqualTo(whenFull == WhenFull.FAIL);
        assertThat(thread.get().getName()).isIn("executor", Thread.currentThread().getName());
    }

    @ParameterizedTest
    @ValueSource(classes = { Mono.class, Flux.class })
    void anExecutorThatRefusesKeepsNoPermit(Class<?> type) {
        Permit other = this.limit.acquire().join();
        Outage outage = new Outage(this.limit, (task) -> {
            throw new RejectedExecutionException("full");
        });
        CompletableFuture<?> waits = Flux.from(call(type, outage, Mono.just("value"))).collectList().toFuture();
        other.close();
        assertThat(waits).isCompletedExceptionally();
        assertThat(this.limit.active()).isZero();
    }

}
