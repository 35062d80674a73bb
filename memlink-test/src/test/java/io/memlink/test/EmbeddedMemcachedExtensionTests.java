package io.memlink.test;

import java.io.IOException;
import java.net.Socket;

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
    }

    @Test
    void bInjectsTheSameServerEmptiedAndWithoutFaults(EmbeddedMemcached server) {
        assertThat(server.port()).isEqualTo(port);
        assertThat(server.faults().pending()).isZero();
        assertThat(command(server, "mg foo v\r\n")).isEqualTo("EN\r\n");
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
