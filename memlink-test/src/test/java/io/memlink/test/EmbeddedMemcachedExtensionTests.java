package io.memlink.test;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@EmbeddedMemcachedTest
@TestMethodOrder(MethodOrderer.MethodName.class)
class EmbeddedMemcachedExtensionTests {

    private static int port;

    @Test
    void aInjectsARunningServer(EmbeddedMemcached server) {
        port = server.port();
        assertThat(command(server, "ms foo 2\r\nhi\r\n")).isEqualTo("HD\r\n");
        server.faults().next(Fault.garbage());
        server.outOfMemory(true);
        server.limitMemory(1);
        server.advanceTime(Duration.ofDays(30_000));
        server.stopAccepting();
        server.freeze();
    }

    @Test
    void bInjectsTheSameServerEmptiedAndWithoutFaults(EmbeddedMemcached server) {
        assertThat(server.port()).isEqualTo(port);
        assertThat(server.faults().pending()).isZero();
        assertThat(server.requests()).isZero();
        assertThat(command(server, "mg foo v\r\n")).isEqualTo("EN\r\n");
        assertThat(command(server, "ms foo 2 T100\r\nhi\r\nms bar 2\r\nhi\r\n")).isEqualTo("HD\r\nHD\r\n");
        assertThat(server.items()).hasSize(2);
    }

    @Test
    void tellsThatATestClosedTheServer() {
        EmbeddedMemcached closed = EmbeddedMemcached.start();
        closed.close();
        assertThatIllegalStateException().isThrownBy(closed::reset)
            .withMessage("server: closed, on port " + closed.port()
                    + " (expected: to be left open by the test that used it before)");
    }

    @Test
    void rejectsUseOutsideATest() {
        assertThatIllegalStateException().isThrownBy(() -> new EmbeddedMemcachedExtension().server())
            .withMessage("server: not started (expected: to be used in a test)");
    }

    @Test
    void serverAcceptsConnections(EmbeddedMemcached server) throws IOException {
        try (Socket socket = new Socket(server.address().getAddress(), server.port())) {
            assertThat(socket.isConnected()).isTrue();
        }
    }

    private static String command(EmbeddedMemcached server, String requests) {
        return new RawSocket(server.address()).exchange(requests);
    }

}
