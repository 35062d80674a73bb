package io.memlink.test;

import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The way that is taken on machines without memcached. Needs Docker, and is left out
 * without it.
 */
@Testcontainers(disabledWithoutDocker = true)
class ContainerIntegrationTests {

    @Test
    void runsMemcachedInAContainer() {
        try (MemcachedProcess container = MemcachedProcess.startContainer("-m", "32")) {
            assertThat(container.isAlive()).isTrue();
            assertThat(container.command("ms foo 2\r\nhi\r\nmg foo v\r\n")).isEqualTo("HD\r\nVA 2\r\nhi\r\n");
            container.refresh();
            assertThat(container.command("mg foo")).isEqualTo("EN\r\n");
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(container::pause)
                .withMessageContaining("install memcached");
        }
    }

}
