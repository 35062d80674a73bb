package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkDecodingException;
import io.memlink.meta.Expiration;
import io.memlink.placement.Backend;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import io.memlink.transcoder.NumberTranscoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class MemlinkAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(
                AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class))
        .withPropertyValues("memlink.request-timeout=10s");

    @Test
    void startsAnEmbeddedServerWhereNoBackendIsNamed(CapturedOutput output) {
        this.runner.run((context) -> {
            MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
            template.set("key", 42L);
            assertThat(template.get("key")).isEqualTo(42L);
            assertThat(output).containsOnlyOnce("WARN").contains("started an embedded memcached");
        });
    }

    @Test
    void usesTheServersThatAreNamed(CapturedOutput output) {
        this.runner.withPropertyValues("memlink.backends=one=127.0.0.1:1, 127.0.0.1:2").run((context) -> {
            assertThat(context.getBean(MemlinkClient.class).backends())
                .extracting((backend) -> backend.address().toString())
                .containsExactly("one=127.0.0.1:1", "127.0.0.1:2");
            assertThat(output).doesNotContain("embedded memcached");
        });
    }

    @Test
    void usesThisHostWithoutTheEmbeddedServer() {
        this.runner.withClassLoader(new FilteredClassLoader(EmbeddedMemcached.class))
            .run((context) -> assertThat(context.getBean(MemlinkConnectionDetails.class).getBackends())
                .containsExactly(Backend.of("localhost", 11211)));
    }

    @Test
    void asksConnectionDetailsFirst() {
        MemlinkConnectionDetails details = () -> List.of(Backend.of("127.0.0.1", 3));
        this.runner.withBean(MemlinkConnectionDetails.class, () -> details)
            .withPropertyValues("memlink.backends=127.0.0.1:1")
            .run((context) -> assertThat(context.getBean(MemlinkClient.class).backends())
                .extracting((backend) -> backend.address().port())
                .containsExactly(3));
    }

    @Test
    void customizersHaveTheLastWord() {
        this.runner.withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.pool.size=2")
            .withBean(MemlinkClientBuilderCustomizer.class, () -> (builder) -> builder.poolSize(3))
            .run((context) -> assertThat(context.getBean(MemlinkClient.class).backends().get(0).poolSize())
                .isEqualTo(3));
    }

    @Test
    void backsOffFromTheApplicationsOwnClient() {
        MemlinkClient own = MemlinkClient.builder().backends("127.0.0.1:1").build();
        this.runner.withBean("own", MemlinkClient.class, () -> own).run((context) -> {
            assertThat(context).hasSingleBean(MemlinkClient.class).hasBean("own");
            assertThat(context.getBean(MemlinkTemplate.class).client()).isSameAs(own);
        });
    }

    @Test
    void canBeDisabled() {
        this.runner.withPropertyValues("memlink.enabled=false")
            .run((context) -> assertThat(context).doesNotHaveBean(MemlinkClient.class));
    }

    @Test
    void doesWithoutJackson() {
        this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
            .run((context) -> assertThat(context).hasNotFailed()
                .hasSingleBean(MemlinkClient.class)
                .hasSingleBean(MemlinkTemplate.class));
    }

    @Test
    void startsAgainAfterAStop() {
        this.runner.run((context) -> {
            ConfigurableApplicationContext lifecycle = context.getSourceApplicationContext();
            MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
            template.set("key", "value");
            lifecycle.stop();
            assertThatThrownBy(() -> template.get("key")).isInstanceOf(MemlinkClosedException.class);
            lifecycle.start();
            assertThat(template.get("key")).isEqualTo("value");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "memlink.backends=cache-1:port", "memlink.pool.size=0", "memlink.request-timeout=0s",
            "memlink.connect-timeout=2h", "memlink.close-timeout=-1s", "memlink.max-value-bytes=1B",
            "memlink.max-in-flight=0", "memlink.max-pending-bytes=1B", "memlink.io-threads=0",
            "memlink.max-pending-requests=0", "memlink.max-pending-bytes-per-backend=1B",
            "memlink.slow-request-threshold=0s", "memlink.routing.locator=random" })
    void namesTheSettingThatIsWrong(String property) {
        String name = property.substring(0, property.indexOf('='));
        this.runner.withPropertyValues("memlink.backends=127.0.0.1:1")
            .withPropertyValues(property)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: "));
        this.runner.withPropertyValues("memlink.backends=127.0.0.1:1")
            .withPropertyValues(property)
            .run((context) -> assertThat(context).getFailure().hasStackTraceContaining("Property " + name + " with"));
    }

    @Test
    void sendsKeysOfBackendsThatAreDownToTheGutter() {
        try (EmbeddedMemcached gutter = EmbeddedMemcached.start()) {
            this.runner
                .withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.failover.mode=gutter",
                        "memlink.failover.gutter=127.0.0.1:" + gutter.port(), "memlink.request-timeout=5s")
                .run((context) -> {
                    MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
                    await().ignoreExceptions().until(() -> {
                        template.set("key", "value", Duration.ofMinutes(1));
                        return "value".equals(template.get("key"));
                    });
                });
        }
    }

    @Test
    void findsBackendsByTheirName() {
        try (EmbeddedMemcached server = EmbeddedMemcached.start()) {
            this.runner
                .withPropertyValues("memlink.discovery.type=dns", "memlink.discovery.names=127.0.0.1:" + server.port(),
                        "memlink.discovery.interval=5s")
                .run((context) -> {
                    assertThat(context).doesNotHaveBean(EmbeddedMemlinkConnectionDetails.class);
                    assertThat(context.getBean(MemlinkClient.class).backends())
                        .extracting((backend) -> backend.address().port())
                        .containsExactly(server.port());
                });
        }
    }

    @Test
    void refusesNamesThatAreNotAskedForAndATypeWithoutNames() {
        this.runner.withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.discovery.names=cache.example.com")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("Property memlink.discovery.type with value 'STATIC' is invalid"));
        this.runner.withPropertyValues("memlink.discovery.type=srv")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("Property memlink.discovery.names with value '[]' is invalid"));
        this.runner
            .withPropertyValues("memlink.discovery.type=dns", "memlink.discovery.names=127.0.0.1:1",
                    "memlink.discovery.interval=2h")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("Property memlink.discovery.interval"));
    }

    @Test
    void refusesAGutterThatIsNotUsedAndAModeWithoutOne() {
        this.runner.withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.failover.gutter=127.0.0.1:2")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("Property memlink.failover.mode with value 'NONE' is invalid"));
        this.runner.withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.failover.mode=gutter")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("gutter: [] (expected: at least one backend)"));
        this.runner
            .withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.failover.mode=gutter",
                    "memlink.failover.gutter=127.0.0.1:2", "memlink.failover.max-time-to-live=2h")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("Property memlink.failover.max-time-to-live"));
    }

    @ParameterizedTest
    @CsvSource({ "true, true", "YES, true", "on, true", "1, true", "false, false", "No, false", "off, false",
            "0, false" })
    void understandsEveryWordForOnAndOff(String value, boolean on) {
        this.runner.withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.enabled=" + value)
            .run((context) -> assertThat(context.getBeansOfType(MemlinkClient.class)).hasSize(on ? 1 : 0));
    }

    @Test
    void refusesWhatMeansNeitherOnNorOff() {
        this.runner.withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.enabled=maybe")
            .run((context) -> assertThat(context).getFailure().hasStackTraceContaining("memlink.enabled"));
    }

    @Test
    void showsNoPassword() {
        this.runner
            .withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.username=me", "memlink.password=sec\u0007ret")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessageStartingWith("password: with a control character"));
        this.runner.withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.password=secret")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("Property memlink.username")
                .satisfies((failure) -> assertThat(failure).hasMessageNotContaining("secret")));
    }

    @Test
    void startsBeforeBackendsAreDiscovered() {
        this.runner.withPropertyValues("memlink.discovery.type=dns", "memlink.discovery.names=no-such-host.invalid")
            .run((context) -> {
                assertThat(context).hasNotFailed();
                assertThatThrownBy(() -> context.getBean(MemlinkTemplate.class).get("key"))
                    .isInstanceOf(MemlinkConnectionException.class)
                    .hasMessageContaining("backends were not discovered yet");
            });
    }

    @Test
    void failsForWhatCannotBeDecodedWhereThatIsAskedFor() {
        this.runner.withPropertyValues("memlink.throw-on-undecodable=true", "memlink.slow-request-threshold=100ms")
            .run((context) -> {
                MemlinkClient client = context.getBean(MemlinkClient.class);
                client.set("key", new byte[1], Expiration.never()).join();
                assertThatThrownBy(() -> client.with(NumberTranscoder.longs()).get("key").join())
                    .hasCauseInstanceOf(MemlinkDecodingException.class);
            });
    }

    @Test
    void readsUnits() {
        this.runner
            .withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.request-timeout=200",
                    "memlink.close-timeout=3s", "memlink.max-value-bytes=8MB", "memlink.max-pending-bytes=65536")
            .run((context) -> {
                MemlinkProperties properties = context.getBean(MemlinkProperties.class);
                assertThat(properties.getRequestTimeout()).isEqualTo(Duration.ofMillis(200));
                assertThat(properties.getCloseTimeout()).isEqualTo(Duration.ofSeconds(3));
                assertThat(properties.getMaxValueBytes()).isEqualTo(DataSize.ofMegabytes(8));
                assertThat(properties.getMaxPendingBytes()).isEqualTo(DataSize.ofKilobytes(64));
            });
    }

    @Test
    void defaultsAreThoseOfTheClient() {
        MemlinkProperties properties = new MemlinkProperties();
        assertThat(properties.getRequestTimeout()).isEqualTo(io.memlink.link.LinkOptions.DEFAULT_REQUEST_TIMEOUT);
        assertThat(properties.getConnectTimeout()).isEqualTo(io.memlink.link.LinkOptions.DEFAULT_CONNECT_TIMEOUT);
        assertThat(properties.getPool().getSize()).isEqualTo(io.memlink.link.LinkOptions.DEFAULT_POOL_SIZE);
        assertThat(properties.getFailover().getMaxTimeToLive())
            .isEqualTo(io.memlink.cluster.Failover.DEFAULT_MAX_TIME_TO_LIVE);
        assertThat(properties.getMaxInFlight()).isEqualTo(io.memlink.link.LinkOptions.DEFAULT_MAX_IN_FLIGHT);
        assertThat(properties.getMaxPendingRequests()).isEqualTo(io.memlink.link.LinkResources.DEFAULT_MAX_REQUESTS);
        assertThat(properties.getHandshakeTimeout()).isEqualTo(io.memlink.link.LinkOptions.DEFAULT_HANDSHAKE_TIMEOUT);
        assertThat(properties.getMaxValueBytes().toBytes())
            .isEqualTo(io.memlink.link.LinkOptions.DEFAULT_MAX_VALUE_BYTES);
        assertThat(properties.getCloseTimeout()).isEqualTo(io.memlink.MemlinkClientBuilder.DEFAULT_CLOSE_TIMEOUT);
    }

}
