package io.memlink.error;

import org.jspecify.annotations.Nullable;

/**
 * The peer sent something that is not a legal reply; the connection is closed, because
 * nothing read from it can be trusted any more. Immutable.
 *
 * @since 0.1.0
 */
public final class MemlinkProtocolException extends MemlinkException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a violation.
     * @param message what was read and what was expected
     */
    public MemlinkProtocolException(String message) {
        this(message, null);
    }

    /**
     * Creates a violation with its cause, which has the stack trace: all requests that
     * the connection took with it fail with this one.
     * @param message what was read and what was expected
     * @param cause what led to it, if anything did
     */
    public MemlinkProtocolException(String message, @Nullable Throwable cause) {
        super(Outcome.UNKNOWN, message, cause, cause == null);
    }

}
