package io.memlink.spring.boot.autoconfigure.micrometer;

import io.memlink.spring.cache.MemlinkCacheManager;
import io.memlink.spring.cache.invocation.LoadLimit;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Meters of the cached methods that run because their cache cannot be used, where their
 * number is limited.
 *
 * @param managers the cache managers
 */
record OutageLimitMetrics(ObjectProvider<MemlinkCacheManager> managers) implements MeterBinder {

    private static final String LOADS = "memlink.cache.brown.out.loads";

    @Override
    public void bindTo(MeterRegistry registry) {
        this.managers.stream().forEach((manager) -> {
            LoadLimit limit = manager.getOutageLimit();
            if (limit != null) {
                bind(limit, registry);
            }
        });
    }

    private static void bind(LoadLimit limit, MeterRegistry registry) {
        String description = "Cached methods that run, or wait to run, because their cache cannot be used";
        Gauge.builder(LOADS, limit, LoadLimit::active)
            .tag("state", "running")
            .description(description)
            .register(registry);
        Gauge.builder(LOADS, limit, LoadLimit::waiting)
            .tag("state", "waiting")
            .description(description)
            .register(registry);
        FunctionCounter.builder(LOADS + ".refused", limit, LoadLimit::refused)
            .description("Cached methods that did not run, as too many did because their cache could not be used")
            .register(registry);
    }

}
