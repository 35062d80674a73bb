package io.memlink.micrometer;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.memlink.BulkResult;
import io.memlink.cluster.RequestObserver;
import io.memlink.meta.MetaRequest;
import io.memlink.placement.Backend;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Observes each request of a client, so that it is a span of the trace of its caller.
 * Safe for use by many threads. Costs more than the request itself, and is for those who
 * want to see single ones; {@link MemlinkMetrics} is for numbers.
 *
 * @since 0.1.0
 */
public final class MemlinkObservations implements RequestObserver {

    private final ObservationRegistry registry;

    private final @Nullable ObservationConvention<MemlinkObservationContext> convention;

    /**
     * Creates an observer that names things by {@link MemlinkObservationConvention}.
     * @param registry belongs to the caller
     */
    public MemlinkObservations(ObservationRegistry registry) {
        this(registry, null);
    }

    /**
     * Creates an observer.
     * @param registry belongs to the caller
     * @param convention names what is observed; {@code null} for the registry's, or
     * {@link MemlinkObservationConvention}
     */
    public MemlinkObservations(ObservationRegistry registry,
            @Nullable ObservationConvention<MemlinkObservationContext> convention) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.convention = convention;
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> observe(Backend owner, MetaRequest<?> request,
            Supplier<CompletableFuture<T>> send) {
        if (this.registry.isNoop()) {
            return send.get();
        }
        Observation observation = Observation
            .createNotStarted(this.convention, MemlinkObservationConvention.DEFAULT,
                    () -> new MemlinkObservationContext(owner, request), this.registry)
            .start();
        CompletableFuture<T> reply = send.get();
        reply.whenComplete((value, failure) -> {
            if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        });
        return reply;
    }

    /** As one span, from the call until the last key has been read. */
    @Override
    public <T> CompletableFuture<T> observeBulkRead(int keys, Supplier<CompletableFuture<T>> send) {
        if (this.registry.isNoop()) {
            return send.get();
        }
        Observation observation = Observation
            .createNotStarted(null, BulkReadContext.Convention.DEFAULT, () -> new BulkReadContext(keys), this.registry)
            .start();
        CompletableFuture<T> result = send.get();
        result.whenComplete((value, failure) -> {
            Throwable error = (value instanceof BulkResult<?> read)
                    ? read.failures().values().stream().findFirst().orElse(null) : failure;
            if (error != null) {
                observation.error(error);
            }
            observation.stop();
        });
        return result;
    }

}
