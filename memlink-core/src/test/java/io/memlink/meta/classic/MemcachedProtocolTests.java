package io.memlink.meta.classic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;

import io.memlink.LogLines;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.Outcome;
import io.memlink.link.ConnectionPool;
import io.memlink.link.Endpoint;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.meta.MetaNoop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What is found out when a connection is opened.
 */
class MemcachedProtocolTests {

    @RegisterExtension
    private final LogLines lines = new LogLines(MemcachedProtocol.class);

    private final LinkResources resources = new LinkResources(1, LinkResources.defaultMaxBytes());

    @AfterEach
    void close() {
        this.resources.close();
    }

    private @Nullable MemlinkConnectionException failure(int port, @Nullable Credentials credentials) {
        ConnectionPool pool = new ConnectionPool(new Endpoint("127.0.0.1", port), new MemcachedProtocol(credentials),
                LinkOptions.builder().requestTimeout(Duration.ofSeconds(5)).build(), this.resources);
        try {
            pool.send(MetaNoop.INSTANCE).join();
            return null;
        }
        catch (CompletionException ex) {
            return (MemlinkConnectionException) ex.getCause();
        }
        finally {
            pool.close(Duration.ZERO).join();
        }
    }

    @ParameterizedTest
    @CsvSource({ "1.6.10", "1.6.17", "1.6.18", "1.6.45", "2.0.0", "some-proxy" })
    void servesWhatSpeaksTheMetaProtocol(String version) {
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().version(version).start()) {
            assertThat(failure(server.port(), null)).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({ "1.6.9", "1.6.0", "1.5.22", "1.4.25" })
    void refusesOlderDialects(String version) {
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().version(version).start()) {
            MemlinkConnectionException failure = failure(server.port(), null);
            assertThat(failure.reason()).isEqualTo(Reason.OLD_SERVER);
            assertThat(failure.outcome()).isEqualTo(Outcome.NOT_SENT);
            assertThat(failure).hasMessageContaining("memcached " + version).hasMessageContaining("1.6.10 or newer");
        }
    }

    @Test
    void logsInBeforeAnythingElse() {
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().credentials("user", "secret").start()) {
            assertThat(failure(server.port(), new Credentials("user", "secret"))).isNull();
            MemlinkConnectionException wrong = failure(server.port(), new Credentials("user", "wr0ng"));
            assertThat(wrong.reason()).isEqualTo(Reason.AUTHENTICATION);
            assertThat(wrong).hasMessageNotContaining("user").hasMessageNotContaining("wr0ng");
            assertThat(failure(server.port(), null).reason()).isEqualTo(Reason.AUTHENTICATION);
        }
    }

    @Test
    void doesNotGiveItsPasswordToAServerThatDoesNotAskForIt() {
        try (EmbeddedMemcached server = EmbeddedMemcached.start()) {
            assertThat(failure(server.port(), new Credentials("user", "secret"))).isNull();
            assertThat(server.requests("set")).isZero();
            assertThat(server.requests("mn")).isEqualTo(1);
            assertThat(server.items()).isEmpty();
            assertThat(this.lines.messages()).singleElement()
                .asString()
                .startsWith("A server asks for no login")
                .doesNotContain("user")
                .doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -ERR unknown command 'version'          | is it Redis?
            HTTP/1.1 400 Bad Request                | is it the right port?
            ERROR Too many open connections         | too many open connections
            220 mail.example                        | not memcached
            """)
    void tellsWhatAnswersInstead(String greeting, String message) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread peer = new Thread(() -> answer(server, greeting + "\r\n"));
            peer.start();
            assertThat(failure(server.getLocalPort(), null)).hasMessageContaining(message);
        }
    }

    /**
     * Or a proxy whose backend was away for a moment would be dialed ever more seldom.
     */
    @Test
    void whatCannotAnswerAtTheMomentIsNoOtherProtocol() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread peer = new Thread(() -> answer(server, "SERVER_ERROR backend failure\r\n"));
            peer.start();
            MemlinkConnectionException failure = failure(server.getLocalPort(), null);
            assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
            assertThat(failure).hasMessageContaining("SERVER_ERROR backend failure");
        }
    }

    private static void answer(ServerSocket server, String greeting) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read();
            socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
        catch (IOException ex) {
            // The client has hung up.
        }
    }

    @ParameterizedTest
    @CsvSource({ "a b,secret,username", "'',secret,username", "a:b,secret,username" })
    void refusesCredentialsThatCannotBeSent(String username, String password, String name) {
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> new Credentials(username, password)))
            .hasMessageStartingWith(name + ": ")
            .hasMessageNotContaining(password);
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> new Credentials("user", "se\r\ncret")))
            .hasMessageStartingWith("password: ")
            .hasMessageNotContaining("cret");
    }

}
