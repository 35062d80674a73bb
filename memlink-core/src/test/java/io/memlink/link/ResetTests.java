package io.memlink.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

import io.memlink.link.tls.TlsOptions;
import io.memlink.link.transport.Transport;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
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

    private Socket connect(String transport) throws IOException {
        return connect(transport, ServerSocketFactory.getDefault(), LinkOptions.builder());
    }

    /** Connects to a server that greets, and says nothing from then on. */
    private Socket connect(String transport, ServerSocketFactory factory, LinkOptions.Builder options)
            throws IOException {
        this.server = factory.createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.resources = new LinkResources(1, 1000, 1 << 20, Transport.named(transport));
        this.pool = new ConnectionPool(new Endpoint("127.0.0.1", this.server.getLocalPort()), new LineProtocol(),
                options.requestTimeout(Duration.ofMillis(50))
                    .connectTimeout(Duration.ofSeconds(10))
                    .handshakeTimeout(Duration.ofSeconds(10))
                    .build(),
                this.resources);
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

    private static void readToTheEnd(Socket socket) throws IOException {
        int read = 0;
        while (read >= 0) {
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
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> readToTheEnd(socket));
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void anEncryptedConnectionIsResetWithoutAFarewell(String transport) throws Exception {
        X509Bundle certificate = new CertificateBuilder().subject("CN=localhost")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        TlsOptions tls = TlsOptions.builder()
            .trustManagers(certificate.toTrustManagerFactory())
            .verifyHostname(false)
            .build();
        try (Socket socket = connect(transport, context.getServerSocketFactory(),
                LinkOptions.builder().tls(() -> tls))) {
            this.pool.send(NOOP);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> readToTheEnd(socket))
                .withMessageContaining("reset");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aClientThatDoesNotWaitForAReplyTakesItsRequestBack(String transport) throws IOException {
        try (Socket socket = connect(transport)) {
            CompletableFuture<String> reply = this.pool.send(NOOP);
            await().until(() -> this.pool.inFlight() == 1);
            this.pool.close(Duration.ZERO).join();
            assertThat(reply).isCompletedExceptionally();
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> readToTheEnd(socket));
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
