package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.Outcome;
import io.memlink.link.Request;
import io.memlink.placement.Backend;
import io.memlink.time.LogLimit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The log of the requests to one backend that failed, and of those that took long, with
 * the keys {@code backend}, {@code operation}, {@code failure}, {@code queuedMillis},
 * {@code wireMillis} and {@code skipped}; never a key or a value. There is one line in a
 * while, which tells how many were skipped before it. Safe for use by many threads; costs
 * a comparison as long as all is well.
 */
final class RequestLog {

    static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger logger = LoggerFactory.getLogger(RequestLog.class);

    private final Backend backend;

    private final long slowNanos;

    private final LogLimit limit;

    /** Creates a log; no request takes {@link Long#MAX_VALUE} nanoseconds. */
    RequestLog(Backend backend, LongSupplier clock, long slowNanos) {
        this.backend = backend;
        this.slowNanos = slowNanos;
        this.limit = new LogLimit(INTERVAL, clock);
    }

    void ended(Request<?> request, @Nullable Throwable failure, long queuedNanos, long wireNanos) {
        if (failure != null) {
            if (!isWanted(failure) && !isKnown(failure)) {
                write(Level.WARN, request, failure.getClass().getSimpleName(), queuedNanos, wireNanos);
            }
        }
        else if (queuedNanos + wireNanos >= this.slowNanos) {
            write(Level.INFO, request, "none", queuedNanos, wireNanos);
        }
    }

    /** Nothing is wrong where somebody wanted the end. */
    private static boolean isWanted(Throwable failure) {
        return failure instanceof CancellationException || failure instanceof MemlinkClosedException;
    }

    /** Where there is no connection, the log of states says so, and why. */
    private static boolean isKnown(Throwable failure) {
        return failure instanceof MemlinkConnectionException known && known.outcome() == Outcome.NOT_SENT;
    }

    private void write(Level level, Request<?> request, String failure, long queuedNanos, long wireNanos) {
        if (!this.limit.permits()) {
            return;
        }
        String operation = request.operation();
        long queuedMillis = TimeUnit.NANOSECONDS.toMillis(queuedNanos);
        long wireMillis = TimeUnit.NANOSECONDS.toMillis(wireNanos);
        long skipped = this.limit.takeSkipped();
        logger.atLevel(level)
            .addKeyValue("backend", this.backend.id())
            .addKeyValue("operation", operation)
            .addKeyValue("failure", failure)
            .addKeyValue("queuedMillis", queuedMillis)
            .addKeyValue("wireMillis", wireMillis)
            .addKeyValue("skipped", skipped)
            .log("{} to {} took {} ms before and {} ms after it was written, failure: {}{}", operation, this.backend,
                    queuedMillis, wireMillis, failure,
                    (skipped > 0) ? " (" + skipped + " such requests before it were not logged)" : "");
    }

}
