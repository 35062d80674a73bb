package io.memlink.error;

/**
 * The effect that a failed request may have had. Immutable.
 *
 * @since 0.1.0
 */
public enum Outcome {

    /**
     * Not a byte of the request was written: it had no effect, sending it again is safe.
     */
    NOT_SENT,

    /**
     * The server received the request and refused it: it had no effect, beyond what the
     * error's text says.
     */
    REJECTED,

    /** The request may have been executed: nobody can tell. */
    UNKNOWN

}
