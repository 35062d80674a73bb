package io.memlink;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.Membership;
import io.memlink.cluster.journal.ClientJournals;
import io.memlink.placement.Backend;
import org.jspecify.annotations.Nullable;

/**
 * The one {@link ClientRuntime} that carries operations: a new one after each start, and
 * after a stop the last one, whose operations fail because it is closed. Safe for use by
 * many threads: operations read one volatile field, starts and stops take a lock.
 * <p>
 * A client that has not started yet begins with its first use, whatever it is. One that
 * was stopped instead does not: it begins with a start alone.
 */
final class ClientLifecycle {

    private final Function<ClientJournals, ClientRuntime> factory;

    private final ClientJournals journals = new ClientJournals();

    private volatile @Nullable ClientRuntime runtime;

    private volatile boolean running;

    /** Guarded by this lock. */
    private boolean stoppedBeforeStart;

    /**
     * Makes a lifecycle that has not started.
     * @param factory makes a runtime for each start, with the journals of all
     */
    ClientLifecycle(Function<ClientJournals, ClientRuntime> factory) {
        this.factory = factory;
    }

    /**
     * Returns the runtime; before the first start it begins early, unless it was stopped.
     */
    ClientRuntime runtime() {
        ClientRuntime runtime = this.runtime;
        return (runtime != null) ? runtime : first();
    }

    private synchronized ClientRuntime first() {
        ClientRuntime runtime = this.runtime;
        if (runtime != null) {
            return runtime;
        }
        if (!this.stoppedBeforeStart) {
            return begin();
        }
        ClientRuntime closed = ClientSettings.closed(this.journals);
        this.runtime = closed;
        return closed;
    }

    private ClientRuntime begin() {
        ClientRuntime runtime = this.factory.apply(this.journals);
        this.runtime = runtime;
        this.running = true;
        return runtime;
    }

    synchronized void start() {
        if (!this.running) {
            begin();
        }
    }

    /** Waits for the end without the lock: others may start again meanwhile. */
    void stop() {
        ClientRuntime runtime;
        synchronized (this) {
            runtime = this.runtime;
            if (!this.running || runtime == null) {
                this.stoppedBeforeStart = true;
                return;
            }
            this.running = false;
        }
        runtime.close();
    }

    boolean isRunning() {
        return this.running;
    }

    /** Returns the backends of whichever runtime there is. */
    Membership membership() {
        return new CurrentMembership(this);
    }

    /**
     * The backends of the runtime that carries operations at the time of each call, so
     * that it is valid for as long as its client.
     *
     * @param lifecycle has the runtime
     */
    private record CurrentMembership(ClientLifecycle lifecycle) implements Membership {

        private Membership current() {
            return this.lifecycle.runtime().router().membership();
        }

        @Override
        public long generation() {
            return current().generation();
        }

        @Override
        public Instant since() {
            return current().since();
        }

        @Override
        public List<BackendStatus> backends() {
            return current().backends();
        }

        @Override
        public Map<String, Double> shares() {
            return current().shares();
        }

        @Override
        public boolean apply(List<Backend> backends, boolean force) {
            return current().apply(backends, force);
        }

        @Override
        public CompletableFuture<Map<String, String>> statistics(String id) {
            return current().statistics(id);
        }

        @Override
        public void eject(String id) {
            current().eject(id);
        }

        @Override
        public void drain(String id) {
            current().drain(id);
        }

        @Override
        public void restore(String id) {
            current().restore(id);
        }

    }

}
