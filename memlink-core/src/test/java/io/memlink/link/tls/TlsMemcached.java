package io.memlink.link.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/** A real memcached that speaks TLS, on a free port of the loopback interface. */
final class TlsMemcached implements AutoCloseable {

    private final int port;

    private final Process process;

    /**
     * Starts a server; it asks clients for a certificate of an authority, where one is
     * given.
     */
    TlsMemcached(Path directory, X509Bundle certificate, @Nullable X509Bundle clientAuthority) throws IOException {
        this.port = freePort();
        Path chain = Files.writeString(Files.createTempFile(directory, "chain", ".pem"),
                certificate.getCertificatePathPEM());
        Path key = Files.writeString(Files.createTempFile(directory, "key", ".pem"), certificate.getPrivateKeyPEM());
        String options = "ssl_chain_cert=" + chain + ",ssl_key=" + key;
        if (clientAuthority != null) {
            Path authority = Files.writeString(Files.createTempFile(directory, "ca", ".pem"),
                    clientAuthority.getCertificatePEM());
            options += ",ssl_ca_cert=" + authority + ",ssl_verify_mode=2";
        }
        List<String> command = new ArrayList<>(List.of("memcached", "-l", "127.0.0.1", "-p",
                Integer.toString(this.port), "-U", "0", "-t", "1", "-Z", "-o", options));
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("-u", "root"));
        }
        this.process = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(directory.resolve("memcached.log").toFile())
            .start();
        await().until(this::listens);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket("127.0.0.1", this.port)) {
            return socket.isConnected();
        }
        catch (IOException ex) {
            return false;
        }
    }

    int port() {
        return this.port;
    }

    @Override
    public void close() {
        this.process.destroyForcibly().onExit().join();
    }

}
