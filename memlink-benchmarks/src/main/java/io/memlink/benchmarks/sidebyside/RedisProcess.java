package io.memlink.benchmarks.sidebyside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The redis-server on the {@code PATH}, on loopback, without anything on disk. Confined
 * to one thread at a time.
 */
public final class RedisProcess implements AutoCloseable {

    private static final int ATTEMPTS = 500;

    private static final long PAUSE_NANOS = 10_000_000;

    private final int port;

    private Process process;

    /** Starts it on a free port. */
    public RedisProcess() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        this.process = launch();
    }

    private Process launch() {
        Process launched;
        try {
            launched = new ProcessBuilder(List.of("redis-server", "--port", String.valueOf(this.port), "--bind",
                    "127.0.0.1", "--save", "", "--appendonly", "no"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        }
        catch (IOException ex) {
            throw new UncheckedIOException("redis-server: cannot be started (expected: on the PATH)", ex);
        }
        awaitAnswer(launched);
        return launched;
    }

    private void awaitAnswer(Process launched) {
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), this.port).close();
                return;
            }
            catch (IOException ex) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        launched.destroyForcibly();
        throw new IllegalStateException("redis-server: does not answer on port " + this.port);
    }

    /** Ends it at once, with all that it holds. */
    public void kill() {
        this.process.destroyForcibly().onExit().join();
    }

    /** Starts it again, empty, on the same port. */
    public void restart() {
        kill();
        this.process = launch();
    }

    /** Lets it stand still (SIGSTOP). */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, String.valueOf(this.process.pid())).start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + status);
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Returns the port on which it listens. */
    public int port() {
        return this.port;
    }

    String address() {
        return "127.0.0.1:" + this.port;
    }

    @Override
    public void close() {
        this.process.destroyForcibly();
    }

}
