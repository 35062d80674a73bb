package io.memlink.test;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.StoredItem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that share a server, and that JUnit may run at once.
 */
@Execution(ExecutionMode.CONCURRENT)
@AutoConfigureEmbeddedMemcached
class ParallelTests {

    private static final Set<EmbeddedMemcached> SEEN = ConcurrentHashMap.newKeySet();

    @AfterAll
    static void noServerIsInUseAnyMore() {
        assertThat(SEEN).isNotEmpty().noneMatch((server) -> ServerLocks.of(server).isLocked());
    }

    @RepeatedTest(20)
    void haveTheServerToThemselves(EmbeddedMemcached server) throws Exception {
        haveToThemselves(server);
    }

    private static void haveToThemselves(EmbeddedMemcached server) throws Exception {
        SEEN.add(server);
        assertThat(ServerLocks.of(server).isHeldByCurrentThread()).isTrue();
        assertThat(server.items()).isEmpty();
        String key = "key" + System.nanoTime();
        try (Socket socket = new Socket(server.address().getAddress(), server.port())) {
            socket.getOutputStream().write(("ms " + key + " 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read();
            assertThat(server.items()).extracting(StoredItem::key).containsExactly(key);
        }
    }

    @Nested
    class InANestedClass {

        @Test
        void haveTheServerToThemselves(EmbeddedMemcached server) throws Exception {
            haveToThemselves(server);
        }

    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class WithAnInstance {

        @RegisterExtension
        static final EmbeddedMemcachedExtension extension = new EmbeddedMemcachedExtension();

        @RepeatedTest(20)
        void haveTheServerToThemselves() throws Exception {
            haveToThemselves(extension.server());
        }

    }

}
