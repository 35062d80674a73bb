package io.memlink.spring.cache;

import java.io.Serial;

/**
 * Failure of a loader, as opposed to one of the cache. The cause is what the loader
 * failed with. Never leaves the cache.
 */
final class LoaderFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    LoaderFailure(Throwable cause) {
        super(null, cause, false, false);
    }

}
