package io.memlink.resp;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.netty.pkitesting.X509Bundle;

/** A real redis-server on a free port of the loopback interface. */
final class RedisProcess implements AutoCloseable {

    private final Process process;

    private final int port;

    private RedisProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static RedisProcess start(Path directory) throws IOException {
        int port = freePort();
        return start(directory, port, List.of("--port", Integer.toString(port)));
    }

    static RedisProcess startTls(Path directory, X509Bundle certificate) throws IOException {
        int port = freePort();
        Path chain = Files.writeString(directory.resolve("chain.pem"), certificate.getCertificatePathPEM());
        Path key = Files.writeString(directory.resolve("key.pem"), certificate.getPrivateKeyPEM());
        return start(directory, port,
                List.of("--port", "0", "--tls-port", Integer.toString(port), "--tls-cert-file", chain.toString(),
                        "--tls-key-file", key.toString(), "--tls-ca-cert-file", chain.toString(), "--tls-auth-clients",
                        "no"));
    }

    private static RedisProcess start(Path directory, int port, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("redis-server", "--bind", "127.0.0.1", "--save", "", "--dir", directory.toString()));
        command.addAll(arguments);
        try {
            return new RedisProcess(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("redis.log").toFile())
                .start(), port);
        }
        catch (IOException ex) {
            throw new IOException("redis-server cannot be started; install it (apt-get install redis-server)", ex);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
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
