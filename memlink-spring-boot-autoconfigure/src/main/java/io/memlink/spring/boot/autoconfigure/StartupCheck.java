package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.ClusterListener;
import io.memlink.error.MemlinkException;
import io.memlink.placement.Backend;
import org.jspecify.annotations.Nullable;

/**
 * Start-up check that waits for all backends of a client, for applications that must not
 * start without them. Listens to the client and looks at its backends after each event.
 * Safe for use by many threads.
 */
final class StartupCheck implements ClusterListener {

    /** The name look-up, connecting, the handshake and the greeting. */
    private static final int TIMED_STEPS = 4;

    private final String prefix;

    private final MemlinkConnectionDetails details;

    private final Duration connectTimeout;

    /** Completed by the next event. */
    private volatile CompletableFuture<Void> nextEvent = new CompletableFuture<>();

    /**
     * Creates a check.
     * @param prefix what the names of the client's properties begin with
     * @param details say whether connections are encrypted
     * @param connectTimeout how long each step of connecting may take
     */
    StartupCheck(String prefix, MemlinkConnectionDetails details, Duration connectTimeout) {
        this.prefix = prefix;
        this.details = details;
        this.connectTimeout = connectTimeout;
    }

    @Override
    public void stateChanged(Backend backend, State before, State after, @Nullable MemlinkException cause) {
        wake();
    }

    @Override
    public void membershipChanged(long generation, List<Backend> added, List<Backend> removed) {
        wake();
    }

    private synchronized void wake() {
        CompletableFuture<Void> event = this.nextEvent;
        this.nextEvent = new CompletableFuture<>();
        event.complete(null);
    }

    /**
     * Waits until each backend is known to be usable or not, as long as connecting may
     * take.
     * @throws BackendUnusableException where one is not usable
     */
    void await(MemlinkClient client) {
        long deadline = System.nanoTime() + TIMED_STEPS * this.connectTimeout.toNanos();
        while (true) {
            // Before the look, so that an event after it is not missed.
            CompletableFuture<Void> event = this.nextEvent;
            List<BackendStatus> backends = client.backends();
            failForOneOf(backends.stream().filter((backend) -> !isConnecting(backend)).toList());
            if (backends.stream().noneMatch(StartupCheck::isConnecting)) {
                return;
            }
            if (!happens(event, deadline)) {
                failForOneOf(client.backends());
                return;
            }
        }
    }

    private static boolean isConnecting(BackendStatus backend) {
        return backend.state() == State.CONNECTING || backend.address().equals(Backend.UNDISCOVERED);
    }

    private void failForOneOf(List<BackendStatus> backends) {
        for (BackendStatus backend : backends) {
            MemlinkException failure = backend.lastFailure();
            if (backend.state() != State.UP && failure != null) {
                boolean encrypted = this.details.getSslBundle() != null;
                throw new BackendUnusableException(backend.address(), this.prefix, encrypted, failure);
            }
        }
    }

    private static boolean happens(CompletableFuture<Void> event, long deadline) {
        try {
            event.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return true;
        }
        catch (TimeoutException ex) {
            return false;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the backends", ex);
        }
        catch (ExecutionException ex) {
            throw new IllegalStateException("Event cannot fail", ex);
        }
    }

    /**
     * Failure of a start-up that requires all backends to be usable.
     */
    static final class BackendUnusableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Backend backend;

        private final String prefix;

        private final boolean encrypted;

        private final MemlinkException failure;

        BackendUnusableException(Backend backend, String prefix, boolean encrypted, MemlinkException failure) {
            super(prefix + ".fail-fast is set, but a backend is not usable: " + failure.getMessage(), failure);
            this.backend = backend;
            this.prefix = prefix;
            this.encrypted = encrypted;
            this.failure = failure;
        }

        Backend backend() {
            return this.backend;
        }

        /** Returns what the names of the properties of its client begin with. */
        String prefix() {
            return this.prefix;
        }

        /** Returns whether TLS was to be spoken. */
        boolean isEncrypted() {
            return this.encrypted;
        }

        MemlinkException failure() {
            return this.failure;
        }

    }

}
