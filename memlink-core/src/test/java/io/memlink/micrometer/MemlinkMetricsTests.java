package io.memlink.micrometer;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.meta.Expiration;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.placement.Backend;
import io.memlink.transcoder.NumberTranscoder;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MemlinkMetricsTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final MemlinkMetrics metrics = new MemlinkMetrics(List.of(Tag.of("client", "shop")));

    private EmbeddedMemcached server;

    private MemlinkClient client;

    @BeforeEach
    void connect() {
        this.server = EmbeddedMemcached.start();
        this.client = MemlinkClient.builder()
            .backends("a=127.0.0.1:" + this.server.port())
            .clusterListener(this.metrics)
            .requestTimeout(Duration.ofMillis(300))
            .poolSize(1)
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

    private long requests(String operation, String outcome) {
        return this.registry.get("memlink.requests")
            .tags("client", "shop", "backend", "a", "operation", operation, "outcome", outcome)
            .timer()
            .count();
    }

    private double gauge(String name, String... tags) {
        return this.registry.get(name).tags("backend", "a").tags(tags).gauge().value();
    }

    @Test
    void timesRequestsByOperationAndOutcome() {
        this.client.set("k", new byte[1], Expiration.never()).join();
        this.client.get("k").join();
        this.client.get("absent").join();
        this.client.get("absent").join();
        this.client.add("k", new byte[1], Expiration.never()).join();
        this.client.delete("k").join();
        assertThat(requests("set", "stored")).isEqualTo(1);
        // The add looks whether what is there is only a lease.
        assertThat(requests("get", "hit")).isEqualTo(2);
        assertThat(requests("get", "miss")).isEqualTo(2);
        assertThat(requests("set", "not_stored")).isEqualTo(1);
        assertThat(requests("delete", "done")).isEqualTo(1);
        assertThat(this.registry.get("memlink.requests.queued").functionTimer().count()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = { "timeout", "overloaded", "violation" })
    void countsFailuresFromZeroOnBeforeThereIsAny(String outcome) {
        assertThat(requests("get", outcome)).isZero();
        assertThat(requests("set", outcome)).isZero();
        assertThat(requests("delete", outcome)).isZero();
    }

    @Test
    void countsTimeouts() {
        this.server.faults().next("mg", Fault.ignoreRequest());
        assertThat(this.client.get("k").handle((value, failure) -> failure).join()).isNotNull();
        assertThat(requests("get", "timeout")).isEqualTo(1);
    }

    @Test
    void countsLeases() {
        MetaGet read = MetaGet.builder(Key.of("k")).vivify(Expiration.after(Duration.ofSeconds(9))).value().build();
        this.client.send(read).join();
        this.client.send(read).join();
        this.client.send(read).join();
        assertThat(this.registry.get("memlink.leases").tag("result", "won").counter().count()).isEqualTo(1);
        assertThat(this.registry.get("memlink.leases").tag("result", "lost").counter().count()).isEqualTo(2);
        assertThat(requests("get", "miss")).as("a lease is no value").isEqualTo(3);
    }

    @Test
    void aStaleValueIsNeitherHitNorMiss() {
        this.client.set("k", new byte[1], Expiration.never()).join();
        this.client.markStale("k", Duration.ofSeconds(9)).join();
        this.client.get("k").join();
        assertThat(requests("get", "stale")).isEqualTo(1);
    }

    @Test
    void countsValuesThatCannotBeDecoded() {
        this.client.set("k", new byte[1], Expiration.never()).join();
        assertThat(this.client.with(NumberTranscoder.longs()).get("k").join()).isNull();
        assertThat(this.registry.get("memlink.undecodable.values").tag("client", "shop").functionCounter().count())
            .isEqualTo(1);
    }

    @Test
    void readsBackends() {
        assertThat(gauge("memlink.backend.up")).isEqualTo(1);
        assertThat(gauge("memlink.connections", "state", "usable")).isEqualTo(1);
        assertThat(gauge("memlink.connections", "state", "missing")).isZero();
        assertThat(gauge("memlink.in.flight")).isZero();
    }

    @Test
    void tellsThatABackendIsDown() {
        this.server.close();
        await().until(() -> gauge("memlink.backend.up") == 0);
        await()
            .until(() -> this.registry.get("memlink.backend.transitions").tag("state", "down").counter().count() == 1);
    }

    @Test
    void followsTheMembership() {
        this.client.membership().apply(List.of(Backend.parse("b=127.0.0.1:" + this.server.port())), true);
        await().until(() -> this.registry.find("memlink.backend.up").tag("backend", "b").gauge() != null);
        await().until(() -> this.registry.find("memlink.backend.up").tag("backend", "a").gauge() == null);
        assertThat(this.registry.get("memlink.membership.generation").gauge().value()).isEqualTo(2);
    }

    @Test
    void registersOnlyWhatIsListed() {
        this.client.get("k").join();
        Set<String> listed = Arrays.stream(MemlinkMeter.values())
            .map(MemlinkMeter::meterName)
            .collect(Collectors.toSet());
        for (Meter meter : this.registry.getMeters()) {
            assertThat(listed).contains(meter.getId().getName());
        }
    }

    @Test
    void noMeterTellsAKey() {
        this.client.get("secret-key").join();
        for (Meter meter : this.registry.getMeters()) {
            assertThat(meter.getId().toString()).doesNotContain("secret-key");
        }
    }

}
