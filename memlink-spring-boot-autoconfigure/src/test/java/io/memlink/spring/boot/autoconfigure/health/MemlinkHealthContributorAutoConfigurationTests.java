package io.memlink.spring.boot.autoconfigure.health;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import io.memlink.test.EmbeddedMemcachedTest;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;

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
    void isUpAndSaysSoWhileSomeBackendsAreDown(EmbeddedMemcached server) {
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
    void takesNoApplicationOutOfServiceBecauseItsCacheIsAway() {
        this.runner.withPropertyValues("memlink.backends=127.0.0.1:1").run((context) -> {
            Health health = health(context.getBean(MemlinkClient.class),
                    context.getBean("memlinkHealthContributor", HealthIndicator.class));
            assertThat(health.getStatus()).isEqualTo(MemlinkHealthIndicator.DEGRADED);
            assertThat(health.getDetails()).containsEntry("unusableShare", 1.0);
            assertThat(StatusAggregator.getDefault().getAggregateStatus(Status.UP, health.getStatus()))
                .isEqualTo(Status.UP);
            assertThat(HttpCodeStatusMapper.getDefault().getStatusCode(health.getStatus())).isEqualTo(200);
        });
    }

    @ParameterizedTest
    @CsvSource({ "1, DOWN", "0.2, DOWN", "0.9, UP" })
    void isDownFromTheShareOnThatIsAskedFor(double downShare, String status, EmbeddedMemcached server) {
        String backends = "127.0.0.1:1" + ((downShare < 1) ? ",127.0.0.1:" + server.port() : "");
        this.runner
            .withPropertyValues("memlink.backends=" + backends, "management.health.memlink.down-share=" + downShare)
            .run((context) -> assertThat(health(context.getBean(MemlinkClient.class),
                    context.getBean("memlinkHealthContributor", HealthIndicator.class))
                .getStatus()
                .getCode()).isEqualTo(status));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

    }

    private ApplicationContextRunner caching(EmbeddedMemcached server) {
        return this.runner
            .withConfiguration(
                    AutoConfigurations.of(MemlinkTemplateAutoConfiguration.class, MemlinkCacheAutoConfiguration.class))
            .withUserConfiguration(Caching.class)
            .withPropertyValues("memlink.backends=127.0.0.1:" + server.port() + ",127.0.0.1:1,127.0.0.1:2");
    }

    @Test
    void namesCachesThatCannotBeUsed(EmbeddedMemcached server) {
        caching(server).run((context) -> {
            context.getBean(CacheManager.class).getCache("things");
            Health health = health(context.getBean(MemlinkClient.class),
                    context.getBean("memlinkHealthContributor", HealthIndicator.class));
            assertThat(health.getStatus()).isEqualTo(MemlinkHealthIndicator.DEGRADED);
            assertThat(health.getDetails()).containsEntry("unusableCaches", List.of("things"));
        });
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theLogNamesThemOnceTheyAreAsked(EmbeddedMemcached server, CapturedOutput output) {
        caching(server).run((context) -> {
            CacheManager caches = context.getBean(CacheManager.class);
            caches.getCache("others");
            health(context.getBean(MemlinkClient.class),
                    context.getBean("memlinkHealthContributor", HealthIndicator.class));
            assertThat(caches.getCache("things").get("secret")).isNull();
            assertThat(caches.getCache("others").get("secret")).isNull();
            assertThat(output).containsOnlyOnce("Caches that cannot be used")
                .contains("cannot be: [others, things]")
                .doesNotContain("secret");
        });
    }

    @Test
    void isDownForThemWhereThatIsWanted(EmbeddedMemcached server) {
        caching(server).withPropertyValues("management.health.memlink.down-for-unusable-caches=true").run((context) -> {
            MemlinkClient client = context.getBean(MemlinkClient.class);
            HealthIndicator indicator = context.getBean("memlinkHealthContributor", HealthIndicator.class);
            assertThat(health(client, indicator).getStatus()).isEqualTo(Status.UP);
            context.getBean(CacheManager.class).getCache("things");
            assertThat(health(client, indicator).getStatus()).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void tellsWhichShareOfTheReadsMisses(EmbeddedMemcached server) {
        caching(server).withPropertyValues("memlink.backends=127.0.0.1:" + server.port()).run((context) -> {
            Cache cache = context.getBean(CacheManager.class).getCache("things");
            HealthIndicator indicator = context.getBean("memlinkHealthContributor", HealthIndicator.class);
            assertThat(health(context.getBean(MemlinkClient.class), indicator).getDetails()).doesNotContainKey("reads");
            cache.get("absent");
            assertThat(indicator.health().getDetails().get("reads")).asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("count", 1L)
                .containsEntry("missedShare", 1.0);
        });
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void namesTheHolesOfServersAndStaysUp(EmbeddedMemcached safe, CapturedOutput output) {
        try (EmbeddedMemcached one = EmbeddedMemcached.builder().version("1.6.43").start();
                EmbeddedMemcached other = EmbeddedMemcached.builder().version("1.6.18").start()) {
            String backends = Stream.of(safe, one, other)
                .map((server) -> "127.0.0.1:" + server.port())
                .collect(Collectors.joining(","));
            this.runner.withPropertyValues("memlink.backends=" + backends).run((context) -> {
                HealthIndicator indicator = context.getBean("memlinkHealthContributor", HealthIndicator.class);
                Health health = health(context.getBean(MemlinkClient.class), indicator);
                assertThat(health.getStatus()).isEqualTo(Status.UP);
                assertThat(health.getDetails().get("backends")).isInstanceOfSatisfying(Map.class, (details) -> {
                    assertThat(details.get("127.0.0.1:" + safe.port())).asString().doesNotContain("knownVuln");
                    assertThat(details.get("127.0.0.1:" + one.port())).asString()
                        .contains("knownVulnerabilities=[bare newlines ");
                    assertThat(details.get("127.0.0.1:" + other.port())).asString().contains("CVE-2026-47783");
                });
                indicator.health();
                assertThat(output).containsOnlyOnce("which has known vulnerabilities");
            });
        }
    }

    @Test
    void canBeDisabled() {
        this.runner.withPropertyValues("management.health.memlink.enabled=false")
            .run((context) -> assertThat(context).doesNotHaveBean("memlinkHealthContributor"));
    }

}
