package io.memlink.test;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A real memcached for tests: a process on a free port of the loopback address. Safe for
 * use by many threads. Owns its process and ends no other.
 *
 * @since 0.1.0
 */
public final class MemcachedProcess implements AutoCloseable {

    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(5);

    private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

    private static final String INSTALL = "install memcached (apt-get install memcached, dnf install memcached, "
            + "apk add memcached or brew install memcached), or add Testcontainers and start Docker";

    private final RunningServer server;

    private volatile boolean paused;

    private MemcachedProcess(RunningServer server) {
        this.server = server;
    }

    /**
     * Starts the memcached that is on the {@code PATH}. Returns once it answers.
     * @param arguments what is added to its command line
     * @return the running process, which the caller closes
     * @throws IllegalStateException if there is no binary, or it does not answer
     */
    public static MemcachedProcess start(String... arguments) {
        Path binary = LocalServer.findBinary();
        if (binary == null) {
            throw new IllegalStateException("memcached: not on the PATH (expected: " + INSTALL + ")");
        }
        return new MemcachedProcess(new LocalServer(binary, List.of(arguments)));
    }

    /**
     * Starts the memcached that is on the {@code PATH}, or else one in a container.
     */
    static MemcachedProcess startAnywhere(String... arguments) {
        return (LocalServer.findBinary() == null && canRunContainers()) ? startContainer(arguments) : start(arguments);
    }

    static MemcachedProcess startContainer(String... arguments) {
        return new MemcachedProcess(new ContainerServer(List.of(arguments)));
    }

    private static boolean canRunContainers() {
        try {
            return ContainerServer.isDockerAvailable();
        }
        catch (NoClassDefFoundError ex) {
            return false; // Testcontainers is optional
        }
    }

    /**
     * Returns where the server listens.
     * @return the address
     */
    public InetSocketAddress address() {
        return this.server.address();
    }

    /**
     * Returns the port on which the server listens.
     * @return the port
     */
    public int port() {
        return address().getPort();
    }

    /**
     * Tells whether the process runs, paused or not.
     * @return whether it runs
     */
    public boolean isAlive() {
        return this.server.isAlive();
    }

    /**
     * Kills the process if it runs, and starts another one with the same command line on
     * the same port. Returns once it answers.
     * @throws IllegalStateException for a container
     */
    public void restart() {
        this.server.restart();
        this.paused = false;
    }

    /**
     * Kills the process (SIGKILL). Returns once it has ended.
     * @throws IllegalStateException for a container
     */
    public void kill() {
        this.server.kill();
        this.paused = false;
    }

    /**
     * Stops the process (SIGSTOP): connections stay open, connects succeed, and nothing
     * is answered.
     * @throws IllegalStateException for a container
     */
    public void pause() {
        this.server.pause();
        this.paused = true;
    }

    /**
     * Lets a paused process go on (SIGCONT).
     * @throws IllegalStateException for a container
     */
    public void resume() {
        this.server.resume();
        this.paused = false;
    }

    /**
     * Sends requests over a new connection and returns the replies to them.
     * @param requests the bytes, one for each character; a missing line end is added
     * @return the replies, one character for each byte, all of them
     */
    public String command(String requests) {
        return new RawSocket(address()).exchange(requests);
    }

    /**
     * Asks for the general statistics.
     * @return the values by name, in the order of the server
     */
    public Map<String, String> stats() {
        Map<String, String> stats = new LinkedHashMap<>();
        for (String line : command("stats").split("\r\n")) {
            String[] words = line.split(" ", 3);
            if (words.length == 3 && words[0].equals("STAT")) {
                stats.put(words[1], words[2]);
            }
        }
        return stats;
    }

    /**
     * Makes the server usable for the next test: running, awake and empty.
     */
    void refresh() {
        if (this.paused) {
            resume();
        }
        if (!isAlive()) {
            restart();
        }
        command("flush_all");
        awaitStoring();
    }

    /**
     * Without CAS tokens (-C), a flush also takes what is stored within the same second.
     */
    private void awaitStoring() {
        long deadline = System.nanoTime() + FLUSH_TIMEOUT.toNanos();
        while (losesWhatItStores()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(address() + " stores nothing after a flush");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** One that stores nothing, since it wants a login for example, loses nothing. */
    private boolean losesWhatItStores() {
        String replies = command("ms flushed 1\r\n1\r\nmg flushed v\r\nmd flushed");
        return replies.startsWith("HD") && !replies.contains("VA 1");
    }

    /**
     * Ends the process. Does nothing the second time.
     */
    @Override
    public void close() {
        this.server.close();
    }

}
