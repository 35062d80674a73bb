package io.memlink.spring.cache.invocation;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.spring.cache.invocation.LoadLimit.Permit;
import io.memlink.spring.cache.invocation.LoadLimit.WhenFull;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * An outage of the cache is not one of the database: no more load at the same time than
 * may.
 */
@Timeout(60)
class LoadLimitTests {

    private static final Duration LONG = Duration.ofMinutes(10);

    private static final int CANCELLATIONS = 20_000;

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

    /** Nor is whatever waits for it. */
    @Test
    void whoHasBeenServedIsNotKeptForTheRestOfTheTime() {
        LoadLimit limit = limit(1);
        Permit first = limit.acquire().join();
        WeakReference<CompletableFuture<Permit>> second = new WeakReference<>(limit.acquire());
        first.close();
        assertThat(limit.active()).isEqualTo(1);
        Awaitility.await().until(() -> {
            System.gc();
            return second.get() == null;
        });
    }

    /** Between the choice of the next one and its being told. */
    @Test
    void aPermitIsNotLostToWhoIsCancelledWhileItIsServed() {
        LoadLimit limit = limit(1);
        for (int i = 0; i < CANCELLATIONS; i++) {
            Permit first = limit.acquire().join();
            CompletableFuture<Permit> second = limit.acquire();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(first::close);
            int turns = i % 200;
            for (int turn = 0; turn < turns; turn++) {
                Thread.onSpinWait();
            }
            if (!second.cancel(false)) {
                second.join().close();
            }
            closing.join();
            assertThat(limit.active()).as("after %d", i).isZero();
        }
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
        assertThat(failure).isInstanceOf(LoadRefusedException.class)
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
    void anyNumberMayWaitForPermitsThatAreReturnedAtOnce() {
        LoadLimit limit = limit(1);
        Permit permit = limit.acquire().join();
        List<CompletableFuture<Void>> loads = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            loads.add(limit.acquire().thenAccept(Permit::close));
        }
        permit.close();
        assertThat(limit.active()).isZero();
        assertThat(limit.waiting()).isZero();
        assertThat(loads).allMatch((load) -> load.isDone() && !load.isCompletedExceptionally());
    }

    @Test
    void aPermitIsHandedOnWhileAnotherThreadIsBusyWithItsOwn() throws Exception {
        LoadLimit limit = limit(2);
        Permit first = limit.acquire().join();
        Permit second = limit.acquire().join();
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        limit.acquire().thenAccept((permit) -> {
            busy.countDown();
            awaitUnchecked(end);
        });
        CompletableFuture<Permit> next = limit.acquire();
        CompletableFuture<Void> slow = CompletableFuture.runAsync(first::close);
        busy.await();
        second.close();
        assertThat(next).isCompleted();
        end.countDown();
        slow.join();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
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
    void limitsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> LoadLimit.of(0, LONG, WhenFull.FAIL))
            .withMessageStartingWith("maxConcurrent: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> LoadLimit.of(1, Duration.ofSeconds(-1), WhenFull.FAIL))
            .withMessageStartingWith("maxWait: PT-1S");
    }

}
