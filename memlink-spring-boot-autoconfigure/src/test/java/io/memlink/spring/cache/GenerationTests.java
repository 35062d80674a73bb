package io.memlink.spring.cache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
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

    @Test
    void isOneForAll() {
        assertThat(generation().current().join()).isEqualTo(generation().current().join());
    }

    @Test
    void isAskedForOnceASecond() {
        Generation generation = generation();
        String current = generation.current().join();
        long asked = this.server.requests("ma");
        for (int i = 0; i < 100; i++) {
            assertThat(generation.current().join()).isEqualTo(current);
        }
        assertThat(this.server.requests("ma")).isEqualTo(asked);
        this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(generation.current().join()).isEqualTo(current);
        assertThat(this.server.requests("ma")).isEqualTo(asked + 1);
    }

    @Test
    void theNextIsSeenAtOnceHereAndWithinASecondElsewhere() {
        Generation here = generation();
        Generation elsewhere = generation();
        String old = elsewhere.current().join();
        here.next();
        assertThat(here.current().join()).isNotEqualTo(old);
        assertThat(elsewhere.current().join()).isEqualTo(old);
        this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(elsewhere.current().join()).isEqualTo(here.current().join());
    }

    @Test
    void aLostOneIsReplacedByOneThatWasNeverUsed() {
        Generation generation = generation();
        String first = generation.current().join();
        String second = generation.next().join();
        this.server.clear();
        this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(generation.current().join()).isNotIn(first, second);
    }

}
