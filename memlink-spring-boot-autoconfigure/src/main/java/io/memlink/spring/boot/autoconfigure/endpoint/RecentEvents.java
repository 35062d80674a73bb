package io.memlink.spring.boot.autoconfigure.endpoint;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.ClusterListener;
import io.memlink.error.MemlinkException;
import io.memlink.placement.Backend;
import io.memlink.spring.boot.autoconfigure.ClusterListenerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Log of recent events of the backends of each client. Safe for use by many threads.
 */
final class RecentEvents implements ClusterListenerFactory {

    private static final int MAX_EVENTS = 50;

    private final Clock clock;

    private final Map<String, Log> logs = new ConcurrentHashMap<>();

    RecentEvents(Clock clock) {
        this.clock = clock;
    }

    @Override
    public ClusterListener create(String clientName) {
        return this.logs.computeIfAbsent(clientName, (absent) -> new Log(this.clock));
    }

    List<Event> events(String clientName) {
        Log log = this.logs.get(clientName);
        return (log != null) ? log.events() : List.of();
    }

    /**
     * An event.
     *
     * @param at when it did
     * @param backend which backend it is about; {@code null} for all
     * @param what what happened
     */
    record Event(Instant at, @Nullable String backend, String what) {

    }

    private static final class Log implements ClusterListener {

        private final Clock clock;

        private final Deque<Event> events = new ArrayDeque<>();

        Log(Clock clock) {
            this.clock = clock;
        }

        synchronized List<Event> events() {
            return List.copyOf(this.events);
        }

        private synchronized void add(@Nullable Backend backend, String what) {
            if (this.events.size() == MAX_EVENTS) {
                this.events.removeLast();
            }
            this.events.addFirst(new Event(this.clock.instant(), (backend != null) ? backend.id() : null, what));
        }

        @Override
        public void stateChanged(Backend backend, State before, State after, @Nullable MemlinkException cause) {
            add(backend, before + " to " + after + ((cause != null) ? ": " + withoutAddress(backend, cause) : ""));
        }

        /** The event has it already. */
        private static String withoutAddress(Backend backend, MemlinkException cause) {
            String message = String.valueOf(cause.getMessage());
            String address = backend.hostAndPort() + ": ";
            return message.startsWith(address) ? message.substring(address.length()) : message;
        }

        @Override
        public void ejectionsSuspended(List<Backend> backends) {
            add(null, "ejections suspended: " + backends.stream().map(Backend::id).toList());
        }

        @Override
        public void membershipChanged(long generation, List<Backend> added, List<Backend> removed) {
            add(null, "membership " + generation + ": added " + added + ", removed " + removed);
        }

        @Override
        public void journalOverflowed(Backend backend, int depth) {
            add(backend, "journal overflowed at " + depth + " keys");
        }

        @Override
        public void journalSettled(Backend backend, Settlement settlement, int keys) {
            add(backend, "journal settled: " + settlement + ", " + keys + " keys");
        }

    }

}
