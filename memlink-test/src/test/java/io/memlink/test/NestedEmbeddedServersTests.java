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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Annotations of our own, and the servers of nested classes, without Spring.
 */
@NestedEmbeddedServersTests.TwoOldServers
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class NestedEmbeddedServersTests {

    private static final Set<List<EmbeddedMemcached>> SEEN = new HashSet<>();

    @AfterAll
    static void allNestedClassesButOneUsedTheSameServers() {
        assertThat(SEEN).hasSize(1);
    }

    @Nested
    @Order(1)
    class First {

        @Test
        void hasTheServersOfTheClassAround(List<EmbeddedMemcached> all) {
            use(all);
        }

    }

    @Nested
    @Order(2)
    class Second {

        @Test
        void hasThemToo(List<EmbeddedMemcached> all) {
            use(all);
        }

        @Nested
        class Inside {

            @Test
            void hasThemToo(List<EmbeddedMemcached> all) {
                use(all);
            }

        }

    }

    @Nested
    @Order(3)
    @AutoConfigureEmbeddedMemcached(servers = 3)
    class WithServersOfItsOwn {

        @Test
        void hasThose(List<EmbeddedMemcached> all) {
            assertThat(all).hasSize(3).doesNotContainAnyElementsOf(SEEN.iterator().next());
            assertThat(version(all.get(0))).isNotEqualTo("VERSION 1.6.18\r\n");
        }

    }

    private static void use(List<EmbeddedMemcached> servers) {
        SEEN.add(servers);
        assertThat(servers).hasSize(2);
        assertThat(version(servers.get(1))).isEqualTo("VERSION 1.6.18\r\n");
        assertThat(servers.get(1).items()).isEmpty();
        new RawSocket(servers.get(1).address()).exchange("set left 0 0 1\r\n1");
    }

    private static String version(EmbeddedMemcached server) {
        return new RawSocket(server.address()).exchange("version");
    }

    @Retention(RetentionPolicy.RUNTIME)
    @AutoConfigureEmbeddedMemcached(servers = 2, claimVersion = "1.6.18")
    @interface TwoOldServers {

    }

}
