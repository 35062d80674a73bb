package io.memlink.test;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Annotations of our own, and the servers of nested classes, with real servers.
 */
@NestedMemcachedIntegrationTests.TwoSmallServers
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class NestedMemcachedIntegrationTests {

    private static final Set<List<MemcachedProcess>> SEEN = new HashSet<>();

    @AfterAll
    static void allNestedClassesButOneUsedTheSameServers() {
        assertThat(SEEN).hasSize(1);
    }

    @Nested
    @Order(1)
    class First {

        @Test
        void hasTheServersOfTheClassAround(List<MemcachedProcess> all) {
            use(all);
        }

    }

    @Nested
    @Order(2)
    class Second {

        @Test
        void hasThemToo(List<MemcachedProcess> all) {
            use(all);
        }

    }

    @Nested
    @Order(3)
    @MemcachedTest
    class WithAServerOfItsOwn {

        @Test
        void hasThat(List<MemcachedProcess> all) {
            assertThat(all).hasSize(1).doesNotContainAnyElementsOf(SEEN.iterator().next());
        }

    }

    private static void use(List<MemcachedProcess> servers) {
        SEEN.add(servers);
        assertThat(servers).hasSize(2);
        assertThat(servers.get(1).stats()).containsEntry("limit_maxbytes", String.valueOf(32 * 1024 * 1024));
        assertThat(servers.get(1).command("ma left N0")).isEqualTo("HD\r\n");
        assertThat(servers.get(1).command("mg left v")).isEqualTo("VA 1\r\n0\r\n");
    }

    @Retention(RetentionPolicy.RUNTIME)
    @MemcachedTest(servers = 2, arguments = { "-m", "32" })
    @interface TwoSmallServers {

    }

}
