package io.memlink.spring.boot.autoconfigure.micrometer;

import io.memlink.MemlinkClient;
import io.memlink.micrometer.MemlinkMetrics;
import io.memlink.spring.TranscoderFactory;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of clients.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = MemlinkAutoConfiguration.class)
@ConditionalOnClass({ MemlinkClient.class, MeterRegistry.class, MeterBinder.class, MemlinkMetrics.class })
@EnableConfigurationProperties(MemlinkServerMetricsProperties.class)
public final class MemlinkMetricsAutoConfiguration {

    MemlinkMetricsAutoConfiguration() {
    }

    @Bean
    MemlinkClientMetrics memlinkClientMetrics(ListableBeanFactory beanFactory,
            MemlinkServerMetricsProperties serverMetrics) {
        return new MemlinkClientMetrics(beanFactory, serverMetrics.isEnabled() ? serverMetrics.getInterval() : null);
    }

    @Bean
    RefusedValuesMetrics memlinkRefusedValuesMetrics(ObjectProvider<TranscoderFactory> factories) {
        return new RefusedValuesMetrics(factories);
    }

}
