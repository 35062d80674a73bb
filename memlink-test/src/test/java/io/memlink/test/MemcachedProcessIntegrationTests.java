package io.memlink.test;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class MemcachedProcessIntegrationTests {

    @Test
    void answersOnceStarted() {
        try (MemcachedProcess process = MemcachedProcess.start()) {
            assertThat(process.isAlive()).isTrue();
            assertThat(process.address().getPort()).isEqualTo(process.port());
            assertThat(process.command("version")).startsWith("VERSION 1.");
            assertThat(process.stats()).containsKeys("pid", "version", "curr_items").containsEntry("threads", "1");
        }
    }

    @Test
    void comesBackEmptyOnTheSamePort() {
        try (MemcachedProcess process = MemcachedProcess.start()) {
            int port = process.port();
            process.command("ms foo 2\r\nhi\r\n");
            process.restart();
            assertThat(process.port()).isEqualTo(port);
            assertThat(process.command("mg foo v")).isEqualTo("EN\r\n");
        }
    }

    @Test
    void refusesConnectionsWhenKilled() {
        try (MemcachedProcess process = MemcachedProcess.start()) {
            process.kill();
            assertThat(process.isAlive()).isFalse();
            assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> new Socket(process.address().getAddress(), process.port()).close());
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(process::pause)
                .withMessageEndingWith("(expected: alive)");
        }
    }

    @Test
    void answersNothingWhilePaused() throws IOException {
        try (MemcachedProcess process = MemcachedProcess.start();
                Socket socket = new Socket(process.address().getAddress(), process.port())) {
            process.pause();
            socket.setSoTimeout(200);
            socket.getOutputStream().write(new byte[] { 'm', 'n', '\r', '\n' });
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> socket.getInputStream().read());
            process.resume();
            socket.setSoTimeout(5000);
            assertThat(socket.getInputStream().readNBytes(4)).containsExactly('M', 'N', '\r', '\n');
        }
    }

    @Test
    void endsEvenWhenPausedAndTwice() {
        MemcachedProcess process = MemcachedProcess.start();
        process.pause();
        process.close();
        assertThat(process.isAlive()).isFalse();
        assertThatNoException().isThrownBy(process::close);
    }

    @Test
    void saysHowItWasStartedWhenItDoesNotStart() {
        assertThatExceptionOfType(IllegalStateException.class)
            .isThrownBy(() -> MemcachedProcess.start("--no-such-argument"))
            .withMessageContaining("--no-such-argument");
    }

}
