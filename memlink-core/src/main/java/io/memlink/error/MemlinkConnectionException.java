package io.memlink.error;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * There is no usable connection to the backend, or it was lost before the reply came.
 * Immutable, and without a stack trace, since a backend that is down fails every call.
 *
 * @since 0.1.0
 */
public final class MemlinkConnectionException extends MemlinkException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * Creates the failure of one request.
     * @param reason why there is no connection
     * @param outcome {@link Outcome#NOT_SENT} or {@link Outcome#UNKNOWN}
     * @param message which backend, and what happened
     * @param cause what led to it, if anything did
     */
    public MemlinkConnectionException(Reason reason, Outcome outcome, String message, @Nullable Throwable cause) {
        super(outcome, message, cause, false);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * Returns why there is no connection.
     * @return the reason
     */
    public Reason reason() {
        return this.reason;
    }

    /** Reasons why there is no connection. */
    public enum Reason {

        /** Nothing listens at the address, or the network refuses to go there. */
        REFUSED,

        /** Connecting, the TLS handshake or the first reply took too long. */
        CONNECT_TIMEOUT,

        /** The host name cannot be resolved. */
        UNKNOWN_HOST,

        /** The TLS handshake failed. */
        TLS,

        /** The server refused the credentials. */
        AUTHENTICATION,

        /** What answers does not speak this protocol. */
        WRONG_PROTOCOL,

        /** The server is too old for this protocol. */
        OLD_SERVER,

        /** The connection was lost. */
        LOST,

        /** No byte came for too long while replies were due. */
        STALLED,

        /** The backend was taken out of rotation. */
        EJECTED

    }

}
