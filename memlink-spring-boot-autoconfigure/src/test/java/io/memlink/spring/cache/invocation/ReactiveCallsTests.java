package io.memlink.spring.cache.invocation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.spring.cache.invocation.LoadLimit.Permit;
import io.memlink.spring.cache.invocation.LoadLimit.WhenFull;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A publisher has a permit from its subscription to its end, whenever that comes.
 */
class ReactiveCallsTests {

    private final LoadLimit limit = LoadLimit.of(1, Duration.ofMinutes(10), WhenFull.FAIL);

    private Publisher<?> call(Class<?> type) {
        Publisher<String> never = (type == Mono.class) ? Mono.never() : Flux.never();
        return (Publisher<?>) ReactiveCalls.call(type, this.limit, () -> never);
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
            Object call = ReactiveCalls.call(type, this.limit,
                    () -> (type == Mono.class) ? Mono.just("value") : Flux.just("value"));
            Flux.from((Publisher<?>) call).doOnComplete(ended::incrementAndGet).subscribe();
        }
        other.close();
        assertThat(ended).hasValue(100_000);
        assertThat(this.limit.active()).isZero();
    }

}
