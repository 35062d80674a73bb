package io.memlink.micrometer;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

import io.memlink.meta.Hit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of the requests to one backend in one registry. Safe for use by many
 * threads. A timer is registered when the first request of its kind has ended, and those
 * that alerts are about before.
 */
final class RequestMeters {

    /**
     * What alerts are about: one that begins with its first event hides it from rates.
     */
    private static final Set<RequestResult> FROM_THE_START = EnumSet.of(RequestResult.TIMEOUT, RequestResult.OVERLOADED,
            RequestResult.VIOLATION);

    private static final int RESULTS = RequestResult.values().length;

    private final MeterRegistry registry;

    private final Tags tags;

    private final AtomicReferenceArray<@Nullable Timer> timers = new AtomicReferenceArray<>(
            Operation.values().length * RESULTS);

    /** Added up here, since a second timer for each request would cost as much again. */
    private final LongAdder queuedNanos = new LongAdder();

    private final LongAdder requests = new LongAdder();

    private final Counter leasesWon;

    private final Counter leasesLost;

    RequestMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        FunctionTimer
            .builder(MemlinkMeter.REQUESTS_QUEUED.meterName(), this, (meters) -> meters.requests.sum(),
                    (meters) -> meters.queuedNanos.sum(), TimeUnit.NANOSECONDS)
            .tags(tags)
            .description(MemlinkMeter.REQUESTS_QUEUED.description())
            .register(registry);
        this.leasesWon = lease("won");
        this.leasesLost = lease("lost");
        for (Operation operation : Operation.values()) {
            FROM_THE_START.forEach((result) -> timer(operation, result));
        }
    }

    private Counter lease(String result) {
        return Counter.builder(MemlinkMeter.LEASES.meterName())
            .tags(this.tags.and("result", result))
            .description(MemlinkMeter.LEASES.description())
            .baseUnit(MemlinkMeter.LEASES.unit())
            .register(this.registry);
    }

    void record(Operation operation, RequestResult result, @Nullable Object reply, long queuedNanos, long wireNanos) {
        this.requests.increment();
        this.queuedNanos.add(queuedNanos);
        timer(operation, result).record(queuedNanos + wireNanos, TimeUnit.NANOSECONDS);
        if (reply instanceof Hit hit) {
            countLease(hit);
        }
    }

    private void countLease(Hit hit) {
        if (hit.won()) {
            this.leasesWon.increment();
        }
        else if (hit.alreadyWon()) {
            this.leasesLost.increment();
        }
    }

    private Timer timer(Operation operation, RequestResult result) {
        int index = operation.ordinal() * RESULTS + result.ordinal();
        Timer timer = this.timers.get(index);
        if (timer == null) {
            timer = Timer.builder(MemlinkMeter.REQUESTS.meterName())
                .tags(this.tags.and("operation", operation.tag(), "outcome", result.tag()))
                .description(MemlinkMeter.REQUESTS.description())
                .register(this.registry);
            this.timers.set(index, timer);
        }
        return timer;
    }

}
