package io.memlink.error;

import org.jspecify.annotations.Nullable;

/**
 * A bound on pending requests or bytes was reached; nothing was queued. Immutable, and
 * without a stack trace, since it is thrown when there is most to do.
 *
 * @since 0.1.0
 */
public final class MemlinkOverloadedException extends MemlinkException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure of one request.
     * @param message which bound was reached, with its figures
     */
    public MemlinkOverloadedException(String message) {
        this(message, null);
    }

    /**
     * Creates the failure of one request.
     * @param message what there was too much or too little of
     * @param cause what led to it, if anything did
     */
    public MemlinkOverloadedException(String message, @Nullable Throwable cause) {
        super(Outcome.NOT_SENT, message, cause, false);
    }

}
