package io.memlink.resp;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;

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
        ProcessBuilder command = new ProcessBuilder("redis-server", "--port", Integer.toString(port), "--bind",
                "127.0.0.1", "--save", "", "--dir", directory.toString());
        command.redirectErrorStream(true).redirectOutput(directory.resolve("redis.log").toFile());
        try {
            return new RedisProcess(command.start(), port);
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
