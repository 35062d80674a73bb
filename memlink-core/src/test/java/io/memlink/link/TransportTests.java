package io.memlink.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.link.transport.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Each way to move bytes that works on this machine.
 */
class TransportTests {

    private static final LineRequest NOOP = LineRequest.of("mn");

    static Stream<String> transports() {
        return Stream.of("nio", "epoll", "io_uring", "kqueue").filter(TransportTests::works);
    }

    private static boolean works(String name) {
        try {
            return Transport.named(name).isAvailable();
        }
        catch (IllegalArgumentException ex) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void carriesRequestsOverTcp(String name) {
        try (EmbeddedMemcached server = EmbeddedMemcached.start()) {
            assertThat(reply(name, new Endpoint("localhost", server.port()))).isEqualTo("MN");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void carriesRequestsOverUnixDomainSockets(String name, @TempDir Path directory) throws IOException {
        Path path = directory.resolve("server.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            Thread thread = new Thread(() -> answerOnce(server));
            thread.start();
            assertThat(reply(name, Endpoint.unix(path.toString()))).isEqualTo("MN");
        }
    }

    private static void answerOnce(ServerSocketChannel server) {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        try (SocketChannel client = server.accept()) {
            for (String answer : List.of("VERSION 1.6.45\r\n", "MN\r\n")) {
                client.read(buffer);
                client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
            }
            client.read(buffer);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String reply(String transport, Endpoint endpoint) {
        LinkOptions options = LinkOptions.builder().requestTimeout(Duration.ofSeconds(10)).build();
        try (LinkResources resources = new LinkResources(1, 1000, 1 << 20, Transport.named(transport))) {
            ConnectionPool pool = new ConnectionPool(endpoint, new LineProtocol(), options, resources);
            String reply = pool.send(NOOP).join();
            pool.close(Duration.ZERO).join();
            return reply;
        }
    }

    @Test
    void thereIsAlwaysOneThatWorks() {
        assertThat(transports()).contains("nio");
        assertThat(Transport.choose().isAvailable()).isTrue();
    }

    @Test
    void refusesWhatDoesNotWorkHere() {
        assertThatIllegalArgumentException().isThrownBy(() -> Transport.named("pigeon"))
            .withMessage("io.memlink.transport: pigeon (expected: one of [io_uring, epoll, kqueue, nio] that works"
                    + " here)");
    }

}
