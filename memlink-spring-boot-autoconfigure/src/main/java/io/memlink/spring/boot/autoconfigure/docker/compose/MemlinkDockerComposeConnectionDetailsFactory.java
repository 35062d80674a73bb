package io.memlink.spring.boot.autoconfigure.docker.compose;

import java.util.List;

import io.memlink.placement.Backend;
import io.memlink.spring.boot.autoconfigure.MemlinkConnectionDetails;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.ssl.SslBundle;

/**
 * Factory of connection details from services whose image, or label {@code
 * org.springframework.boot.service-connection}, is memcached.
 */
final class MemlinkDockerComposeConnectionDetailsFactory
        extends DockerComposeConnectionDetailsFactory<MemlinkConnectionDetails> {

    private static final String[] NAMES = { "memcached", "bitnami/memcached", "bitnamilegacy/memcached" };

    MemlinkDockerComposeConnectionDetailsFactory() {
        super(NAMES);
    }

    @Override
    protected MemlinkConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
        return new MemlinkDockerComposeConnectionDetails(source.getRunningService());
    }

    private static final class MemlinkDockerComposeConnectionDetails extends DockerComposeConnectionDetails
            implements MemlinkConnectionDetails {

        private final Backend backend;

        private final @Nullable SslBundle sslBundle;

        private MemlinkDockerComposeConnectionDetails(RunningService service) {
            super(service);
            this.backend = Backend.of(service.host(), service.ports().get(Backend.DEFAULT_PORT));
            this.sslBundle = getSslBundle(service);
        }

        @Override
        public List<Backend> getBackends() {
            return List.of(this.backend);
        }

        @Override
        public @Nullable SslBundle getSslBundle() {
            return this.sslBundle;
        }

    }

}
