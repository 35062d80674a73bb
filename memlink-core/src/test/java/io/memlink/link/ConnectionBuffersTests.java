package io.memlink.link;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Random;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.link.transport.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A connection whose requests are answered one after the other takes no memory for them,
 * and leaves none behind.
 */
class ConnectionBuffersTests {

    private final StarvingAllocator memory = new StarvingAllocator();

    @ParameterizedTest
    @MethodSource("io.memlink.link.TransportTests#transports")
    void areUsedAgain(String transport) {
        try (EmbeddedMemcached server = EmbeddedMemcached.start();
                LinkResources resources = new LinkResources(1, 1000, 1 << 20, Transport.named(transport),
                        new LinkResources.Environment(new Random(1), this.memory, InetAddress::getAllByName))) {
            ConnectionPool pool = new ConnectionPool(new Endpoint("127.0.0.1", server.port()), new LineProtocol(),
                    LinkOptions.builder().poolSize(1).build(), resources, LinkListener.NONE);
            await().until(() -> pool.connections() == 1);
            int before = this.memory.buffers.size();
            for (int i = 0; i < 100; i++) {
                assertThat(pool.send(LineRequest.of("mn")).join()).isEqualTo("MN");
            }
            assertThat(this.memory.buffers.size() - before).isLessThan(10);
            pool.close(Duration.ZERO).join();
        }
        assertThat(this.memory.buffers).allSatisfy((buffer) -> assertThat(buffer.refCnt()).isZero());
    }

}
