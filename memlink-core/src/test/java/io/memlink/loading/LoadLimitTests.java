package io.memlink.loading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.ValueOperations;
import io.memlink.error.MemlinkLoadRefusedException;
import io.memlink.loading.LoadLimit.Permit;
import io.memlink.loading.LoadLimit.WhenFull;
import io.memlink.loading.Loaded.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * An outage of the cache is not one of the database: no more load at the same time than
 * may.
 */
@Timeout(60)
class LoadLimitTests {

    private static final Duration LONG = Duration.ofMinutes(10);

    private static LoadLimit limit(int max) {
        return LoadLimit.of(max, LONG, WhenFull.FAIL);
    }

    @Test
    void whoComesWhenItIsReachedGetsTheNextPermitInTurn() {
        LoadLimit limit = limit(2);
        Permit first = limit.acquire().join();
        Permit second = limit.acquire().join();
        CompletableFuture<Permit> third = limit.acquire();
        CompletableFuture<Permit> fourth = limit.acquire();
        assertThat(third).isNotDone();
        assertThat(limit.active()).isEqualTo(2);
        assertThat(limit.waiting()).isEqualTo(2);
        second.close();
        assertThat(third).isCompleted();
        assertThat(fourth).isNotDone();
        first.close();
        assertThat(fourth).isCompleted();
        third.join().close();
        fourth.join().close();
        assertThat(limit.active()).isZero();
        assertThat(limit.waiting()).isZero();
    }

