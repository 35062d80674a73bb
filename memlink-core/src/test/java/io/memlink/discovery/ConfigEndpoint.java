package io.memlink.discovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;

import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server on this machine that tells the nodes of a cluster, as the configuration
 * endpoints of cloud providers do.
 */
final class ConfigEndpoint implements AutoCloseable {

    private final ServerSocket socket;

    private volatile String config = "";

    private volatile boolean closed;

    ConfigEndpoint(ServerSocketFactory sockets) {
        try {
            this.socket = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        start(this::accept);
    }

    /** Returns what encrypts, with a certificate that is made for it. */
    static ServerSocketFactory tls(Path store, String password) throws Exception {
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(keytool, "-genkeypair", "-alias", "server", "-keyalg", "RSA", "-keysize",
                "2048", "-dname", "CN=memcached", "-ext", "san=ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12",
                "-storepass", password, "-keystore", store.toString())
            .inheritIO()
            .start();
        assertThat(process.onExit().join().exitValue()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    void setNodes(long version, String... nodes) {
        String text = version + "\n" + String.join(" ", nodes) + "\n";
        this.config = "CONFIG cluster 0 " + text.length() + "\r\n" + text + "\r\nEND\r\n";
    }

    String address() {
        return "127.0.0.1:" + this.socket.getLocalPort();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "config-endpoint");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = this.socket.accept();
                if (this.closed) {
                    // Came while the socket was being closed, which accepts it all the
                    // same.
                    connection.close();
                    return;
                }
                start(() -> serve(connection));
            }
        }
        catch (IOException ex) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String answer = switch (line) {
                    case "version" -> "VERSION 1.6.22\r\n";
                    case "config get cluster" -> this.config;
                    default -> "ERROR\r\n";
                };
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        }
        catch (IOException ex) {
            // The client has gone.
        }
    }

    @Override
    public void close() {
        this.closed = true;
        try {
            this.socket.close();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
