package io.memlink.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.memlink.embedded.EmbeddedMemcached;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Threads are few, and do not depend on how many connections there are.
 */
class ThreadCountTests {

    @Test
    void manyConnectionsNeedNoMoreThreadsThanOne() {
        try (EmbeddedMemcached server = EmbeddedMemcached.start()) {
            Set<Thread> one = threadsOf(server, 1, 1, 1);
            Set<Thread> many = threadsOf(server, 1, 64, 8);
            assertThat(many).hasSameSizeAs(one);
            assertThat(threadsOf(server, 3, 8, 2)).hasSize(one.size() + 2);
        }
    }

    /** Returns the threads that are there because of that many connections. */
    private static Set<Thread> threadsOf(EmbeddedMemcached server, int loops, int backends, int connections) {
        Set<Thread> before = threads();
        LinkOptions options = LinkOptions.builder().poolSize(connections).build();
        List<ConnectionPool> pools = new ArrayList<>();
        try (LinkResources resources = new LinkResources(loops, 1 << 20)) {
            for (int i = 0; i < backends; i++) {
                pools.add(new ConnectionPool(new Endpoint("127.0.0.1", server.port()), new LineProtocol(), options,
                        resources));
            }
            for (ConnectionPool pool : pools) {
                await().atMost(Duration.ofSeconds(30)).until(() -> pool.connections() == connections);
                pool.send(LineRequest.of("mn")).join();
            }
            Set<Thread> started = threads();
            started.removeAll(before);
            // Those that wait for conditions of tests come and go.
            started.removeIf((thread) -> thread.getName().startsWith("awaitility"));
            pools.forEach((pool) -> pool.close(Duration.ZERO).join());
            return started;
        }
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

}
