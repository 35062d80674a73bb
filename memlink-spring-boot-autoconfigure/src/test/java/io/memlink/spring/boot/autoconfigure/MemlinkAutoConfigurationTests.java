package io.memlink.spring.boot.autoconfigure;

import java.util.List;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkClosedException;
import io.memlink.spring.MemlinkTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(OutputCaptureExtension.class)
class MemlinkAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
            AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class));

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
            assertThat(output).doesNotContain("WARN");
        });
    }

    @Test
    void usesThisHostWithoutTheEmbeddedServer() {
        this.runner.withClassLoader(new FilteredClassLoader(EmbeddedMemcached.class))
            .run((context) -> assertThat(context.getBean(MemlinkConnectionDetails.class).getBackends())
                .containsExactly("localhost:11211"));
    }

    @Test
    void asksConnectionDetailsFirst() {
        MemlinkConnectionDetails details = () -> List.of("127.0.0.1:3");
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
                .doesNotHaveBean(MemlinkTemplate.class));
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

    @Test
    void namesTheSettingThatIsWrong() {
        this.runner.withPropertyValues("memlink.backends=cache-1:port")
            .run((context) -> assertThat(context).getFailure().hasStackTraceContaining("backend: \"cache-1:port\""));
        this.runner.withPropertyValues("memlink.routing.locator=random")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("locator: random (expected: rendezvous, "));
        this.runner.withPropertyValues("memlink.pool.size=0")
            .run((context) -> assertThat(context).getFailure().hasStackTraceContaining("poolSize: 0"));
    }

    @Test
    void defaultsAreThoseOfTheClient() {
        MemlinkProperties properties = new MemlinkProperties();
        assertThat(properties.getRequestTimeout()).isEqualTo(io.memlink.link.LinkOptions.DEFAULT_REQUEST_TIMEOUT);
        assertThat(properties.getConnectTimeout()).isEqualTo(io.memlink.link.LinkOptions.DEFAULT_CONNECT_TIMEOUT);
        assertThat(properties.getPool().getSize()).isEqualTo(io.memlink.link.LinkOptions.DEFAULT_POOL_SIZE);
    }

}
