package io.memlink.link;

import io.memlink.error.MemlinkException;
import org.jspecify.annotations.Nullable;

/**
 * Told what happens on the connections of one pool, as it happens. Called on their event
 * loops, many of them at once, so it must be safe for use by many threads and must not
 * block; a request that is refused before it is queued is reported in the thread of its
 * caller. What a listener throws is logged and goes no further.
 * <p>
 * Greetings and pings are the pool's own, and are not reported.
 *
 * @since 0.1.0
 */
public interface LinkListener {

    /** Listens to nothing. */
    LinkListener NONE = new LinkListener() {

        @Override
        public String toString() {
            return "LinkListener.NONE";
        }

    };

    /**
     * A connection became usable; {@link ConnectionPool#connections()} counts it already.
     */
    default void connected() {
    }

    /**
     * A usable connection was lost, and is being dialed again. Comes before the requests
     * that it takes with it are reported. Connections that the pool ends itself, because
     * it is closed or the connection has reached its age, are not lost.
     * @param cause why it was lost
     */
    default void disconnected(MemlinkException cause) {
    }

    /**
     * A connection could not be made; the next attempt follows later.
     * @param cause why it could not be made
     */
    default void dialFailed(MemlinkException cause) {
    }

    /**
     * A request has ended: called once for each, just before its future is completed. A
     * future that was completed by its caller, by cancelling it for instance, is reported
     * when the connection finds out.
     * @param request the request
     * @param reply its reply; {@code null} where it failed
     * @param failure why it failed; {@code null} where there is a reply. A
     * {@link java.util.concurrent.CancellationException} where the caller did not wait
     * @param queuedNanos from the call until it was written, or until it ended where it
     * was not; 0 where it was never queued
     * @param wireNanos from then on until its reply was read, or until it ended, at least
     * 1; 0 where it was not written. The clock is read once for all replies that arrive
     * together
     */
    default void ended(Request<?> request, @Nullable Object reply, @Nullable Throwable failure, long queuedNanos,
            long wireNanos) {
    }

    /**
     * The reply of a request was read that had ended already, by its deadline or by its
     * caller; it was discarded.
     * @param request the request
     */
    default void lateReply(Request<?> request) {
    }

}
