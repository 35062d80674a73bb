package io.memlink.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Failure of a start because of a user name or a password that cannot be sent. Spring
 * Boot would look up and show what it is.
 */
final class InvalidCredentialsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String property;

    /**
     * Creates a failure.
     * @param property the name of the property
     * @param reason what is wrong with it, and what was expected; without its value
     * @param cause what refused it
     */
    InvalidCredentialsException(String property, @Nullable String reason, IllegalArgumentException cause) {
        super(property + " is invalid: " + reason, cause);
        this.property = property;
    }

    /** Returns the name of the property. */
    String property() {
        return this.property;
    }

}
