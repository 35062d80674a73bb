package io.memlink.error;

import java.util.Objects;

/**
 * The server refused the request with an error line of its protocol; the connection lives
 * on. Immutable.
 *
 * @since 0.1.0
 */
public final class MemlinkServerException extends MemlinkException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * Creates the failure of one request.
     * @param reason the kind of refusal
     * @param message the server's words
     */
    public MemlinkServerException(Reason reason, String message) {
        super(Outcome.REJECTED, message, null, false);
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

        /** Any other refusal. */
        OTHER

    }

}
