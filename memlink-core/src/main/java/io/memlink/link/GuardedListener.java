package io.memlink.link;

import java.time.Duration;

import io.memlink.error.MemlinkException;
import io.memlink.time.LogLimit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener whose exceptions do not reach the connections. Safe for use by many threads.
 */
final class GuardedListener implements LinkListener {

    private static final Logger logger = LoggerFactory.getLogger(LinkListener.class);

    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private final LinkListener listener;

    private final LogLimit logLimit = new LogLimit(LOG_INTERVAL);

    private GuardedListener(LinkListener listener) {
        this.listener = listener;
    }

    static LinkListener of(LinkListener listener) {
        return (listener == NONE) ? listener : new GuardedListener(listener);
    }

    @Override
    public void connected() {
        try {
            this.listener.connected();
        }
        catch (Throwable ex) {
            report(ex);
        }
    }

    @Override
    public void disconnected(MemlinkException cause) {
        try {
            this.listener.disconnected(cause);
        }
        catch (Throwable ex) {
            report(ex);
        }
    }

    @Override
    public void dialFailed(MemlinkException cause) {
        try {
            this.listener.dialFailed(cause);
        }
        catch (Throwable ex) {
            report(ex);
        }
    }

    @Override
    public void ended(Request<?> request, @Nullable Object reply, @Nullable Throwable failure, long queuedNanos,
            long wireNanos) {
        try {
            this.listener.ended(request, reply, failure, queuedNanos, wireNanos);
        }
        catch (Throwable ex) {
            report(ex);
        }
    }

    @Override
    public void lateReply(Request<?> request) {
        try {
            this.listener.lateReply(request);
        }
        catch (Throwable ex) {
            report(ex);
        }
    }

    private void report(Throwable failure) {
        try {
            if (this.logLimit.permits()) {
                logger.warn("A listener failed, which has no effect on the connection: {}", this.listener, failure);
            }
        }
        catch (Throwable ex) {
            // Nor has a log that fails.
        }
    }

    @Override
    public String toString() {
        return this.listener.toString();
    }

}
