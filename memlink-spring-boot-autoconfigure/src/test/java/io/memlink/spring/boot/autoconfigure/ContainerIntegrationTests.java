package io.memlink.spring.boot.autoconfigure;

import io.memlink.spring.MemlinkTemplate;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client against memcached in a container, where containers can be run.
 */
@Testcontainers(disabledWithoutDocker = true)
class ContainerIntegrationTests {

    @Container
    private static final GenericContainer<?> memcached = new GenericContainer<>("memcached:1.6")
        .withExposedPorts(11211);

    @Test
    void readsWhatWasSet() {
        new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class))
            .withPropertyValues("memlink.backends=" + memcached.getHost() + ":" + memcached.getMappedPort(11211))
            .run((context) -> {
                MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
                template.set("key", "value");
                assertThat(template.get("key")).isEqualTo("value");
            });
    }

}
