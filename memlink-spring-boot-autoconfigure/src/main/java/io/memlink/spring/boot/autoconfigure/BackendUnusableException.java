package io.memlink.spring.boot.autoconfigure;

import io.memlink.error.MemlinkException;
import io.memlink.placement.Backend;

/**
 * Failure of a start-up that requires all backends to be usable.
 */
final class BackendUnusableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Backend backend;

    private final String prefix;

    private final boolean encrypted;

    private final MemlinkException failure;

    BackendUnusableException(Backend backend, String prefix, boolean encrypted, MemlinkException failure) {
        super(prefix + ".fail-fast is set, but a backend is not usable: " + failure.getMessage(), failure);
        this.backend = backend;
        this.prefix = prefix;
        this.encrypted = encrypted;
        this.failure = failure;
    }

    Backend backend() {
        return this.backend;
    }

    /** Returns what the names of the properties of its client begin with. */
    String prefix() {
        return this.prefix;
    }

    /** Returns whether TLS was to be spoken. */
    boolean isEncrypted() {
        return this.encrypted;
    }

    MemlinkException failure() {
        return this.failure;
    }

}
