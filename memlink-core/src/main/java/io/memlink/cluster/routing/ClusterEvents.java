package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.memlink.cluster.ClusterListener;
import io.memlink.cluster.RequestObserver;
import io.memlink.link.Request;
import io.memlink.link.loop.CallFuture;
import io.memlink.meta.MetaRequest;
import io.memlink.placement.Backend;
import io.memlink.time.LogLimit;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log, the listeners and the observer of a cluster, whose failures do not reach it.
 * Safe for use by many threads.
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
        // A loop of its own, which makes no object for each request.
        for (ClusterListener listener : this.listeners) {
            try {
                listener.requestEnded(backend, request, reply, failure, queuedNanos, wireNanos);
            }
            catch (Throwable ex) {
                report(listener, ex);
            }
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
            report(listener, ex);
        }
    }

    private void report(ClusterListener listener, Throwable failure) {
        if (this.logLimit.permits()) {
            logger.warn("A listener failed, which has no effect on the cluster: {}", listener, failure);
        }
    }

    /** Returns an observer whose failures do not reach what it observes. */
    static @Nullable RequestObserver guarded(@Nullable RequestObserver observer) {
        return (observer != null) ? new GuardedObserver(observer) : null;
    }

    /**
     * An observer that has no say in what it observes: whatever it throws or returns,
     * each request is sent once, and ends as it ends. Safe for use by many threads.
     */
    private static final class GuardedObserver implements RequestObserver {

        private final RequestObserver observer;

        private final LogLimit logLimit = new LogLimit(LOG_INTERVAL);

        GuardedObserver(RequestObserver observer) {
            this.observer = observer;
        }

        @Override
        public <T extends @Nullable Object> CompletableFuture<T> observe(Backend owner, MetaRequest<?> request,
                Supplier<CompletableFuture<T>> send) {
            Observed<T> observed = new Observed<>(send);
            try {
                this.observer.observe(owner, request, observed::seen);
            }
            catch (Throwable ex) {
                report(ex);
            }
            return observed.result();
        }

        @Override
        public <T> CompletableFuture<T> observeBulkRead(int keys, Supplier<CompletableFuture<T>> send) {
            Observed<T> observed = new Observed<>(send);
            try {
                this.observer.observeBulkRead(keys, observed::seen);
            }
            catch (Throwable ex) {
                report(ex);
            }
            return observed.result();
        }

        private void report(Throwable failure) {
            try {
                if (this.logLimit.permits()) {
                    logger.warn("An observer failed, which has no effect on the request: {}", this.observer, failure);
                }
            }
            catch (Throwable ex) {
                // Nor has a log that fails.
            }
        }

    }

    /**
     * The result of a request that is sent once, whoever asks for it first: its observer
     * or its caller. Each has a future of its own, so that what the observer does to it
     * is not done to the caller's. The observer is told first, since what it notes
     * belongs to the result. Cancelling the result cancels the request.
     *
     * @param <T> the type of the result
     */
    static final class Observed<T extends @Nullable Object> extends CallFuture<T> {

        private final Supplier<CompletableFuture<T>> send;

        private final CompletableFuture<T> seen = new CallFuture<>();

        private @Nullable CompletableFuture<T> sent;

        Observed(Supplier<CompletableFuture<T>> send) {
            this.send = send;
        }

        /** Sends, if nobody has, and returns what the observer sees of it. */
        CompletableFuture<T> seen() {
            sent();
            return this.seen;
        }

        /** Sends, if nobody has, and returns the result, which ends from now on. */
        CompletableFuture<T> result() {
            sent().whenComplete((result, failure) -> {
                if (failure != null) {
                    this.seen.completeExceptionally(failure);
                    completeExceptionally(failure);
                }
                else {
                    this.seen.complete(result);
                    complete(result);
                }
            });
            return this;
        }

        private synchronized CompletableFuture<T> sent() {
            CompletableFuture<T> sent = this.sent;
            if (sent == null) {
                sent = sendNow();
                this.sent = sent;
            }
            return sent;
        }

        private CompletableFuture<T> sendNow() {
            try {
                return this.send.get();
            }
            catch (Throwable ex) {
                return CompletableFuture.failedFuture(ex);
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            sent().cancel(mayInterruptIfRunning);
            return super.cancel(mayInterruptIfRunning) || isCancelled();
        }

    }

}