    @Test
    void aPermitIsReturnedOnce() {
        LoadLimit limit = limit(2);
        Permit permit = limit.acquire().join();
        limit.acquire().join();
        permit.close();
        permit.close();
        assertThat(limit.active()).isOne();
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, 10 })
    void whoHasWaitedTooLongIsRefusedAndGetsNoPermitLater(long millis) {
        LoadLimit limit = LoadLimit.of(1, Duration.ofMillis(millis), WhenFull.FAIL);
        Permit permit = limit.acquire().join();
        CompletableFuture<Permit> late = limit.acquire();
        Throwable failure = catchThrowable(late::join).getCause();
        assertThat(failure).isInstanceOf(MemlinkLoadRefusedException.class)
            .hasMessage(
                    "loads without the cache: 1 under way, and none ended for " + millis + " ms (expected: at most 1)");
        assertThat(limit.refused()).isOne();
        assertThat(limit.waiting()).isZero();
        permit.close();
        assertThat(limit.active()).isZero();
    }

    @Test
    void whoHasWaitedTooLongLoadsNeverthelessWhereThatIsWanted() {
        LoadLimit limit = LoadLimit.of(1, Duration.ofMillis(10), WhenFull.LOAD);
        Permit permit = limit.acquire().join();
        limit.acquire().join().close();
        assertThat(limit.active()).isOne();
        assertThat(limit.refused()).isZero();
        permit.close();
        assertThat(limit.active()).isZero();
    }

    @Test
    void aPermitIsNotLostToWhoHasGivenUpWaiting() {
        LoadLimit limit = limit(1);
        Permit permit = limit.acquire().join();
        CompletableFuture<Permit> gone = limit.acquire();
        CompletableFuture<Permit> next = limit.acquire();
        gone.cancel(false);
        permit.close();
        assertThat(next).isCompleted();
        next.join().close();
        assertThat(limit.active()).isZero();
    }

    @Test
    void aPermitIsReturnedHoweverALoaderEnds() {
        LoadLimit limit = limit(1);
        List<Supplier<CompletionStage<String>>> loaders = List.of(() -> CompletableFuture.completedFuture("value"),
                () -> CompletableFuture.failedFuture(new IllegalStateException("no")), () -> null, () -> {
                    throw new StackOverflowError("of the loader");
                });
        for (Supplier<? extends @Nullable CompletionStage<String>> loader : loaders) {
            CompletableFuture<String> load = limit.call(loader);
            assertThat(load).isDone();
            assertThat(limit.active()).isZero();
        }
    }

    @Test
    void noMoreLoadThanMayWhateverTheThreads() throws Exception {
        LoadLimit limit = limit(3);
        AtomicInteger loading = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 4000; i++) {
                boolean impatient = i % 7 == 0;
                calls.add(threads.submit(() -> {
                    CompletableFuture<Permit> turn = limit.acquire();
                    if (impatient && turn.cancel(false)) {
                        return;
                    }
                    Permit permit = turn.join();
                    most.accumulateAndGet(loading.incrementAndGet(), Math::max);
                    Thread.yield();
                    loading.decrementAndGet();
                    permit.close();
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
        finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(limit.active()).isZero();
        assertThat(limit.waiting()).isZero();
    }

    @Test
    void callersWhoCannotAskTheCacheLoadInTurn() {
        LoadLimit limit = limit(2);
        LoadPolicy policy = LoadPolicy.builder().outageLimit(limit).build();
        List<CompletableFuture<String>> loading = new ArrayList<>();
        try (MemlinkClient client = nowhere()) {
            ValueOperations<String> text = client.with(Transcoder.text());
            List<CompletableFuture<Loaded<String>>> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                calls.add(text.getOrLoad("key" + i, () -> {
                    CompletableFuture<String> load = new CompletableFuture<>();
                    loading.add(load);
                    return load;
                }, policy));
            }
            for (int i = 0; i < 5; i++) {
                await()
                    .until(() -> limit.waiting() + limit.active() == 5 - calls.stream().filter(Future::isDone).count());
                assertThat(loading).hasSize(Math.min(5, i + 2));
                loading.get(i).complete("value");
            }
            assertThat(calls).allSatisfy((call) -> {
                assertThat(call.join().value()).isEqualTo("value");
                assertThat(call.join().source()).isEqualTo(Source.LOADED);
                assertThat(call.join().failure()).isNotNull();
            });
        }
        assertThat(limit.active()).isZero();
    }

    @Test
    void whoMayNotLoadFailsAndSoDoThoseWhoWaitedForIt() {
        LoadLimit limit = LoadLimit.of(1, Duration.ZERO, WhenFull.FAIL);
        LoadPolicy policy = LoadPolicy.builder().outageLimit(limit).build();
        AtomicInteger loads = new AtomicInteger();
        limit.acquire().join();
        try (MemlinkClient client = nowhere()) {
            Throwable failure = catchThrowable(() -> client.blocking()
                .with(Transcoder.text())
                .getOrLoad("key", () -> "value" + loads.incrementAndGet(), policy));
            assertThat(failure).isInstanceOf(MemlinkLoadRefusedException.class);
            assertThat(loads).hasValue(0);
        }
    }

    @Test
    void aLoadOfManyKeysCountsAsOne() {
        LoadLimit limit = LoadLimit.of(1, Duration.ZERO, WhenFull.FAIL);
        LoadPolicy policy = LoadPolicy.builder().outageLimit(limit).build();
        ConcurrentLinkedQueue<List<String>> asked = new ConcurrentLinkedQueue<>();
        try (MemlinkClient client = nowhere()) {
            Map<String, String> values = client.with(Transcoder.text()).getAllOrLoad(List.of("a", "b", "c"), (keys) -> {
                asked.add(keys);
                assertThat(limit.active()).isOne();
                return CompletableFuture.completedFuture(Map.of("a", "1", "b", "2", "c", "3"));
            }, policy).join();
            assertThat(values).hasSize(3);
        }
        assertThat(asked).containsExactly(List.of("a", "b", "c"));
        assertThat(limit.active()).isZero();
    }

    /** A client that cannot ask anybody. */
    private static MemlinkClient nowhere() {
        return MemlinkClient.builder().backends("127.0.0.1:1").requestTimeout(Duration.ofMillis(100)).build();
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> LoadLimit.of(0, LONG, WhenFull.FAIL))
            .withMessageStartingWith("maxConcurrent: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> LoadLimit.of(1, Duration.ofSeconds(-1), WhenFull.FAIL))
            .withMessageStartingWith("maxWait: PT-1S");
    }

}
