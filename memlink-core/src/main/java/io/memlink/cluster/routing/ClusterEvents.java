package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.memlink.cluster.ClusterListener;
import io.memlink.link.Request;
import io.memlink.placement.Backend;
import io.memlink.time.LogLimit;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log and the listeners of a cluster, whose failures do not reach it. Safe for use by
 * many threads.
 */
final class ClusterEvents {

    private static final Logger logger = LoggerFactory.getLogger(ClusterListener.class);

    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private final ClusterListener[] listeners;

    private final StateLog log;

    private final Timers timers;

    private final LogLimit logLimit;

    ClusterEvents(List<ClusterListener> listeners, Timers timers) {
        this.listeners = listeners.toArray(new ClusterListener[0]);
        this.log = new StateLog(timers);
        this.timers = timers;
        this.logLimit = new LogLimit(LOG_INTERVAL, timers::nanoTime);
    }

    /** Tells something later, after all that was to be told before. */
    void tell(Consumer<ClusterListener> event) {
        this.timers.execute(() -> {
            tell(this.log, event);
            tellNow(event);
        });
    }

    /** Tells at once that a request has ended. */
    void requestEnded(Backend backend, Request<?> request, @Nullable Object reply, @Nullable Throwable failure,
            long queuedNanos, long wireNanos) {
        if (this.listeners.length > 0) {
            tellNow((listener) -> listener.requestEnded(backend, request, reply, failure, queuedNanos, wireNanos));
        }
    }

    /** Tells at once that a reply came too late. */
    void replyLate(Backend backend, Request<?> request) {
        tellNow((listener) -> listener.replyLate(backend, request));
    }

    private void tellNow(Consumer<ClusterListener> event) {
        for (ClusterListener listener : this.listeners) {
            tell(listener, event);
        }
    }

    private void tell(ClusterListener listener, Consumer<ClusterListener> event) {
        try {
            event.accept(listener);
        }
        catch (Throwable ex) {
            if (this.logLimit.permits()) {
                logger.warn("A listener failed, which has no effect on the cluster: {}", listener, ex);
            }
        }
    }

}
