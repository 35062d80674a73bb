package io.memlink.spring.cache.generation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@EmbeddedMemcachedTest
class GenerationTests {

    private static final Duration LAG = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong();

    private MemlinkClient client;

    private EmbeddedMemcached server;

    @BeforeEach
    void connect(EmbeddedMemcached server) {
        this.server = server;
        this.client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .requestTimeout(Duration.ofSeconds(2))
            .build();
    }

    @AfterEach
    void close() {
        this.client.close();
    }

    private Generation generation() {
        return generation(LAG);
    }

    private Generation generation(Duration lag) {
        return new Generation(this.client, "generation", lag, new SteppedTime(this.nanos::get));
    }

    private static String current(Generation generation) {
        return generation.apply(CompletableFuture::completedFuture).join();
    }

    private void waitFor(Duration time) {
        this.nanos.addAndGet(time.toNanos());
    }

    @Test
    void isOneForAll() {
        assertThat(current(generation())).isEqualTo(current(generation()));
    }

    @Test
    void isAskedForOnceInHalfTheLag() {
        Generation generation = generation();
        String current = current(generation);
        long asked = this.server.requests("mg");
        for (int i = 0; i < 100; i++) {
            assertThat(current(generation)).isEqualTo(current);
        }
        assertThat(this.server.requests("mg")).isEqualTo(asked);
        waitFor(LAG.dividedBy(2));
        for (int i = 0; i < 100; i++) {
            assertThat(current(generation)).isEqualTo(current);
        }
        await().untilAsserted(() -> assertThat(this.server.requests("mg")).isEqualTo(asked + 1));
    }

    @Test
    void isAskedForAheadSoThatNobodyWaits() {
        Generation here = generation();
        Generation elsewhere = generation();
        String old = current(here);
        elsewhere.next().join();
        waitFor(LAG.dividedBy(2));
        assertThat(current(here)).isEqualTo(old);
        await().until(() -> !current(here).equals(old));
    }

    @Test
    void theNextIsSeenAtOnceHereAndWithinTheLagElsewhere() {
        Generation here = generation();
        Generation elsewhere = generation();
        String old = current(elsewhere);
        here.next();
        assertThat(current(here)).isNotEqualTo(old);
        assertThat(current(elsewhere)).isEqualTo(old);
        waitFor(LAG);
        assertThat(current(elsewhere)).isEqualTo(current(here));
    }

    @Test
    void isCheckedWithEachOperationWithoutALag() {
        Generation here = generation(Duration.ZERO);
        Generation elsewhere = generation(Duration.ZERO);
        String old = current(elsewhere);
        for (int i = 0; i < 10; i++) {
            here.next().join();
            assertThat(current(elsewhere)).isNotEqualTo(old);
            old = current(elsewhere);
        }
    }

    @Test
    void anOperationDoesNotWaitForWhatIsProbablyStillSo() {
        Generation generation = generation();
        String old = current(generation);
        waitFor(LAG);
        HoldFault hold = Fault.hold();
        this.server.faults().next("mg", hold);
        List<String> begun = new ArrayList<>();
        CompletableFuture<String> result = generation.apply((text) -> begin(begun, text));
        assertThat(begun).containsExactly(old);
        assertThat(result).isNotDone();
        hold.release();
        assertThat(result.join()).isEqualTo(old);
        assertThat(begun).containsExactly(old);
    }

    @Test
    void anOperationBeginsAgainInANewGeneration() {
        Generation here = generation();
        Generation elsewhere = generation();
        String old = current(here);
        elsewhere.next().join();
        waitFor(LAG);
        List<String> begun = new ArrayList<>();
        String result = here.apply((text) -> begin(begun, text)).join();
        assertThat(begun).containsExactly(old, result);
        assertThat(result).isEqualTo(current(elsewhere));
    }

    @Test
    void whatMustHappenOnceWaits() {
        Generation here = generation();
        Generation elsewhere = generation();
        current(here);
        elsewhere.next().join();
        waitFor(LAG);
        List<String> begun = new ArrayList<>();
        assertThat(here.applyOnce((text) -> begin(begun, text)).join()).isEqualTo(current(elsewhere));
        assertThat(begun).containsExactly(current(elsewhere));
    }

    private static CompletableFuture<String> begin(List<String> begun, String text) {
        begun.add(text);
        return CompletableFuture.completedFuture(text);
    }

    @Test
    void aLostOneIsReplacedByOneThatWasNeverUsed() {
        Generation generation = generation();
        String first = current(generation);
        generation.next().join();
        String second = current(generation);
        this.server.clear();
        waitFor(LAG);
        assertThat(current(generation)).isNotIn(first, second);
    }

    @Test
    void aClearThatFailedIsNotForgotten() {
        Generation here = generation();
        Generation elsewhere = generation();
        String old = current(elsewhere);
        current(here);
        this.server.faults().next("ms", Fault.closeConnection());
        assertThat(here.next()).failsWithin(Duration.ofSeconds(5));
        await().until(() -> {
            waitFor(LAG);
            return !current(elsewhere).equals(old);
        });
    }

    @Test
    void whatComesAfterAClearThatFailedSeesIt() {
        Generation generation = generation();
        String old = current(generation);
        this.server.faults().next("ms", Fault.closeConnection());
        assertThat(generation.next()).failsWithin(Duration.ofSeconds(5));
        await().ignoreExceptions().until(() -> !current(generation).equals(old));
    }

    @Test
    void whatWaitsForItBeginsInItsOrder() {
        HoldFault hold = Fault.hold();
        this.server.faults().next("mg", hold);
        Generation generation = generation();
        List<Integer> begun = new ArrayList<>();
        List<CompletableFuture<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            results.add(generation.apply((text) -> {
                begun.add(number);
                return CompletableFuture.completedFuture(number);
            }));
        }
        hold.release();
        results.forEach(CompletableFuture::join);
        assertThat(begun).hasSize(100).isSorted();
    }

}
