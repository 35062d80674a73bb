package io.memlink.spring.boot.autoconfigure.testcontainers;

import java.util.List;

import io.memlink.placement.Backend;
import io.memlink.spring.boot.autoconfigure.MemlinkConnectionDetails;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.testcontainers.containers.Container;

/**
 * Factory of connection details from containers whose image or
 * {@link org.springframework.boot.testcontainers.service.connection.ServiceConnection
 * service connection} is named memcached.
 */
final class MemlinkContainerConnectionDetailsFactory
        extends ContainerConnectionDetailsFactory<Container<?>, MemlinkConnectionDetails> {

    private static final List<String> NAMES = List.of("memcached", "bitnami/memcached", "bitnamilegacy/memcached");

    MemlinkContainerConnectionDetailsFactory() {
        super(NAMES);
    }

    @Override
    protected MemlinkConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
        return new MemlinkContainerConnectionDetails(source);
    }

    private static final class MemlinkContainerConnectionDetails extends ContainerConnectionDetails<Container<?>>
            implements MemlinkConnectionDetails {

        private MemlinkContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
            super(source);
        }

        @Override
        public List<Backend> getBackends() {
            Container<?> container = getContainer();
            int port = container.getMappedPort(Backend.DEFAULT_PORT);
            return List.of(Backend.of(container.getHost(), port));
        }

        @Override
        public @Nullable SslBundle getSslBundle() {
            return super.getSslBundle();
        }

    }

}
