package io.memlink.spring.cache.invocation;

import java.io.Serial;

/**
 * A cached method was not called: its cache could not be asked, and as many others run
 * for that reason as may. Without a stack trace, since it is thrown when there is most to
 * do.
 *
 * @since 0.1.0
 */
public final class LoadRefusedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    LoadRefusedException(String message) {
        super(message, null, false, false);
    }

}
