package io.memlink.micrometer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.test.EmbeddedMemcachedTest;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@EmbeddedMemcachedTest
class MemlinkObservationsTests {

    private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

    private final ObservationRegistry registry = ObservationRegistry.create();

    private MemlinkClient client;

    @BeforeEach
    void connect(EmbeddedMemcached server) {
        this.registry.observationConfig().observationHandler(new Stopped());
        this.client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .requestObserver(new MemlinkObservations(this.registry))
            .build();
        await().until(() -> this.client.backends().get(0).state() == State.UP);
    }

    @AfterEach
    void close() {
        this.client.close();
    }

    @Test
    void aRequestIsASpanOfItsCaller(EmbeddedMemcached server) {
        Observation caller = Observation.start("caller", this.registry);
        caller.scoped(() -> {
            this.client.get("secret-key").join();
        });
        await().until(() -> !this.stopped.isEmpty());
        Observation.Context context = this.stopped.get(0);
        assertThat(context.getParentObservation()).isSameAs(caller);
        assertThat(context.getName()).isEqualTo("db.client.operation.duration");
        assertThat(context.getContextualName()).isEqualTo("get 127.0.0.1:" + server.port());
        assertThat(context.getLowCardinalityKeyValues())
            .containsExactlyInAnyOrderElementsOf(KeyValues.of("db.system.name", "memcached", "db.operation.name", "get",
                    "server.address", "127.0.0.1", "server.port", String.valueOf(server.port()), "error.type", "none"));
        assertThat(context.getAllKeyValues().toString()).doesNotContain("secret-key");
    }

    @Test
    void aFailureIsAnError(EmbeddedMemcached server) {
        this.client.get("k").join();
        server.faults().next("mg", Fault.closeConnection());
        assertThat(this.client.get("k").handle((value, failure) -> failure).join()).isNotNull();
        await().until(() -> this.stopped.size() == 2);
        assertThat(this.stopped.get(1).getError()).isNotNull();
        assertThat(this.stopped.get(1).getLowCardinalityKeyValue("error.type").getValue())
            .isEqualTo("io.memlink.error.MemlinkConnectionException");
    }

    @Test
    void aBulkReadIsOneSpanOfItsCaller() {
        Observation caller = Observation.start("caller", this.registry);
        caller.scoped(() -> {
            this.client.getAll(List.of("secret-1", "secret-2", "secret-3")).join();
        });
        await().until(() -> !this.stopped.isEmpty());
        Observation.Context context = this.stopped.get(0);
        assertThat(this.stopped).hasSize(1);
        assertThat(context.getParentObservation()).isSameAs(caller);
        assertThat(context.getName()).isEqualTo("db.client.operation.duration");
        assertThat(context.getContextualName()).isEqualTo("get all");
        assertThat(context.getLowCardinalityKeyValues())
            .containsExactlyInAnyOrderElementsOf(KeyValues.of("db.system.name", "memcached", "db.operation.name", "get",
                    "server.address", "none", "server.port", "none", "error.type", "none"));
        assertThat(context.getHighCardinalityKeyValue("db.operation.batch.size").getValue()).isEqualTo("3");
        assertThat(context.getAllKeyValues().toString()).doesNotContain("secret-");
    }

    @Test
    void aBulkReadThatMissesAKeyByAFailureIsAnError(EmbeddedMemcached server) {
        this.client.get("k").join();
        server.faults().always("mg", Fault.closeConnection());
        assertThat(this.client.getAll(List.of("a", "b")).join().failures()).isNotEmpty();
        await().until(() -> this.stopped.stream().anyMatch((context) -> context instanceof BulkReadContext));
        assertThat(this.stopped).filteredOn((context) -> context instanceof BulkReadContext)
            .singleElement()
            .satisfies((context) -> assertThat(context.getLowCardinalityKeyValue("error.type").getValue())
                .isEqualTo("io.memlink.error.MemlinkConnectionException"));
    }

    @Test
    void aBulkReadOfNothingIsNone() {
        assertThat(this.client.getAll(List.of()).join().hits()).isEmpty();
        assertThat(this.stopped).isEmpty();
    }

    private final class Stopped implements ObservationHandler<SenderContext<?>> {

        @Override
        public void onStop(SenderContext<?> context) {
            MemlinkObservationsTests.this.stopped.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof SenderContext;
        }

    }

}
