package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.memlink.discovery.Discovery;
import io.memlink.placement.Backend;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Details of the connection to the servers. Asked for each time the client is started.
 *
 * @since 0.1.0
 */
public interface MemlinkConnectionDetails extends ConnectionDetails {

    /**
     * Returns the servers.
     * @return the backends; may be empty where there is a {@link #getDiscovery discovery}
     */
    List<Backend> getBackends();

    /**
     * Returns how the servers are found.
     * @return the discovery, whose answers replace the {@link #getBackends backends};
     * {@code null} where these are all
     */
    default @Nullable BackendDiscovery getDiscovery() {
        return null;
    }

    /**
     * Returns the name to log in with.
     * @return the name; {@code null} for no login
     */
    default @Nullable String getUsername() {
        return null;
    }

    /**
     * Returns the password to log in with.
     * @return the password; {@code null} for no login
     */
    default @Nullable String getPassword() {
        return null;
    }

    /**
     * Returns the certificates for encrypted connections. Asked for each new connection,
     * on an event loop.
     * @return the bundle, the same one as long as nothing has changed; {@code null} where
     * connections are not encrypted
     */
    default @Nullable SslBundle getSslBundle() {
        return null;
    }

    /**
     * A discovery of backends and how often it is repeated.
     *
     * @param factory makes the discovery of a client
     * @param interval the time between two lookups, 1 second to 1 hour
     */
    record BackendDiscovery(Discovery.Factory factory, Duration interval) {

    }

}
