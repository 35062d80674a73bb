package io.memlink.error;

import org.jspecify.annotations.Nullable;

/**
 * The client or the backend's connections were closed by this side. Immutable.
 *
 * @since 0.1.0
 */
public final class MemlinkClosedException extends MemlinkException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure of one request.
     * @param outcome {@link Outcome#NOT_SENT} or {@link Outcome#UNKNOWN}
     * @param message what was closed
     * @param cause what led to it, if anything did
     */
    public MemlinkClosedException(Outcome outcome, String message, @Nullable Throwable cause) {
        super(outcome, message, cause, false);
    }

}
