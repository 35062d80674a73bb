package io.memlink.spring.boot.autoconfigure.cache;

import java.io.Serial;

/**
 * Settings of a cache that do not go together.
 */
final class CacheSettingsException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1;

    private final String prefix;

    CacheSettingsException(String prefix, IllegalArgumentException cause) {
        super(prefix + ": " + cause.getMessage(), cause);
        this.prefix = prefix;
    }

    /** Returns under which name the settings are. */
    String prefix() {
        return this.prefix;
    }

}
