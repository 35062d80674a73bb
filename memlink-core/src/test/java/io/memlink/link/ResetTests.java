package io.memlink.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.memlink.link.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Connections that are given up with a request on its way take that request with them,
 * and others end in order; on each transport.
 */
class ResetTests {

    private static final LineRequest NOOP = LineRequest.of("mn");

    private ServerSocket server;

    private LinkResources resources;

    private ConnectionPool pool;

    static String[] transports() {
        return TransportTests.transports().toArray(String[]::new);
    }

    /** Connects to a server that greets, and says nothing from then on. */
    private Socket connect(String transport) throws IOException {
        this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.resources = new LinkResources(1, 1000, 1 << 20, Transport.named(transport));
        this.pool = new ConnectionPool(new Endpoint("127.0.0.1", this.server.getLocalPort()), new LineProtocol(),
                LinkOptions.builder().requestTimeout(Duration.ofMillis(50)).build(), this.resources);
        Socket socket = this.server.accept();
        readLine(socket);
        socket.getOutputStream().write("VERSION 1.6.45\r\n".getBytes(StandardCharsets.US_ASCII));
        await().until(() -> this.pool.connections() == 1);
        return socket;
    }

    private static void readLine(Socket socket) throws IOException {
        int read = socket.getInputStream().read();
        while (read != '\n') {
            read = socket.getInputStream().read();
        }
    }

    @AfterEach
    void close() throws IOException {
        this.pool.close(Duration.ZERO).join();
        this.resources.close();
        this.server.close();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aStalledConnectionIsReset(String transport) throws IOException {
        try (Socket socket = connect(transport)) {
            this.pool.send(NOOP);
            readLine(socket);
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read());
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aClientThatDoesNotWaitForAReplyTakesItsRequestBack(String transport) throws IOException {
        try (Socket socket = connect(transport)) {
            CompletableFuture<String> reply = this.pool.send(NOOP);
            readLine(socket);
            this.pool.close(Duration.ZERO).join();
            assertThat(reply).isCompletedExceptionally();
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read());
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aClientThatIsClosedEndsInOrder(String transport) throws IOException {
        try (Socket socket = connect(transport)) {
            this.pool.close(Duration.ofSeconds(1)).join();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

}
