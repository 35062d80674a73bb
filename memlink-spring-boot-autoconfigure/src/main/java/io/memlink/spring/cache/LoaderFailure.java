package io.memlink.spring.cache;

import java.io.Serial;

/**
 * The loader failed, not the cache; what it failed with is the cause. Never leaves the
 * cache.
 */
final class LoaderFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    LoaderFailure(Throwable cause) {
        super(null, cause, false, false);
    }

}
