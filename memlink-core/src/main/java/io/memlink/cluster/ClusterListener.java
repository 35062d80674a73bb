package io.memlink.cluster;

import java.util.List;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.error.MemlinkException;
import io.memlink.link.Request;
import io.memlink.placement.Backend;
import org.jspecify.annotations.Nullable;

/**
 * A listener to what happens to the backends of a client. All methods but
 * {@link #requestEnded} and {@link #replyLate} are called one at a time, in the order of
 * the events, on an event loop of the client; none may block. What they throw is logged
 * and changes nothing.
 *
 * @since 0.1.0
 */
public interface ClusterListener {

    /**
     * A backend has come to another state.
     * @param backend the backend
     * @param before the state it was in
     * @param after the state it is in
     * @param cause the failure that led to it; {@code null} where none did
     */
    default void stateChanged(Backend backend, State before, State after, @Nullable MemlinkException cause) {
    }

    /**
     * More backends would have been ejected than may be, which tells that it is not they
     * that are unhealthy: the ejected ones are used again, and no more are ejected for a
     * while.
     * @param backends those that are used again, and the one that would have been ejected
     */
    default void ejectionsSuspended(List<Backend> backends) {
    }

    /**
     * Other backends are in use.
     * @param generation the number of this list of backends, one more than the last
     * @param added backends that were not there
     * @param removed backends that are there no more; those that got another address are
     * in both lists
     */
    default void membershipChanged(long generation, List<Backend> added, List<Backend> removed) {
    }

    /**
     * A list of backends was refused, since it looks like a mistake; the backends stay as
     * they are. One that a discovery repeats is used in the end.
     * @param refused the list
     * @param reason what is wrong with it
     */
    default void membershipRefused(List<Backend> refused, String reason) {
    }

    /**
     * The journal of a backend is full: from now on deletes are lost. Called once until
     * the backend has returned.
     * @param backend the backend
     * @param depth how many keys its journal holds
     */
    default void journalOverflowed(Backend backend, int depth) {
    }

    /**
     * The journal of a backend that returns is settled.
     * @param backend the backend
     * @param settlement what was done
     * @param keys how many keys the journal held
     */
    default void journalSettled(Backend backend, Settlement settlement, int keys) {
    }

    /**
     * A connection to a backend became usable.
     * @param backend the backend
     */
    default void connected(Backend backend) {
    }

    /**
     * A usable connection to a backend was lost.
     * @param backend the backend
     * @param cause why
     */
    default void disconnected(Backend backend, MemlinkException cause) {
    }

    /**
     * The reply to a request came after the request had ended, and was dropped. Called on
     * the event loop of the connection.
     * @param backend the backend
     * @param request the request
     */
    default void replyLate(Backend backend, Request<?> request) {
    }

    /**
     * A request has ended; also one that the client made of its own accord, to probe a
     * backend or to tell it what it missed. Called on the event loop of its connection,
     * or in the thread of its caller where it was refused at once; for each request, so
     * it must be fast.
     * @param backend the backend
     * @param request the request
     * @param reply the reply; {@code null} where the request failed
     * @param failure why it failed; {@code null} where there is a reply
     * @param queuedNanos how long it waited to be written
     * @param wireNanos how long the reply took from then on; 0 where it was never written
     */
    default void requestEnded(Backend backend, Request<?> request, @Nullable Object reply, @Nullable Throwable failure,
            long queuedNanos, long wireNanos) {
    }

    /** The outcome of the settlement of a journal. */
    enum Settlement {

        /** Its keys were deleted. */
        DELIVERED,

        /** The server was restarted, and has nothing to delete. */
        RESTARTED,

        /** The journal had overflowed; all items of the server were dropped. */
        FLUSHED

    }

}
