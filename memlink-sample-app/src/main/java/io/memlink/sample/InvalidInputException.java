package io.memlink.sample;

import org.jspecify.annotations.Nullable;

/**
 * Mistake of a caller, in words meant for the caller.
 */
class InvalidInputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidInputException(String name, @Nullable Object value, String expected) {
        super(name + ": " + value + " (expected: " + expected + ")");
    }

}
