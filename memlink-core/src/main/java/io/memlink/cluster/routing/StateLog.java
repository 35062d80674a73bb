package io.memlink.cluster.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.ClusterListener;
import io.memlink.error.MemlinkException;
import io.memlink.placement.Backend;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The log of what happens to backends, with the keys {@code backend}, {@code state} and
 * {@code skipped}. A backend gets one line in a while: of what happens in between, the
 * last is written afterwards, with the number of the others, so that the log never ends
 * with a state that is over. Confined to the thread of the timers.
 */
final class StateLog implements ClusterListener {

    static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Logger logger = LoggerFactory.getLogger(StateLog.class);

    private final Timers timers;

    private final Map<String, Interval> intervals = new HashMap<>();

    StateLog(Timers timers) {
        this.timers = timers;
    }

    private record Change(Backend backend, State state, @Nullable MemlinkException cause) {

        void write(int skipped) {
            Level level = (this.state == State.DOWN || this.state == State.EJECTED) ? Level.WARN : Level.INFO;
            logger.atLevel(level)
                .addKeyValue("backend", this.backend.id())
                .addKeyValue("state", this.state)
                .addKeyValue("skipped", skipped)
                .log("Backend {} is {}{}{}", this.backend, this.state, why(),
                        (skipped > 0) ? " (" + skipped + " changes before it were not logged)" : "");
        }

        /** Failures begin with the address, which the line has already. */
        private String why() {
            MemlinkException cause = this.cause;
            String why = (cause != null) ? ": " + cause.getMessage() : "";
            String address = ": " + this.backend.hostAndPort();
            return why.startsWith(address + ": ") ? why.substring(address.length()) : why;
        }

    }

    private static final class Interval {

        private @Nullable Change last;

        private int changes;

    }

    @Override
    public void stateChanged(Backend backend, State before, State after, @Nullable MemlinkException cause) {
        if (after == State.RETURNING) {
            // Lasts for moments, and what comes of it is logged.
            return;
        }
        Change change = new Change(backend, after, cause);
        Interval interval = this.intervals.get(backend.id());
        if (interval == null) {
            change.write(0);
            // The start of a client is no reason to keep quiet about what follows.
            if (before != State.CONNECTING || after != State.UP) {
                begin(backend.id());
            }
        }
        else {
            interval.last = change;
            interval.changes++;
        }
    }

    private void begin(String id) {
        this.intervals.put(id, new Interval());
        this.timers.schedule(() -> end(id), INTERVAL_NANOS);
    }

    private void end(String id) {
        Interval interval = this.intervals.remove(id);
        if (interval != null && interval.last != null) {
            interval.last.write(interval.changes - 1);
            begin(id);
        }
    }

    @Override
    public void ejectionsSuspended(List<Backend> backends) {
        logger.atWarn()
            .addKeyValue("backends", backends)
            .log("So many backends look unhealthy that none is ejected for the time being: {}", backends);
    }

    @Override
    public void membershipRefused(List<Backend> refused, String reason) {
        logger.atWarn().addKeyValue("backends", refused).log("The list of backends stays as it is: {}", reason);
    }

    @Override
    public void journalOverflowed(Backend backend, int depth) {
        logger.atWarn()
            .addKeyValue("backend", backend.id())
            .log("The journal of backend {} is full, with {} keys; further deletes are lost", backend, depth);
    }

}
