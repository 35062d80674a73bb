package io.memlink.error;

import java.util.Objects;

/**
 * An error line in place of a reply; the connection lives on. Only the lines by which
 * memcached itself refuses a request prove that it had no effect
 * ({@link Outcome#REJECTED}); after any other, a proxy's among them, the request may have
 * been carried out ({@link Outcome#UNKNOWN}). Immutable.
 *
 * @since 0.1.0
 */
public final class MemlinkServerException extends MemlinkException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * Creates the failure of a request that had no effect.
     * @param reason the kind of refusal
     * @param message the server's words
     */
    public MemlinkServerException(Reason reason, String message) {
        this(reason, Outcome.REJECTED, message);
    }

    /**
     * Creates the failure of one request.
     * @param reason the kind of refusal
     * @param outcome whether the words prove that it had no effect
     * @param message the server's words
     */
    public MemlinkServerException(Reason reason, Outcome outcome, String message) {
        super(outcome, message, null, false);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * Returns the kind of refusal.
     * @return the kind
     */
    public Reason reason() {
        return this.reason;
    }

    /** Kinds of refusal. */
    public enum Reason {

        /**
         * The value is larger than the limit on the size of items, of the server or of
         * the client, which did not send it then; an older value was deleted.
         */
        TOO_LARGE,

        /** The server had no memory for the item; an older value was deleted. */
        OUT_OF_MEMORY,

        /** The stored value is not a decimal number. */
        NOT_NUMERIC,

        /**
         * The server is too old for what was asked. Known from its version: the request
         * was not sent.
         */
        UNSUPPORTED,

        /**
         * What was loaded was not stored: the item was changed or deleted, or the lease
         * ran out, while it was loaded.
         */
        LEASE_LOST,

        /** Credentials are missing or wrong. */
        UNAUTHENTICATED,

        /**
         * A {@code SERVER_ERROR} that memcached does not refuse requests with: the
         * server, or a proxy in front of it, failed on the way.
         */
        SERVER_FAILURE,

        /** Any other refusal. */
        OTHER

    }

}
