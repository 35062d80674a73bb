package io.memlink.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * The sockets of a server.
 */
class ListenersTests {

    @Test
    void listensOnAUnixSocketToo(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("memcached.sock");
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().unixSocket(path).start()) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(path));
                channel.write(ByteBuffer.wrap("ms foo 2\r\nhi\r\n".getBytes(StandardCharsets.US_ASCII)));
                ByteBuffer reply = ByteBuffer.allocate(4);
                while (reply.hasRemaining() && channel.read(reply) >= 0) {
                    // goes on reading
                }
                assertThat(new String(reply.array(), StandardCharsets.US_ASCII)).isEqualTo("HD\r\n");
            }
            assertThat(server.item("foo")).isPresent();
        }
        assertThat(Files.exists(path)).isFalse();
    }

    @Test
    void tellsOneConnectionTooManyAndClosesIt() throws IOException {
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().maxConnections(2).start();
                TestClient first = new TestClient(server.address())) {
            first.exchange("");
            try (TestClient second = new TestClient(server.address()); TestClient third = refused(server, second)) {
                assertThat(third.readLine()).isEqualTo("ERROR Too many open connections\r\n");
                assertThat(third.isAtEnd()).isTrue();
                assertThat(first.exchange("stats\r\n")).contains("STAT rejected_connections 1\r\n",
                        "STAT max_connections 2\r\n");
            }
            await().until(() -> server.openConnections() == 1);
            try (TestClient next = new TestClient(server.address())) {
                assertThat(next.exchange("mg foo\r\n")).isEqualTo("EN\r\n");
            }
        }
    }

    // Connects once the other one is accepted.
    private static TestClient refused(EmbeddedMemcached server, TestClient accepted) throws IOException {
        accepted.exchange("");
        return new TestClient(server.address());
    }

    @Test
    void servesManyConnectionsAtOnce() throws IOException {
        List<TestClient> clients = new ArrayList<>();
        try (EmbeddedMemcached server = EmbeddedMemcached.start()) {
            for (int i = 0; i < 256; i++) {
                clients.add(new TestClient(server.address()));
            }
            for (int i = 0; i < 256; i++) {
                clients.get(i).send("ms k" + i + " 1 k\r\nx\r\n");
            }
            for (int i = 0; i < 256; i++) {
                assertThat(clients.get(i).readLine()).isEqualTo("HD kk" + i + "\r\n");
            }
            assertThat(server.openConnections()).isEqualTo(256);
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void endsWhenAClientMayShutItDown() throws IOException, InterruptedException {
        EmbeddedMemcached server = EmbeddedMemcached.builder().allowShutdown().start();
        try (TestClient client = new TestClient(server.address())) {
            assertThat(client.exchange("shutdown x\r\n")).isEqualTo("CLIENT_ERROR invalid shutdown mode\r\n");
            assertThat(client.send("shutdown\r\n").isAtEnd()).isTrue();
        }
        server.awaitClose();
        server.close();
    }

    @Test
    void takesOrdersOnItsControlPort() throws IOException {
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().controlPort(0).start();
                TestClient client = new TestClient(server.address());
                TestClient control = new TestClient(
                        new InetSocketAddress(server.address().getAddress(), server.controlPort()))) {
            client.exchange("ms foo 2 T100\r\nhi\r\n");
            assertThat(order(control, "fault next mg replace EN")).isEqualTo("OK");
            assertThat(client.exchange("mg foo\r\nmg foo\r\n")).isEqualTo("EN\r\nHD\r\n");
            assertThat(order(control, "connection 1 nth 2 drop")).isEqualTo("OK");
            assertThat(client.exchange("mg foo O1\r\nmg foo O2\r\nmg foo O3\r\n")).isEqualTo("HD O1\r\nHD O3\r\n");
            assertThat(order(control, "fault next nonsense")).startsWith("ERROR fault: nonsense");
            assertThat(order(control, "nonsense")).startsWith("ERROR command: nonsense");
            assertThat(order(control, "advance 100s")).isEqualTo("OK");
            assertThat(client.exchange("mg foo\r\n")).isEqualTo("EN\r\n");
            assertThat(order(control, "requests mg")).isEqualTo("6");
            assertThat(control.readLine()).isEqualTo("OK\n");
            try (Socket http = new Socket(server.address().getAddress(), server.controlPort())) {
                http.getOutputStream()
                    .write("POST /fault/next/mg/garbage HTTP/1.1\r\nHost: x\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(http.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\nOK\n");
            }
            assertThat(server.faults().pending()).isOne();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            advance 9999999999999999h | ERROR duration: 9999999999999999h (expected: like 50ms, 10s, 1h or PT1M)
            advance h                 | ERROR duration: h (expected: like 50ms, 10s, 1h or PT1M)
            advance 2000000000000000h | ERROR time: PT2000000000000000H (expected: at most PT8760000H)
            out-of-memory maybe       | ERROR out-of-memory: maybe (expected: on or off)
            fault always foo drop     | ERROR command: foo (expected: one that clients can send)
            fault                     | ERROR command: fault (expected: all the words that help has)
            memory much               | ERROR command: memory much (expected: numbers where help has them)
            """)
    void saysWhatIsWrongWithAnOrder(String line, String answer) throws IOException {
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().controlPort(0).start();
                TestClient control = control(server)) {
            assertThat(order(control, line)).isEqualTo(answer);
            assertThat(order(control, "reset")).isEqualTo("OK");
        }
    }

    @Test
    void answersOrdersThatItCannotRead() throws IOException {
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().controlPort(0).start();
                TestClient control = control(server);
                TestClient http = control(server)) {
            assertThat(order(control, "x".repeat(10_000))).startsWith("ERROR line: too long");
            assertThat(control.isAtEnd()).isTrue();
            assertThat(http.send("GET /fault/next/get/replace/%zz HTTP/1.1\r\n\r\n").readLine())
                .isEqualTo("HTTP/1.1 400 Bad Request\r\n");
        }
    }

    @Test
    void canBeToldAgainToAcceptWhileItsPortIsTaken() throws IOException {
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().controlPort(0).start();
                TestClient client = new TestClient(server.address());
                TestClient control = control(server)) {
            client.exchange("ms foo 2\r\nhi\r\n");
            assertThat(order(control, "refuse")).isEqualTo("OK");
            try (ServerSocket other = new ServerSocket()) {
                other.setReuseAddress(true);
                other.bind(server.address());
                String refusal = "port: " + server.port() + " (expected: free)";
                assertThat(order(control, "accept")).isEqualTo("ERROR " + refusal);
                assertThatIllegalStateException().isThrownBy(server::resumeAccepting).withMessage(refusal);
                assertThat(server.items()).hasSize(1);
                assertThatIllegalStateException().isThrownBy(server::reset).withMessage(refusal);
                assertThat(client.exchange("mg foo\r\n")).isEqualTo("EN\r\n");
            }
            assertThat(order(control, "accept")).isEqualTo("OK");
            new TestClient(server.address()).close();
        }
    }

    private static TestClient control(EmbeddedMemcached server) throws IOException {
        return new TestClient(new InetSocketAddress(server.address().getAddress(), server.controlPort()));
    }

    private static String order(TestClient control, String line) throws IOException {
        return control.send(line + "\n").readLine().strip();
    }

}
