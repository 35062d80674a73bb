package io.memlink.spring.boot.autoconfigure.testcontainers;

import java.time.Duration;

import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client against memcached in a container, where containers can be run.
 */
@SpringJUnitConfig(ContainerIntegrationTests.class)
@ImportAutoConfiguration({ MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class })
@Testcontainers(disabledWithoutDocker = true)
class ContainerIntegrationTests {

    @Container
    @ServiceConnection
    private static final GenericContainer<?> memcached = new GenericContainer<>("memcached:1.6")
        .withExposedPorts(11211);

    @Test
    void readsWhatWasSet(@Autowired MemlinkTemplate template) {
        template.set("key", "value", Duration.ofMinutes(1));
        assertThat(template.get("key")).isEqualTo("value");
    }

}
