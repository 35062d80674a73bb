package io.memlink.spring.boot.autoconfigure.micrometer;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ObservabilityAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(MemlinkAutoConfiguration.class, MetricsAutoConfiguration.class,
                MemlinkMetricsAutoConfiguration.class, MemlinkObservationAutoConfiguration.class))
        .withUserConfiguration(Registries.class);

    private static void read(MemlinkClient client) {
        await().until(() -> client.backends().get(0).state() == State.UP);
        client.get("k").join();
    }

    @Test
    void timesRequests() {
        this.runner.run((context) -> {
            read(context.getBean(MemlinkClient.class));
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("memlink.requests").tag("operation", "get").tag("outcome", "miss").timer().count())
                .isEqualTo(1);
            assertThat(registry.get("memlink.backend.up").gauge().value()).isEqualTo(1);
            assertThat(registry.get("memlink.requests").timer().getId().getTag("client")).isNull();
        });
    }

    @Test
    void tellsSeveralClientsApart() {
        this.runner.withPropertyValues("memlink.clients.sessions.request-timeout=1s").run((context) -> {
            read(context.getBean("memlinkClient", MemlinkClient.class));
            read(context.getBean("sessionsMemlinkClient", MemlinkClient.class));
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            for (String client : new String[] { "memlinkClient", "sessionsMemlinkClient" }) {
                assertThat(
                        registry.get("memlink.requests").tag("client", client).tag("outcome", "miss").timer().count())
                    .isEqualTo(1);
            }
        });
    }

    @Test
    void asksNoServerUnlessThatIsWanted() {
        this.runner.run((context) -> {
            read(context.getBean(MemlinkClient.class));
            assertThat(context.getBean(MeterRegistry.class).find("memlink.server.items").gauge()).isNull();
        });
    }

    @Test
    void readsWhatServersTell() {
        this.runner.withPropertyValues("memlink.server-metrics.enabled=true", "memlink.server-metrics.interval=1s")
            .run((context) -> {
                read(context.getBean(MemlinkClient.class));
                MeterRegistry registry = context.getBean(MeterRegistry.class);
                await().until(() -> registry.get("memlink.server.misses").functionCounter().count() == 1);
                assertThat(registry.get("memlink.server.items").gauge().value()).isZero();
            });
    }

    @Test
    void refusesToAskServersAllTheTime() {
        this.runner.withPropertyValues("memlink.server-metrics.interval=10ms")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessage("memlink.server-metrics.interval: PT0.01S (expected: 1 second to 1 day)"));
    }

    @Test
    void observesNothingUnlessAsked() {
        this.runner.run((context) -> {
            read(context.getBean(MemlinkClient.class));
            assertThat(context.getBean(MeterRegistry.class).find("db.client.operation.duration").meters()).isEmpty();
        });
    }

    @Test
    void observesRequests() {
        this.runner.withPropertyValues("memlink.observations.enabled=true").run((context) -> {
            read(context.getBean(MemlinkClient.class));
            // The observation ends beside the operation, not before it.
            await().until(() -> context.getBean(MeterRegistry.class)
                .find("db.client.operation.duration")
                .tag("db.operation.name", "get")
                .timer() != null);
        });
    }

    @Test
    void worksWithoutMicrometer() {
        this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MemlinkClientMetrics.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class Registries {

        @Bean
        SimpleMeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        ObservationRegistry observationRegistry(MeterRegistry meters) {
            ObservationRegistry registry = ObservationRegistry.create();
            registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
            return registry;
        }

    }

}
