package io.memlink.spring.boot.autoconfigure;

import io.memlink.cluster.ServerAddress;
import io.memlink.error.MemlinkException;

/**
 * A backend cannot be used, and the application is not to start without it.
 */
final class BackendUnusableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ServerAddress backend;

    private final String prefix;

    private final boolean encrypted;

    private final MemlinkException failure;

    BackendUnusableException(ServerAddress backend, String prefix, boolean encrypted, MemlinkException failure) {
        super(prefix + ".fail-fast is set, and a backend cannot be used: " + failure.getMessage(), failure);
        this.backend = backend;
        this.prefix = prefix;
        this.encrypted = encrypted;
        this.failure = failure;
    }

    ServerAddress backend() {
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
