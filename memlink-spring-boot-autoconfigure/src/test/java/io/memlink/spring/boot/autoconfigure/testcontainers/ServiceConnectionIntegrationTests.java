package io.memlink.spring.boot.autoconfigure.testcontainers;

import java.time.Duration;

import io.memlink.placement.Backend;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.MemlinkConnectionDetails;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole way of a service connection, with a process in the place of a container.
 */
class ServiceConnectionIntegrationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ServiceConnectionAutoConfiguration.class,
                MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class))
        .withPropertyValues("memlink.backends=127.0.0.1:1", "memlink.request-timeout=10s");

    @Configuration(proxyBeanMethods = false)
    static class NamedByItsConnection {

        @Bean
        @ServiceConnection("memcached")
        ProcessContainer container() {
            return new ProcessContainer("registry.example.com/cache:1");
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class NamedByAnotherImage {

        @Bean
        @ServiceConnection("bitnami/memcached")
        ProcessContainer container() {
            return new ProcessContainer("bitnami/memcached:1.6");
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class OfAnotherService {

        @Bean
        ProcessContainer container() {
            return new ProcessContainer("memcached:1.6");
        }

    }

    @Test
    void isUsedInPlaceOfTheProperties() {
        for (Class<?> configuration : new Class<?>[] { NamedByItsConnection.class, NamedByAnotherImage.class }) {
            this.runner.withUserConfiguration(configuration).run((context) -> {
                ProcessContainer container = context.getBean(ProcessContainer.class);
                assertThat(context.getBean(MemlinkConnectionDetails.class).getBackends())
                    .containsExactly(Backend.of("127.0.0.1", container.getMappedPort(11211)));
                MemlinkTemplate template = context.getBean(MemlinkTemplate.class);
                template.set("key", "value", Duration.ofMinutes(1));
                assertThat(template.get("key")).isEqualTo("value");
            });
        }
    }

    @Test
    void isNotMadeOfContainersThatAreNotOne() {
        this.runner.withUserConfiguration(OfAnotherService.class)
            .run((context) -> assertThat(context.getBean(MemlinkConnectionDetails.class).getBackends())
                .containsExactly(Backend.of("127.0.0.1", 1)));
    }

}
