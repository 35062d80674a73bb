package io.memlink.error;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Root of all failures of a request. Immutable.
 * <p>
 * A miss, a lost compare-and-set and a value that was not stored are results, not
 * failures. A caller's own mistake (an illegal key, a negative expiration) is an
 * {@link IllegalArgumentException}, thrown in the caller's thread before anything is
 * queued. Everything else is one of the classes permitted here.
 *
 * @since 0.1.0
 */
public abstract sealed class MemlinkException extends RuntimeException
        permits MemlinkClosedException, MemlinkConnectionException, MemlinkDecodingException,
        MemlinkOverloadedException, MemlinkProtocolException, MemlinkServerException, MemlinkTimeoutException {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    /**
     * Creates a failure. One without a stack trace may be shared by many calls, so it
     * collects no suppressed exceptions either: nothing of it ever changes.
     */
    MemlinkException(Outcome outcome, String message, @Nullable Throwable cause, boolean stackTrace) {
        super(message, cause, stackTrace, stackTrace);
        this.outcome = Objects.requireNonNull(outcome, "outcome");
    }

    /**
     * Returns whether the server may have acted on the request.
     * @return what is known
     */
    public final Outcome outcome() {
        return this.outcome;
    }

}
