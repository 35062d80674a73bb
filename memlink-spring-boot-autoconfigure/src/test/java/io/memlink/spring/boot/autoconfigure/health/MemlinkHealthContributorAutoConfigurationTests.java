package io.memlink.spring.boot.autoconfigure.health;

import java.util.Map;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@EmbeddedMemcachedTest
class MemlinkHealthContributorAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
            AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkHealthContributorAutoConfiguration.class));

    private static Health health(MemlinkClient client, HealthIndicator indicator) {
        await().until(() -> client.backends().stream().noneMatch((backend) -> backend.state() == State.CONNECTING));
        return indicator.health();
    }

    @Test
    void isUpWhileAllBackendsAre(EmbeddedMemcached server) {
        this.runner.withPropertyValues("memlink.backends=127.0.0.1:" + server.port()).run((context) -> {
            Health health = health(context.getBean(MemlinkClient.class),
                    context.getBean("memlinkHealthContributor", HealthIndicator.class));
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("degraded", false);
        });
    }

    @Test
    void isDegradedWhileSomeBackendsAreDown(EmbeddedMemcached server) {
        this.runner.withPropertyValues("memlink.backends=127.0.0.1:" + server.port() + ",127.0.0.1:1")
            .run((context) -> {
                Health health = health(context.getBean(MemlinkClient.class),
                        context.getBean("memlinkHealthContributor", HealthIndicator.class));
                assertThat(health.getStatus()).isEqualTo(Status.UP);
                assertThat(health.getDetails()).containsEntry("degraded", true);
                assertThat(health.getDetails().get("backends")).isInstanceOfSatisfying(Map.class,
                        (backends) -> assertThat(backends.get("127.0.0.1:1")).asString()
                            .contains("DOWN")
                            .contains("Connection refused"));
            });
    }

    @Test
    void isDownWhileAllBackendsAre() {
        this.runner.withPropertyValues("memlink.backends=127.0.0.1:1").run((context) -> {
            Health health = health(context.getBean(MemlinkClient.class),
                    context.getBean("memlinkHealthContributor", HealthIndicator.class));
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void canBeDisabled() {
        this.runner.withPropertyValues("management.health.memlink.enabled=false")
            .run((context) -> assertThat(context).doesNotHaveBean("memlinkHealthContributor"));
    }

}
