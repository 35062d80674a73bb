package io.memlink.spring.boot.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Where the servers are, and what it takes to connect to them. Asked each time the client
 * is started.
 *
 * @since 0.1.0
 */
public interface MemlinkConnectionDetails extends ConnectionDetails {

    /**
     * Returns the servers.
     * @return each as in {@link io.memlink.placement.Backend#parse}
     */
    List<String> getBackends();

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

}
