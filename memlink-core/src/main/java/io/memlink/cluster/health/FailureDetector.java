package io.memlink.cluster.health;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkProtocolException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The decision from the results of requests that a backend is unhealthy: five timeouts in
 * a row, or half of at least twenty results in five seconds. Safe for use by many
 * threads; costs one read of a field as long as nothing fails.
 * <p>
 * Failures that come together count once, and five moments of failure are needed in any
 * case: when this JVM has stood still, thousands of requests expire at one moment, and
 * say nothing about the backend. Those that end together, with a connection for example,
 * fail with one and the same exception. They count once even if it takes a busy event
 * loop seconds to tell all of them.
 * <p>
 * Nor does a request that expired before it was written say anything: it has waited in
 * this JVM. If that was the backend's fault, there is other evidence: what was written
 * before it expires as well, and a dial that hangs has failed.
 */
public final class FailureDetector {

    private static final int MOMENTS = 5;

    private static final int MIN_RESULTS = 20;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Five moments span at least 100 milliseconds. */
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final LongSupplier clock;

    /** Whether anything has failed lately; if not, successes are not counted. */
    private volatile boolean alert;

    private long momentNanos;

    /** What failed last, with others perhaps. */
    private @Nullable Throwable momentFailure;

    private int timeoutsInARow;

    private long windowNanos;

    private int results;

    private int failures;

    private int failureMoments;

    public FailureDetector(LongSupplier clock) {
        this.clock = clock;
    }

    /** The evidence that a failed request gives about its backend. */
    public enum Sign {

        /** The backend answered, if only with a refusal. */
        WELL,

        /** It never came to the backend, or its connections tell more. */
        NONE,

        /** The backend did not answer in time. */
        TIMEOUT,

        /** The connection was lost, or what came was not right. */
        FAILURE

    }

    /** Tells what the end of a request says about the backend. */
    public static Sign signOf(@Nullable Throwable failure) {
        if (failure == null) {
            return Sign.WELL;
        }
        if (failure instanceof MemlinkTimeoutException timeout) {
            return (timeout.outcome() == Outcome.NOT_SENT) ? Sign.NONE : Sign.TIMEOUT;
        }
        if (failure instanceof MemlinkServerException refusal) {
            return (refusal.reason() == MemlinkServerException.Reason.SERVER_FAILURE) ? Sign.FAILURE : Sign.WELL;
        }
        boolean lost = failure instanceof MemlinkConnectionException connection
                && connection.outcome() == Outcome.UNKNOWN;
        return (lost || failure instanceof MemlinkProtocolException) ? Sign.FAILURE : Sign.NONE;
    }

    /**
     * Counts a result.
     * @return the failure that shows the backend to be unhealthy; {@code null} if it is
     * not
     */
    public @Nullable MemlinkException count(@Nullable Throwable failure) {
        if (failure == null && !this.alert) {
            return null;
        }
        Sign sign = signOf(failure);
        if (sign == Sign.NONE || (sign == Sign.WELL && !this.alert)) {
            return null;
        }
        boolean unhealthy = (sign == Sign.WELL) ? countSuccess() : countFailure(failure, sign == Sign.TIMEOUT);
        return (unhealthy && failure instanceof MemlinkException cause) ? cause : null;
    }

    private synchronized boolean countSuccess() {
        this.timeoutsInARow = 0;
        if (this.clock.getAsLong() - this.windowNanos >= WINDOW_NANOS) {
            this.alert = false;
        }
        this.results++;
        return false;
    }

    private synchronized boolean countFailure(@Nullable Throwable failure, boolean timeout) {
        long now = this.clock.getAsLong();
        if (!this.alert || now - this.windowNanos >= WINDOW_NANOS) {
            beginWindow(now);
        }
        this.results++;
        this.failures++;
        boolean together = failure == this.momentFailure || now - this.momentNanos < MOMENT_NANOS;
        this.momentFailure = failure;
        if (this.failures == 1 || !together) {
            this.momentNanos = now;
            this.failureMoments++;
            this.timeoutsInARow += timeout ? 1 : 0;
        }
        boolean halfFailed = this.results >= MIN_RESULTS && 2 * this.failures >= this.results;
        boolean unhealthy = this.timeoutsInARow >= MOMENTS || (halfFailed && this.failureMoments >= MOMENTS);
        if (unhealthy) {
            reset();
        }
        return unhealthy;
    }

    private void beginWindow(long now) {
        this.alert = true;
        this.windowNanos = now;
        this.results = 0;
        this.failures = 0;
        this.failureMoments = 0;
    }

    /** Forgets what was counted. */
    public synchronized void reset() {
        this.alert = false;
        this.timeoutsInARow = 0;
        this.failures = 0;
        this.momentFailure = null;
    }

}
