package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.memlink.cluster.RequestObserver;
import io.memlink.meta.MetaRequest;
import io.memlink.placement.Backend;
import io.memlink.time.LogLimit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An observer that has no say in what it observes: whatever it throws or returns, each
 * request is sent once, and ends as it ends. Safe for use by many threads.
 */
final class GuardedObserver implements RequestObserver {

    private static final Logger logger = LoggerFactory.getLogger(RequestObserver.class);

    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private final RequestObserver observer;

    private final LogLimit logLimit = new LogLimit(LOG_INTERVAL);

    private GuardedObserver(RequestObserver observer) {
        this.observer = observer;
    }

    static @Nullable RequestObserver of(@Nullable RequestObserver observer) {
        return (observer != null) ? new GuardedObserver(observer) : null;
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> observe(Backend owner, MetaRequest<?> request,
            Supplier<CompletableFuture<T>> send) {
        Once<T> once = new Once<>(send);
        try {
            this.observer.observe(owner, request, once);
        }
        catch (Throwable ex) {
            report(ex);
        }
        return once.get();
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

    /** Sends when it is asked for the first time, whoever asks. */
    private static final class Once<T extends @Nullable Object> implements Supplier<CompletableFuture<T>> {

        private final Supplier<CompletableFuture<T>> send;

        private @Nullable CompletableFuture<T> sent;

        Once(Supplier<CompletableFuture<T>> send) {
            this.send = send;
        }

        @Override
        public synchronized CompletableFuture<T> get() {
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

    }

}
