package io.memlink.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Signals that stop a process and let it go on. Stateless; the callers own the processes.
 */
final class ProcessSignals {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(1);

    private final Duration timeout;

    /**
     * Creates signals that fail where the process does not obey in time.
     */
    ProcessSignals(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Stops a process and returns once it stands still: the signal arrives a moment after
     * it was sent, and until then the process goes on answering.
     */
    void stop(Process process) {
        signal(process, "STOP");
        long deadline = System.nanoTime() + this.timeout.toNanos();
        while (!isStopped(process) && !exits(process, POLL_INTERVAL)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("process: " + process.pid() + " (expected: stops)");
            }
        }
    }

    /**
     * Lets a stopped process go on.
     */
    void resume(Process process) {
        signal(process, "CONT");
    }

    // The shell's own kill, because not every machine has the program.
    private void signal(Process process, String name) {
        if (!process.isAlive()) {
            throw new IllegalStateException("process: " + process.pid() + " (expected: alive)");
        }
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).inheritIO().start();
            if (!exits(kill, this.timeout) || kill.exitValue() != 0) {
                throw new IllegalStateException("signal: " + name + " (expected: delivered)");
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    // Only Linux shows the state of each thread; elsewhere the signal is trusted.
    private static boolean isStopped(Process process) {
        Path threads = Path.of("/proc", String.valueOf(process.pid()), "task");
        if (!Files.isDirectory(threads)) {
            return true;
        }
        try (Stream<Path> each = Files.list(threads)) {
            return each.allMatch(ProcessSignals::isThreadStopped);
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

    /**
     * Waits until a process ends, which is killed where the wait is interrupted.
     */
    static boolean exits(Process process, Duration wait) {
        try {
            return process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IllegalStateException("Interrupted while waiting for memcached", ex);
        }
    }

}
