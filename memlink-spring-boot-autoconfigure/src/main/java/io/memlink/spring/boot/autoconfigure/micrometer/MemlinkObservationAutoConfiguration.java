package io.memlink.spring.boot.autoconfigure.micrometer;

import io.memlink.MemlinkClient;
import io.memlink.micrometer.MemlinkObservationContext;
import io.memlink.micrometer.MemlinkObservations;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.MemlinkClientBuilderCustomizer;
import io.memlink.spring.boot.autoconfigure.condition.ConditionalOnSwitch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the observation of requests, which is off by default.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = MemlinkAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass({ MemlinkClient.class, ObservationRegistry.class, MeterRegistry.class })
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnSwitch("memlink.observations.enabled")
public final class MemlinkObservationAutoConfiguration {

    MemlinkObservationAutoConfiguration() {
    }

    @Bean
    MemlinkClientBuilderCustomizer memlinkObservationCustomizer(ObservationRegistry registry,
            ObjectProvider<ObservationConvention<MemlinkObservationContext>> convention) {
        MemlinkObservations observations = new MemlinkObservations(registry, convention.getIfAvailable());
        return (builder) -> builder.requestObserver(observations);
    }

}
