package io.memlink.micrometer;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.loading.BackgroundLoadStatus;
import io.memlink.placement.Backend;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one client in one registry. Safe for use by many threads.
 */
final class ClientMeters {

    private final MeterRegistry registry;

    private final Tags tags;

    private final @Nullable Duration serverInterval;

    private final Map<String, RequestMeters> requests = new ConcurrentHashMap<>();

    private final Map<String, BackendGauges> gauges = new HashMap<>();

    private final Map<String, ServerGauges> servers = new HashMap<>();

    private final Counter panics;

    private volatile long generation = 1;

    private @Nullable MemlinkClient client;

    private @Nullable BackendSnapshot snapshot;

    ClientMeters(MeterRegistry registry, Tags tags, @Nullable Duration serverInterval) {
        this.registry = registry;
        this.tags = tags;
        this.serverInterval = serverInterval;
        this.panics = counter(MemlinkMeter.PANICS, tags);
        Gauge.builder(MemlinkMeter.MEMBERSHIP_GENERATION.meterName(), this, (self) -> self.generation)
            .tags(tags)
            .description(MemlinkMeter.MEMBERSHIP_GENERATION.description())
            .register(registry);
    }

    RequestMeters requests(Backend backend) {
        return requests(backend.id());
    }

    private RequestMeters requests(String backend) {
        RequestMeters meters = this.requests.get(backend);
        return (meters != null) ? meters
                : this.requests.computeIfAbsent(backend, (id) -> new RequestMeters(this.registry, backendTags(id)));
    }

    private Tags backendTags(String id) {
        return this.tags.and("backend", id);
    }

    /** Counts something that does not happen often. */
    void count(MemlinkMeter meter, Backend backend, Tags more) {
        counter(meter, backendTags(backend.id()).and(more)).increment();
    }

    private Counter counter(MemlinkMeter meter, Tags tags) {
        return Counter.builder(meter.meterName())
            .tags(tags)
            .description(meter.description())
            .baseUnit(meter.unit())
            .register(this.registry);
    }

    /** A counter that begins with its first event hides that event from rates. */
    private void beginAtZero(Tags backend) {
        counter(MemlinkMeter.CONNECTS, backend);
        counter(MemlinkMeter.DISCONNECTS, backend);
        counter(MemlinkMeter.LATE_REPLIES, backend);
        for (State state : State.values()) {
            counter(MemlinkMeter.BACKEND_TRANSITIONS, backend.and(MemlinkMetrics.tag(state)));
        }
    }

    void panic() {
        this.panics.increment();
    }

    void membership(long generation) {
        this.generation = generation;
        syncGauges();
    }

    synchronized void watch(MemlinkClient client) {
        this.client = client;
        this.snapshot = new BackendSnapshot(client, this.registry.config().clock());
        FunctionCounter.builder(MemlinkMeter.UNDECODABLE_VALUES.meterName(), client, MemlinkClient::undecodableValues)
            .tags(this.tags)
            .description(MemlinkMeter.UNDECODABLE_VALUES.description())
            .baseUnit(MemlinkMeter.UNDECODABLE_VALUES.unit())
            .register(this.registry);
        backgroundLoads(client, "running", BackgroundLoadStatus::running);
        backgroundLoads(client, "queued", BackgroundLoadStatus::queued);
        FunctionCounter
            .builder(MemlinkMeter.BACKGROUND_LOADS_REFUSED.meterName(), client,
                    (watched) -> watched.backgroundLoads().refused())
            .tags(this.tags)
            .description(MemlinkMeter.BACKGROUND_LOADS_REFUSED.description())
            .baseUnit(MemlinkMeter.BACKGROUND_LOADS_REFUSED.unit())
            .register(this.registry);
        syncGauges();
    }

    private void backgroundLoads(MemlinkClient client, String state, ToIntFunction<BackgroundLoadStatus> count) {
        Gauge
            .builder(MemlinkMeter.BACKGROUND_LOADS.meterName(), client,
                    (watched) -> count.applyAsInt(watched.backgroundLoads()))
            .tags(this.tags.and("state", state))
            .description(MemlinkMeter.BACKGROUND_LOADS.description())
            .baseUnit(MemlinkMeter.BACKGROUND_LOADS.unit())
            .register(this.registry);
    }

    /** Meters of backends that have gone are removed, since they would never end. */
    private synchronized void syncGauges() {
        MemlinkClient client = this.client;
        BackendSnapshot snapshot = this.snapshot;
        if (client == null || snapshot == null) {
            return;
        }
        Set<String> gone = new HashSet<>(this.gauges.keySet());
        for (BackendStatus backend : client.backends()) {
            String id = backend.address().id();
            gone.remove(id);
            this.gauges.computeIfAbsent(id, (absent) -> {
                beginAtZero(backendTags(absent));
                requests(absent);
                return new BackendGauges(this.registry, backendTags(absent), absent, snapshot);
            });
            Duration interval = this.serverInterval;
            if (interval != null) {
                this.servers.computeIfAbsent(id, (absent) -> new ServerGauges(this.registry, backendTags(absent),
                        absent, client, interval.toMillis()));
            }
        }
        gone.forEach(this::remove);
    }

    private void remove(String id) {
        this.gauges.remove(id);
        this.requests.remove(id);
        this.servers.remove(id);
        Tags tags = backendTags(id);
        for (Meter meter : this.registry.getMeters()) {
            Meter.Id meterId = meter.getId();
            if (meterId.getName().startsWith("memlink.")
                    && tags.stream().allMatch((tag) -> tag.getValue().equals(meterId.getTag(tag.getKey())))) {
                this.registry.remove(meter);
            }
        }
    }

}
