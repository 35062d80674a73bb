package io.memlink.embedded;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that say that they have sent all, and go on reading.
 */
class LastRequestTests {

    private static final String BIG = "x".repeat(1_000_000);

    private static final String ONE = "VALUE big 0 1000000\r\n" + BIG + "\r\nEND\r\n";

    private static final int READ_BYTES = 16 * 1024;

    private EmbeddedMemcached server;

    @BeforeEach
    void start() throws IOException {
        this.server = EmbeddedMemcached.start();
        try (TestClient client = new TestClient(this.server.address())) {
            client.exchange("set big 0 0 1000000\r\n" + BIG + "\r\n");
        }
    }

    @AfterEach
    void stop() {
        this.server.close();
    }

    @Test
    void getAllRepliesAndThenTheEnd() throws IOException {
        assertThat(repliesTo("set a 0 0 1\r\nx\r\nget a\r\n")).isEqualTo("STORED\r\nVALUE a 0 1\r\nx\r\nEND\r\n");
        await().until(() -> this.server.openConnections() == 0);
    }

    @Test
    void getLargeRepliesToRequestsThatArriveTogetherWithTheEnd() throws IOException {
        String request = "get big\r\n";
        int spaces = READ_BYTES - 20 * request.length();
        String requests = request.repeat(19) + "get" + " ".repeat(spaces) + " big\r\n";
        // What is read at once, so that the server reads on and finds the end.
        assertThat(requests).hasSize(READ_BYTES);
        assertThat(repliesTo(requests).equals(ONE.repeat(20))).isTrue();
    }

    @Test
    void getOneLargeReplyToOneRequestThatArrivesTogetherWithTheEnd() throws IOException {
        String request = "get" + " ".repeat(READ_BYTES - 3 - 8 * 4 - 2) + " big".repeat(8) + "\r\n";
        String values = ONE.substring(0, ONE.length() - "END\r\n".length()).repeat(8);
        assertThat(request).hasSize(READ_BYTES);
        assertThat(repliesTo(request).equals(values + "END\r\n")).isTrue();
    }

    @Test
    void getRepliesThatAreLate() throws IOException {
        this.server.faults().next("get", Fault.delay(Duration.ofMillis(50)));
        assertThat(repliesTo("get a\r\nmn\r\n")).isEqualTo("END\r\nMN\r\n");
    }

    @Test
    void getRepliesThatTheTestHeldBack() throws IOException {
        HoldFault hold = Fault.hold();
        this.server.faults().next("get", hold);
        try (Socket socket = sendAll("get a\r\n")) {
            await().until(hold::reached);
            hold.release();
            assertThat(rest(socket)).isEqualTo("END\r\n");
        }
    }

    @Test
    void getAReplyThatNoOtherOneOvertakes() throws IOException {
        this.server.faults().next("get", Fault.swapWithNext());
        assertThat(repliesTo("get a\r\n")).isEqualTo("END\r\n");
    }

    @Test
    void getNoReplyWhereNoneWillEverCome() throws IOException {
        this.server.faults().next("get", Fault.stall());
        assertThat(repliesTo("get a\r\nquit\r\n")).isEmpty();
        await().until(() -> this.server.openConnections() == 0);
    }

    @Test
    void getNothingForAPayloadThatIsNotComplete() throws IOException {
        assertThat(repliesTo("set a 0 0 5\r\nxx")).isEmpty();
        await().until(() -> this.server.openConnections() == 0);
        assertThat(this.server.item("a")).isEmpty();
    }

    private String repliesTo(String requests) throws IOException {
        try (Socket socket = sendAll(requests)) {
            return rest(socket);
        }
    }

    private Socket sendAll(String requests) throws IOException {
        Socket socket = new Socket();
        // Set before it connects, so that the system takes little of what is sent.
        socket.setReceiveBufferSize(64 * 1024);
        socket.connect(this.server.address());
        socket.setSoTimeout(20_000);
        await().until(() -> this.server.openConnections() > 0);
        this.server.freeze();
        socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        this.server.thaw();
        return socket;
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

}
