package io.memlink.spring.boot.autoconfigure;

import io.memlink.MemlinkClientBuilder;

/**
 * Callback that customizes a client after the properties were applied. Called each time
 * the client is started.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface MemlinkClientBuilderCustomizer {

    /**
     * Changes the client.
     * @param builder describes the client
     */
    void customize(MemlinkClientBuilder builder);

}
