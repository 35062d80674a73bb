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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A memcached started from the binary on the {@code PATH}. Safe for use by many threads.
 * Owns its process and touches no other; a shutdown hook ends it if nobody closes it.
 */
final class LocalServer implements RunningServer {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

    private static final long POLL_MILLIS = 5;

    private final InetSocketAddress address;

    private final List<String> commandLine;

    private final Thread shutdownHook = new Thread(this::kill, "memlink-embedded-memcached-shutdown");

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
            if (exits(started, POLL_MILLIS) || System.nanoTime() > deadline) {
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

    private static boolean exits(Process process, long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IllegalStateException("Interrupted while waiting for memcached", ex);
        }
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
        if (!exits(this.process, START_TIMEOUT.toMillis())) {
            throw new IllegalStateException("process: " + this.process.pid() + " (expected: ends when killed)");
        }
    }

    // The signal arrives a moment after it was sent, and until then the process goes on
    // answering.
    @Override
    public synchronized void pause() {
        signal("STOP");
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isStopped() && !exits(this.process, 1)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("process: " + this.process.pid() + " (expected: stops)");
            }
        }
    }

    // Only Linux shows the state of each thread; elsewhere the signal is trusted.
    private boolean isStopped() {
        Path threads = Path.of("/proc", String.valueOf(this.process.pid()), "task");
        if (!Files.isDirectory(threads)) {
            return true;
        }
        try (Stream<Path> each = Files.list(threads)) {
            return each.allMatch(LocalServer::isThreadStopped);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static boolean isThreadStopped(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.startsWith("T", stat.lastIndexOf(')') + 2);
        }
        catch (IOException ex) {
            return true; // it has ended
        }
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    // The shell's own kill, because not every machine has the program.
    private synchronized void signal(String name) {
        if (!this.process.isAlive()) {
            throw new IllegalStateException("process: " + this.process.pid() + " (expected: alive)");
        }
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + this.process.pid()).inheritIO()
                .start();
            if (!exits(kill, START_TIMEOUT.toMillis()) || kill.exitValue() != 0) {
                throw new IllegalStateException("signal: " + name + " (expected: delivered)");
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
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
