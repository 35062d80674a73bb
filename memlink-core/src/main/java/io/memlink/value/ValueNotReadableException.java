package io.memlink.value;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that do not become a value here: a miss, whose {@linkplain #reason() reason} is
 * worth counting. Has no stack trace, since after a deployment there may be many.
 * Immutable.
 */
public final class ValueNotReadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private final @Nullable String className;

    ValueNotReadableException(Reason reason, @Nullable String className, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.reason = reason;
        this.className = className;
    }

    static ValueNotReadableException malformed(String message) {
        return new ValueNotReadableException(Reason.MALFORMED, null, "bytes: " + message, null);
    }

    /**
     * Why nothing was read.
     * @return the reason
     */
    public Reason reason() {
        return this.reason;
    }

    /**
     * The class that was the obstacle.
     * @return its name, or null where it was not about a class
     */
    public @Nullable String className() {
        return this.className;
    }

    /** Why bytes are not read. */
    public enum Reason {

        /** They are not what this format writes: cut, changed, or made to do harm. */
        MALFORMED,

        /** They are of another version of the format. */
        OTHER_VERSION,

        /** They name a class that is not on the allow-list; it was not loaded. */
        NOT_TRUSTED,

        /** They name a class that is not there (any more). */
        UNKNOWN_CLASS,

        /** They were written by a class with other fields. */
        OTHER_SHAPE,

        /** They name a constant that the enum does not have (any more). */
        UNKNOWN_CONSTANT,

        /** Code of the application, such as a constructor, did not accept them. */
        NOT_ACCEPTED

    }

}
