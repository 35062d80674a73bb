package io.memlink.micrometer;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus;
import io.micrometer.core.instrument.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The state of the backends a moment ago. Kept for that moment, since each gauge of each
 * backend asks once in every scrape. Safe for use by many threads.
 */
final class BackendSnapshot {

    private static final long KEPT_MILLIS = 500;

    private final MemlinkClient client;

    private final Clock clock;

    private volatile Snapshot latest = new Snapshot(0, Map.of());

    BackendSnapshot(MemlinkClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Nullable BackendStatus backend(String id) {
        return backends().get(id);
    }

    private Map<String, BackendStatus> backends() {
        Snapshot snapshot = this.latest;
        long now = this.clock.wallTime();
        if (now - snapshot.takenMillis() >= KEPT_MILLIS || now < snapshot.takenMillis()) {
            List<BackendStatus> backends = this.client.backends();
            snapshot = new Snapshot(now, backends.stream()
                .collect(Collectors.toUnmodifiableMap((backend) -> backend.address().id(), Function.identity())));
            this.latest = snapshot;
        }
        return snapshot.backends();
    }

    private record Snapshot(long takenMillis, Map<String, BackendStatus> backends) {

    }

}
