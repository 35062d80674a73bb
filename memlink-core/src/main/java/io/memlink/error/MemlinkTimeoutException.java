package io.memlink.error;

/**
 * No reply came within the request's time. Immutable.
 *
 * @since 0.1.0
 */
public final class MemlinkTimeoutException extends MemlinkException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure of one request.
     * @param outcome {@link Outcome#NOT_SENT} where the request was never written, else
     * {@link Outcome#UNKNOWN}
     * @param message which backend, and how long was waited
     */
    public MemlinkTimeoutException(Outcome outcome, String message) {
        super(outcome, message, null, false);
    }

}
