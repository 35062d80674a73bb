package io.memlink.simulation;

import java.util.concurrent.CancellationException;

import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import org.jspecify.annotations.Nullable;

/** A call of an operation of a client, from its beginning to its end. */
final class Call {

    private final int number;

    private final int client;

    private final Kind kind;

    private final String key;

    private final long invokedMoment;

    private final long invokedNanos;

    private @Nullable WrittenValue value;

    /** The last change of many keys by the same client that had ended when this began. */
    private long barrier;

    /**
     * What the origin held when the key was last evicted, as all clients must know that
     * ask the server.
     */
    private int floor;

    /** What the origin holds when it evicts the value before. */
    private int evictedVersion;

    private boolean ended;

    private boolean cancelled;

    /** The operations. */
    enum Kind {

        GET, GET_ITEM, GET_AND_TOUCH, GET_ALL, SET, SET_ALL, ADD, REPLACE, APPEND, PREPEND, COMPARE_AND_SET, COUNT,
        DELETE, INVALIDATE, TOUCH, LOAD, LOAD_ALL, EVICT, MARK_STALE, CLEAR, METHOD;

        boolean changes() {
            return switch (this) {
                case SET, SET_ALL, ADD, REPLACE, APPEND, PREPEND, COMPARE_AND_SET, DELETE, INVALIDATE, EVICT -> true;
                default -> false;
            };
        }

        boolean loads() {
            return this == LOAD || this == LOAD_ALL;
        }

    }

    /** The ways to end. */
    enum End {

        /** It was done. */
        DONE,

        /** The server has answered that it was not done. */
        NOT_DONE,

        /** It was not done at the server, but will be. */
        JOURNALLED,

        NOT_SENT, REJECTED, UNKNOWN, CANCELLED,

        /** It failed for a reason of the caller, such as a loader. */
        OTHER;

        static End of(@Nullable Throwable failure) {
            Throwable cause = failure;
            while (cause != null && !(cause instanceof MemlinkException) && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof MemlinkException known) {
                Outcome outcome = known.outcome();
                return (outcome == Outcome.NOT_SENT) ? NOT_SENT : (outcome == Outcome.REJECTED) ? REJECTED : UNKNOWN;
            }
            return (failure instanceof CancellationException) ? CANCELLED : OTHER;
        }

    }

    Call(int number, int client, Kind kind, String key, long invokedMoment, long invokedNanos) {
        this.number = number;
        this.client = client;
        this.kind = kind;
        this.key = key;
        this.invokedMoment = invokedMoment;
        this.invokedNanos = invokedNanos;
    }

    Call storing(WrittenValue value) {
        this.value = value;
        return this;
    }

    Call knowing(long barrier, int floor) {
        this.barrier = barrier;
        this.floor = floor;
        return this;
    }

    Call evicting(int version) {
        this.evictedVersion = version;
        return this;
    }

    int evictedVersion() {
        return this.evictedVersion;
    }

    int client() {
        return this.client;
    }

    Kind kind() {
        return this.kind;
    }

    String key() {
        return this.key;
    }

    long invokedMoment() {
        return this.invokedMoment;
    }

    long invokedNanos() {
        return this.invokedNanos;
    }

    @Nullable WrittenValue value() {
        return this.value;
    }

    long barrier() {
        return this.barrier;
    }

    int floor() {
        return this.floor;
    }

    boolean hasEnded() {
        return this.ended;
    }

    void end() {
        this.ended = true;
    }

    void cancel() {
        this.cancelled = true;
    }

    boolean isCancelled() {
        return this.cancelled;
    }

    @Override
    public String toString() {
        return "call " + this.number + " of client " + this.client + ", " + this.kind + " " + this.key;
    }

}
