package io.memlink.sample.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of a server that can be broken.
 */
class DemoServerTests {

    private final DemoServer server = new DemoServer("cache-1");

    @AfterEach
    void kill() {
        this.server.kill();
    }

    @Test
    void answersLateWhatItWasAskedWhileItStoodStill() throws IOException {
        try (Socket socket = connect()) {
            this.server.freeze();
            ask(socket, "mn");
            socket.setSoTimeout(100);
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> answer(socket));
            this.server.revive();
            socket.setSoTimeout(5000);
            assertThat(answer(socket)).isEqualTo("MN");
        }
        assertThat(answerTo("mn")).isEqualTo("MN");
    }

    @Test
    void forgetsEverythingWhenItIsKilled() throws IOException {
        assertThat(answerTo("ms key 1\r\nx")).isEqualTo("HD");
        this.server.kill();
        assertThatExceptionOfType(IOException.class).isThrownBy(this::connect);
        this.server.revive();
        assertThat(answerTo("mg key v")).isEqualTo("EN");
    }

    @Test
    void throwsOutWhatWasThereWhenItIsFilled() throws IOException {
        assertThat(answerTo("ms key 1\r\nx")).isEqualTo("HD");
        this.server.fill();
        assertThat(answerTo("mg key v")).isEqualTo("EN");
        assertThat(answerTo("mg filler:80 s")).isEqualTo("HD s100000");
    }

    @Test
    void cannotBeFilledWhileItStandsStill() {
        this.server.freeze();
        assertThatIllegalStateException().isThrownBy(this.server::fill)
            .withMessage("cache-1 is FROZEN (expected: RUNNING)");
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), this.server.port());
    }

    private String answerTo(String request) throws IOException {
        try (Socket socket = connect()) {
            ask(socket, request);
            return answer(socket);
        }
    }

    private static void ask(Socket socket, String request) throws IOException {
        socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String answer(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

}
