package io.memlink.spring.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.embedded.junit.EmbeddedMemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@EmbeddedMemcachedTest
class GenerationTests {

    private final AtomicLong nanos = new AtomicLong();

    private MemlinkClient client;

    private EmbeddedMemcached server;

    @BeforeEach
    void connect(EmbeddedMemcached server) {
        this.server = server;
        this.client = MemlinkClient.builder().backends("127.0.0.1:" + server.port()).build();
    }

    @AfterEach
    void close() {
        this.client.close();
    }

    private Generation generation() {
        return new Generation(this.client, "generation", this.nanos::get);
    }

    private static String current(Generation generation) {
        return generation.apply(CompletableFuture::completedFuture).join();
    }

    @Test
    void isOneForAll() {
        assertThat(current(generation())).isEqualTo(current(generation()));
    }

    @Test
    void isAskedForOnceASecond() {
        Generation generation = generation();
        String current = current(generation);
        long asked = this.server.requests("ma");
        for (int i = 0; i < 100; i++) {
            assertThat(current(generation)).isEqualTo(current);
        }
        assertThat(this.server.requests("ma")).isEqualTo(asked);
        this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(current(generation)).isEqualTo(current);
        assertThat(this.server.requests("ma")).isEqualTo(asked + 1);
    }

    @Test
    void theNextIsSeenAtOnceHereAndWithinASecondElsewhere() {
        Generation here = generation();
        Generation elsewhere = generation();
        String old = current(elsewhere);
        here.next();
        assertThat(current(here)).isNotEqualTo(old);
        assertThat(current(elsewhere)).isEqualTo(old);
        this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(current(elsewhere)).isEqualTo(current(here));
    }

    @Test
    void aLostOneIsReplacedByOneThatWasNeverUsed() {
        Generation generation = generation();
        String first = current(generation);
        String second = generation.next().join();
        this.server.clear();
        this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(current(generation)).isNotIn(first, second);
    }

    @Test
    void whatWaitsForItBeginsInItsOrder() {
        HoldFault hold = Fault.hold();
        this.server.faults().next("ma", hold);
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
