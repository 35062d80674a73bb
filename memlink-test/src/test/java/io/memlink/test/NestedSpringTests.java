package io.memlink.test;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.memlink.embedded.EmbeddedMemcached;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.NestedTestConfiguration;
import org.springframework.test.context.NestedTestConfiguration.EnclosingConfiguration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Annotations of our own, and the servers of nested classes, in tests of Spring.
 */
@SpringJUnitConfig(NestedSpringTests.Nothing.class)
@NestedSpringTests.OldServers(count = 2)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class NestedSpringTests {

    private static final Set<List<EmbeddedMemcached>> SEEN = new HashSet<>();

    @AfterAll
    static void allNestedClassesThatInheritUsedTheSameServers() {
        assertThat(SEEN).hasSize(1);
    }

    @Nested
    @Order(1)
    class First {

        @Autowired
        private List<EmbeddedMemcached> beans;

        @Value("${memlink.backends}")
        private String backends;

        @Test
        void hasTheServersOfTheContextOfTheClassAround(List<EmbeddedMemcached> all) {
            use(all, this.beans, this.backends);
        }

    }

    @Nested
    @Order(2)
    class Second {

        @Autowired
        private List<EmbeddedMemcached> beans;

        @Value("${memlink.backends}")
        private String backends;

        @Test
        void hasThemToo(List<EmbeddedMemcached> all) {
            use(all, this.beans, this.backends);
        }

    }

    @Nested
    @Order(3)
    @AutoConfigureEmbeddedMemcached(servers = 3)
    class WithServersOfItsOwn {

        @Autowired
        private List<EmbeddedMemcached> beans;

        @Test
        void hasThose(List<EmbeddedMemcached> all) {
            assertThat(all).hasSize(3).isEqualTo(this.beans).doesNotContainAnyElementsOf(SEEN.iterator().next());
        }

    }

    @Nested
    @Order(4)
    @NestedTestConfiguration(EnclosingConfiguration.OVERRIDE)
    @SpringJUnitConfig(Nothing.class)
    @AutoConfigureEmbeddedMemcached
    class WithAConfigurationOfItsOwn {

        @Autowired
        private List<EmbeddedMemcached> beans;

        @Test
        void hasItsOwnServer(List<EmbeddedMemcached> all) {
            assertThat(all).hasSize(1).isEqualTo(this.beans);
        }

    }

    private static void use(List<EmbeddedMemcached> servers, List<EmbeddedMemcached> beans, String backends) {
        SEEN.add(servers);
        assertThat(servers).hasSize(2).isEqualTo(beans);
        assertThat(backends).isEqualTo("127.0.0.1:" + servers.get(0).port() + ",127.0.0.1:" + servers.get(1).port());
        assertThat(new RawSocket(servers.get(0).address()).exchange("version")).isEqualTo("VERSION 1.6.18\r\n");
        assertThat(servers.get(1).items()).isEmpty();
        new RawSocket(servers.get(1).address()).exchange("set left 0 0 1\r\n1");
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {

    }

    @Retention(RetentionPolicy.RUNTIME)
    @AutoConfigureEmbeddedMemcached(claimVersion = "1.6.18")
    @interface OldServers {

        @AliasFor(annotation = AutoConfigureEmbeddedMemcached.class, attribute = "servers")
        int count();

    }

}
