package io.memlink.micrometer;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.memlink.MemlinkClient;
import io.memlink.check.Require;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.ClusterListener;
import io.memlink.error.MemlinkException;
import io.memlink.link.Request;
import io.memlink.placement.Backend;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * The {@linkplain MemlinkMeter meters} of one client. Safe for use by many threads. Is
 * given to the builder of the client as its listener, and bound to one registry or
 * several; what happened before is not counted. The gauges of backends are there as soon
 * as it {@linkplain #watch watches} the client.
 *
 * @since 0.1.0
 */
public final class MemlinkMetrics implements ClusterListener, MeterBinder {

    private final Tags tags;

    private final @Nullable Duration serverInterval;

    private final List<ClientMeters> registries = new CopyOnWriteArrayList<>();

    private volatile @Nullable MemlinkClient client;

    /** Creates the meters of the only client of an application. */
    public MemlinkMetrics() {
        this(List.of());
    }

    /**
     * Creates meters with tags that tell this client from others; all clients of an
     * application need tags of the same keys.
     * @param tags common to all meters
     */
    public MemlinkMetrics(Iterable<? extends Tag> tags) {
        this(tags, null);
    }

    /**
     * Creates meters among which may be those of the servers, {@code memlink.server}.
     * @param tags common to all meters
     * @param serverInterval how old the answer of a server may be when it is asked anew;
     * nobody waits for that, so what is read is the answer before; 1 second to 1 day.
     * {@code null} to ask no server
     */
    public MemlinkMetrics(Iterable<? extends Tag> tags, @Nullable Duration serverInterval) {
        if (serverInterval != null) {
            Require.within("serverInterval", serverInterval, Duration.ofSeconds(1), Duration.ofDays(1));
        }
        this.tags = Tags.of(Objects.requireNonNull(tags, "tags"));
        this.serverInterval = serverInterval;
    }

    /**
     * Registers the meters.
     * @param registry belongs to the caller
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        ClientMeters meters = new ClientMeters(Objects.requireNonNull(registry, "registry"), this.tags,
                this.serverInterval);
        this.registries.add(meters);
        MemlinkClient client = this.client;
        if (client != null) {
            meters.watch(client);
        }
    }

    /**
     * Registers the gauges of the backends of a client, and keeps them in step with its
     * membership.
     * @param client that this listens to; belongs to the caller
     */
    public void watch(MemlinkClient client) {
        this.client = Objects.requireNonNull(client, "client");
        this.registries.forEach((meters) -> meters.watch(client));
    }

    @Override
    public void requestEnded(Backend backend, Request<?> request, @Nullable Object reply, @Nullable Throwable failure,
            long queuedNanos, long wireNanos) {
        Operation operation = Operation.of(request);
        RequestResult result = RequestResult.of(operation, reply, failure);
        for (ClientMeters meters : this.registries) {
            meters.requests(backend).record(operation, result, reply, queuedNanos, wireNanos);
        }
    }

    @Override
    public void stateChanged(Backend backend, State before, State after, @Nullable MemlinkException cause) {
        Tags state = Tags.of(tag(after));
        this.registries.forEach((meters) -> meters.count(MemlinkMeter.BACKEND_TRANSITIONS, backend, state));
    }

    static Tag tag(State state) {
        return Tag.of("state", state.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void connected(Backend backend) {
        count(MemlinkMeter.CONNECTS, backend);
    }

    @Override
    public void disconnected(Backend backend, MemlinkException cause) {
        count(MemlinkMeter.DISCONNECTS, backend);
    }

    @Override
    public void replyLate(Backend backend, Request<?> request) {
        count(MemlinkMeter.LATE_REPLIES, backend);
    }

    private void count(MemlinkMeter meter, Backend backend) {
        this.registries.forEach((meters) -> meters.count(meter, backend, Tags.empty()));
    }

    @Override
    public void ejectionsSuspended(List<Backend> backends) {
        this.registries.forEach(ClientMeters::panic);
    }

    @Override
    public void membershipChanged(long generation, List<Backend> added, List<Backend> removed) {
        this.registries.forEach((meters) -> meters.membership(generation));
    }

}
