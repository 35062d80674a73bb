package io.memlink.spring.boot.autoconfigure.micrometer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.memlink.MemlinkClient;
import io.memlink.cluster.ClusterListener;
import io.memlink.micrometer.MemlinkMetrics;
import io.memlink.spring.boot.autoconfigure.ClusterListenerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Meters of all clients, with a tag for the client if there are several.
 */
final class MemlinkClientMetrics implements MeterBinder, ClusterListenerFactory {

    private final ListableBeanFactory beanFactory;

    private final @Nullable Duration serverInterval;

    private final Map<String, MemlinkMetrics> metrics = new ConcurrentHashMap<>();

    MemlinkClientMetrics(ListableBeanFactory beanFactory, @Nullable Duration serverInterval) {
        this.beanFactory = beanFactory;
        this.serverInterval = serverInterval;
    }

    @Override
    public ClusterListener create(String clientName) {
        return metrics(clientName);
    }

    private MemlinkMetrics metrics(String clientName) {
        return this.metrics.computeIfAbsent(clientName, (name) -> new MemlinkMetrics(tags(name), this.serverInterval));
    }

    private List<Tag> tags(String clientName) {
        boolean several = this.beanFactory.getBeanNamesForType(MemlinkClient.class, true, false).length > 1;
        return several ? List.of(Tag.of("client", clientName)) : List.of();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        this.beanFactory.getBeansOfType(MemlinkClient.class).forEach((name, client) -> {
            MemlinkMetrics metrics = metrics(name);
            metrics.bindTo(registry);
            metrics.watch(client);
        });
    }

}
