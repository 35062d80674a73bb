package io.memlink.micrometer;

import java.util.Map;

import io.memlink.MemlinkClient;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The meters of what a server tells of itself, in one registry. Kept by its owner, since
 * a registry holds what its meters read weakly.
 */
final class ServerGauges {

    /** How each meter is called in the statistics of a server. */
    private static final Map<MemlinkMeter, String> NAMES = Map.of(MemlinkMeter.SERVER_ITEMS, "curr_items",
            MemlinkMeter.SERVER_BYTES, "bytes", MemlinkMeter.SERVER_LIMIT, "limit_maxbytes",
            MemlinkMeter.SERVER_CONNECTIONS, "curr_connections", MemlinkMeter.SERVER_UPTIME, "uptime",
            MemlinkMeter.SERVER_HITS, "get_hits", MemlinkMeter.SERVER_MISSES, "get_misses",
            MemlinkMeter.SERVER_EVICTIONS, "evictions");

    private final ServerAnswer answer;

    ServerGauges(MeterRegistry registry, Tags tags, String id, MemlinkClient client, long intervalMillis) {
        this.answer = new ServerAnswer(client, id, registry.config().clock(), intervalMillis);
        NAMES.forEach((meter, name) -> register(registry, tags, meter, name));
    }

    private void register(MeterRegistry registry, Tags tags, MemlinkMeter meter, String name) {
        switch (meter.type()) {
            case COUNTER -> FunctionCounter.builder(meter.meterName(), this, (self) -> self.answer.number(name))
                .tags(tags)
                .description(meter.description())
                .baseUnit(meter.unit())
                .register(registry);
            default -> Gauge.builder(meter.meterName(), this, (self) -> self.answer.number(name))
                .tags(tags)
                .description(meter.description())
                .baseUnit(meter.unit())
                .register(registry);
        }
    }

}
