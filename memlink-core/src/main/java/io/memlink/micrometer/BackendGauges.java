package io.memlink.micrometer;

import java.util.function.ToDoubleFunction;

import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The gauges of one backend, in one registry. Kept by its owner, since a registry holds
 * what its gauges read weakly.
 */
final class BackendGauges {

    private final MeterRegistry registry;

    private final Tags tags;

    private final String id;

    private final BackendSnapshot snapshot;

    BackendGauges(MeterRegistry registry, Tags tags, String id, BackendSnapshot snapshot) {
        this.registry = registry;
        this.tags = tags;
        this.id = id;
        this.snapshot = snapshot;
        gauge(MemlinkMeter.BACKEND_UP, Tags.empty(), (backend) -> (backend.state() == State.UP) ? 1 : 0);
        gauge(MemlinkMeter.IN_FLIGHT, Tags.empty(), BackendStatus::inFlight);
        gauge(MemlinkMeter.PENDING_BYTES, Tags.empty(), BackendStatus::pendingBytes);
        gauge(MemlinkMeter.JOURNAL_DEPTH, Tags.empty(), BackendStatus::journalDepth);
        gauge(MemlinkMeter.CONNECTIONS, Tags.of("state", "usable"), BackendStatus::connections);
        gauge(MemlinkMeter.CONNECTIONS, Tags.of("state", "missing"),
                (backend) -> backend.poolSize() - backend.connections());
        FunctionCounter
            .builder(MemlinkMeter.JOURNAL_LOST.meterName(), this, (self) -> self.read(BackendStatus::journalLost))
            .tags(tags)
            .description(MemlinkMeter.JOURNAL_LOST.description())
            .baseUnit(MemlinkMeter.JOURNAL_LOST.unit())
            .register(registry);
    }

    private void gauge(MemlinkMeter meter, Tags more, ToDoubleFunction<BackendStatus> value) {
        Gauge.builder(meter.meterName(), this, (self) -> self.read(value))
            .tags(this.tags.and(more))
            .description(meter.description())
            // An empty unit would end the name in Prometheus with an underscore.
            .baseUnit(meter.unit().isEmpty() ? null : meter.unit())
            .register(this.registry);
    }

    private double read(ToDoubleFunction<BackendStatus> value) {
        BackendStatus backend = this.snapshot.backend(this.id);
        return (backend != null) ? value.applyAsDouble(backend) : Double.NaN;
    }

}
