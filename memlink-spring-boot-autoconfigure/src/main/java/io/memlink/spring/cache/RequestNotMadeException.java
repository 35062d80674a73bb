package io.memlink.spring.cache;

import java.io.Serial;

/**
 * A request that could not be made, so that no server was asked. What it says is what
 * Memlink says of settings, and so may be logged.
 */
final class RequestNotMadeException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    RequestNotMadeException(RuntimeException cause) {
        super("request: not made: " + cause, cause);
    }

}
