package io.memlink.benchmarks.sidebyside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The redis-server on the {@code PATH}, on loopback, without anything on disk. */
final class RedisProcess implements AutoCloseable {

    private static final int ATTEMPTS = 500;

    private static final long PAUSE_NANOS = 10_000_000;

    private final int port;

    private final Process process;

    RedisProcess() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        try {
            this.process = new ProcessBuilder(List.of("redis-server", "--port", String.valueOf(this.port), "--bind",
                    "127.0.0.1", "--save", "", "--appendonly", "no"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        }
        catch (IOException ex) {
            throw new UncheckedIOException("redis-server: cannot be started (expected: on the PATH)", ex);
        }
        awaitAnswer();
    }

    private void awaitAnswer() {
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), this.port).close();
                return;
            }
            catch (IOException ex) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        this.process.destroyForcibly();
        throw new IllegalStateException("redis-server: does not answer on port " + this.port);
    }

    String address() {
        return "127.0.0.1:" + this.port;
    }

    @Override
    public void close() {
        this.process.destroyForcibly();
    }

}
