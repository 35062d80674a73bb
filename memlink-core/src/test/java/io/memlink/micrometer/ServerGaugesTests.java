package io.memlink.micrometer;

import java.time.Duration;
import java.util.List;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.meta.Expiration;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** Tests of the meters of servers, which nobody waits for. */
class ServerGaugesTests {

    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final MockClock clock = new MockClock();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

    private final MemlinkMetrics metrics = new MemlinkMetrics(List.of(), INTERVAL);

    private EmbeddedMemcached server;

    private MemlinkClient client;

    @BeforeEach
    void connect() {
        this.server = EmbeddedMemcached.start();
        this.client = MemlinkClient.builder()
            .backends("a=127.0.0.1:" + this.server.port())
            .clusterListener(this.metrics)
            .requestTimeout(Duration.ofSeconds(10))
            .build();
        this.metrics.watch(this.client);
        this.metrics.bindTo(this.registry);
        await().until(() -> this.client.backends().get(0).state() == State.UP);
    }

    @AfterEach
    void close() {
        this.client.close();
        this.server.close();
    }

    private double items() {
        return this.registry.get("memlink.server.items").tag("backend", "a").gauge().value();
    }

    private double misses() {
        return this.registry.get("memlink.server.misses").tag("backend", "a").functionCounter().count();
    }

    @Test
    void theAnswerIsThereForTheNextReader() {
        this.client.set("k", new byte[1], Expiration.never()).join();
        this.client.get("absent").join();
        assertThat(items()).isNaN();
        await().until(() -> items() == 1);
        assertThat(misses()).isEqualTo(1);
    }

    @Test
    void serversAreAskedOnceInAnInterval() {
        items();
        await().until(() -> !Double.isNaN(items()));
        for (int i = 0; i < 100; i++) {
            items();
        }
        assertThat(this.server.requests("stats")).isEqualTo(1);
        this.clock.add(INTERVAL);
        items();
        await().until(() -> this.server.requests("stats") == 2);
    }

    @Test
    void oneQuestionIsUnderWayAndNobodyWaitsForIt() {
        HoldFault held = Fault.hold();
        this.server.faults().next("stats", held);
        for (int i = 0; i < 100; i++) {
            assertThat(items()).isNaN();
        }
        this.clock.add(INTERVAL);
        assertThat(items()).isNaN();
        held.release();
        await().until(() -> items() == 0);
        assertThat(this.server.requests("stats")).isEqualTo(1);
    }

    @Test
    void anAnswerIsNotToldForEver() {
        items();
        await().until(() -> items() == 0);
        this.server.close();
        await().until(() -> this.client.backends().get(0).state() == State.DOWN);
        this.clock.add(INTERVAL);
        await().until(() -> Double.isNaN(items()));
    }

    @Test
    void anIntervalIsASecondOrMore() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MemlinkMetrics(List.of(), Duration.ofMillis(999)))
            .withMessage("serverInterval: PT0.999S (expected: 1 second to 1 day)");
    }

}
