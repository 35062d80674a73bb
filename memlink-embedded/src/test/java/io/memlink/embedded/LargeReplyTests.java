package io.memlink.embedded;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that ask for more than they read.
 */
class LargeReplyTests {

    private static final String BIG = "x".repeat(1_000_000);

    private static final String ONE = "VALUE big 0 1000000\r\n" + BIG + "\r\n";

    private EmbeddedMemcached server;

    private TestClient client;

    @BeforeEach
    void connect() throws IOException {
        this.server = EmbeddedMemcached.start();
        this.client = new TestClient(this.server.address());
        this.client.exchange("set big 0 0 1000000\r\n" + BIG + "\r\n");
    }

    @AfterEach
    void disconnect() throws IOException {
        this.client.close();
        this.server.close();
    }

    @Test
    void carriesOutNoMoreThanTheClientReads() throws IOException {
        try (Socket socket = ask("get big\r\n".repeat(100) + "mn\r\n")) {
            waitUntilItWaits();
            assertThat(this.server.requests("get")).isBetween(1L, 50L);
            for (int i = 0; i < 100; i++) {
                expect(socket, ONE + "END\r\n");
            }
            expect(socket, "MN\r\n");
            assertThat(this.server.requests("get")).isEqualTo(100);
        }
    }

    @Test
    void sendsManyValuesOfOneRequestAsTheClientReadsThem() throws IOException {
        try (Socket socket = ask("get" + " big".repeat(100) + "\r\nmn\r\n")) {
            waitUntilItWaits();
            assertThat(hits()).isBetween(1L, 50L);
            for (int i = 0; i < 100; i++) {
                expect(socket, ONE);
            }
            expect(socket, "END\r\nMN\r\n");
            assertThat(hits()).isEqualTo(100);
        }
    }

    @Test
    void servesOthersMeanwhile() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                silent.add(ask("get big big big big big big big\r\n".repeat(100)));
            }
            waitUntilItWaits();
            assertThat(this.client.exchange("mg none\r\n")).isEqualTo("EN\r\n");
        }
        finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
        await().until(() -> this.server.openConnections() == 1);
    }

    @Test
    void closesBehindWhatWaits() throws IOException {
        try (Socket socket = ask("get big\r\n".repeat(10) + "quit\r\n")) {
            waitUntilItWaits();
            for (int i = 0; i < 10; i++) {
                expect(socket, ONE + "END\r\n");
            }
            assertThat(socket.getInputStream().read()).isNegative();
        }
    }

    @Test
    void failsWholeRepliesInTheirOrder() throws IOException {
        this.server.faults().nth("get", 2, Fault.replaceWith("2\r\n")).nth("get", 4, Fault.swapWithNext());
        HoldFault hold = Fault.hold();
        this.server.faults().nth("get", 5, hold);
        String many = "get" + " big".repeat(8) + "\r\n";
        try (Socket socket = ask(many.repeat(3) + "get none\r\n" + many + "get none\r\nmn\r\n")) {
            expect(socket, ONE.repeat(8) + "END\r\n2\r\n" + ONE.repeat(8) + "END\r\n");
            await().until(hold::reached);
            hold.release();
            expect(socket, ONE.repeat(8) + "END\r\nEND\r\nEND\r\nMN\r\n");
        }
    }

    @Test
    void goesOnReadingBehindTheEndOfItsOutput() throws IOException {
        this.server.faults().nth("get", 5, Fault.halfClose());
        try (Socket socket = ask("get big\r\n".repeat(20) + "set end 0 0 1\r\nx\r\n")) {
            expect(socket, (ONE + "END\r\n").repeat(5));
            assertThat(socket.getInputStream().read()).isNegative();
            await().until(() -> this.server.item("end").isPresent());
        }
    }

    private Socket ask(String requests) throws IOException {
        Socket socket = new Socket();
        // Set before it connects, so that the system takes little of what is sent.
        socket.setReceiveBufferSize(64 * 1024);
        socket.connect(this.server.address());
        socket.setSoTimeout(20_000);
        OutputStream out = socket.getOutputStream();
        out.write(requests.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private void waitUntilItWaits() throws IOException {
        await().until(() -> hits() > 0);
        long[] seen = { -1 };
        // Nothing more happened in two turns of the server.
        await().until(() -> {
            long before = seen[0];
            seen[0] = hits();
            return before == seen[0];
        });
    }

    private long hits() throws IOException {
        String statistics = this.client.exchange("stats\r\n");
        String name = "STAT get_hits ";
        int start = statistics.indexOf(name) + name.length();
        return Long.parseLong(statistics.substring(start, statistics.indexOf('\r', start)));
    }

    private static void expect(Socket socket, String text) throws IOException {
        byte[] got = new byte[text.length()];
        new DataInputStream(socket.getInputStream()).readFully(got);
        assertThat(new String(got, StandardCharsets.ISO_8859_1).equals(text)).isTrue();
    }

}
