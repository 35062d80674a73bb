package io.memlink.test;

import java.util.HashSet;
import java.util.Set;

import io.memlink.embedded.EmbeddedMemcached;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one server of nested classes.
 */
@EmbeddedMemcachedTest
class NestedEmbeddedServerTests {

    private static final Set<EmbeddedMemcached> SEEN = new HashSet<>();

    @AfterAll
    static void allNestedClassesUsedTheSameServer() {
        assertThat(SEEN).hasSize(1);
    }

    @Nested
    class One {

        @Test
        void hasTheServerOfTheClassAround(EmbeddedMemcached server) {
            SEEN.add(server);
        }

    }

    @Nested
    class Another {

        @Test
        void hasItToo(EmbeddedMemcached server) {
            SEEN.add(server);
        }

    }

}
