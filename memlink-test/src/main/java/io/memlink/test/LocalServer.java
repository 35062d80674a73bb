package io.memlink.test;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A memcached started from the binary on the {@code PATH}. Safe for use by many threads.
 * Owns its process and touches no other; a shutdown hook ends it if nobody closes it.
 */
final class LocalServer implements RunningServer {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

    private final InetSocketAddress address;

    private final List<String> commandLine;

    private final Thread shutdownHook = new Thread(this::kill, "memlink-embedded-memcached-shutdown");

    private final ProcessSignals signals = new ProcessSignals(START_TIMEOUT);

    private Process process;

    LocalServer(Path binary, List<String> arguments) {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        this.commandLine = commandLine(binary, arguments);
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(this.shutdownHook);
    }

    static @Nullable Path findBinary() {
        String path = System.getenv("PATH");
        if (path != null) {
            for (String directory : path.split(File.pathSeparator)) {
                Path candidate = Path.of(directory, "memcached");
                if (Files.isExecutable(candidate)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private List<String> commandLine(Path binary, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(binary.toString(), "-l", "127.0.0.1", "-p",
                String.valueOf(this.address.getPort()), "-U", "0", "-t", "1"));
        // Memcached refuses to run as root unless it is told so.
        if ("root".equals(System.getProperty("user.name"))) {
            line.addAll(List.of("-u", "root"));
        }
        line.addAll(arguments);
        return line;
    }

    private Process launch() {
        try {
            Process started = new ProcessBuilder(this.commandLine).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
            awaitAnswer(started);
            return started;
        }
        catch (IOException ex) {
            throw new UncheckedIOException("Cannot start " + this.commandLine, ex);
        }
    }

    // Any answer will do: one with authentication answers version with an error.
    private void awaitAnswer(Process started) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        RawSocket socket = new RawSocket(this.address);
        while (!isUp(socket)) {
            if (ProcessSignals.exits(started, POLL_INTERVAL) || System.nanoTime() > deadline) {
                started.destroyForcibly();
                throw new IllegalStateException("memcached: " + this.commandLine + " (expected: answers on "
                        + this.address + " within " + START_TIMEOUT + "; run it by hand to see why)");
            }
        }
    }

    // One that speaks TLS does not answer in the clear.
    private boolean isUp(RawSocket socket) {
        return this.commandLine.contains("-Z") ? socket.accepts() : socket.answers("version\r\n");
    }

    @Override
    public InetSocketAddress address() {
        return this.address;
    }

    @Override
    public synchronized boolean isAlive() {
        return this.process.isAlive();
    }

    @Override
    public synchronized void restart() {
        kill();
        this.process = launch();
    }

    @Override
    public synchronized void kill() {
        this.process.destroyForcibly();
        if (!ProcessSignals.exits(this.process, START_TIMEOUT)) {
            throw new IllegalStateException("process: " + this.process.pid() + " (expected: ends when killed)");
        }
    }

    @Override
    public synchronized void pause() {
        this.signals.stop(this.process);
    }

    @Override
    public synchronized void resume() {
        this.signals.resume(this.process);
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(this.shutdownHook);
        }
        catch (IllegalStateException ex) {
            // The JVM is ending and the hook with it.
        }
    }

}
