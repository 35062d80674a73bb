package io.memlink.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Failure of a start because connection details that are not made of properties say
 * something that no client can be built of.
 */
final class InvalidConnectionDetailsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String details;

    /**
     * Creates a failure.
     * @param details the connection details
     * @param problem the name of what they say, its value, and what was expected; never a
     * password
     * @param cause what refused it
     */
    InvalidConnectionDetailsException(MemlinkConnectionDetails details, String problem, @Nullable Throwable cause) {
        super(details.getClass().getName() + ": " + problem, cause);
        this.details = details.getClass().getName();
    }

    /** Returns the class of the connection details. */
    String details() {
        return this.details;
    }

}
