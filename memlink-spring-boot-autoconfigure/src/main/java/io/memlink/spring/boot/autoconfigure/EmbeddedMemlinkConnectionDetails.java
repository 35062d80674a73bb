package io.memlink.spring.boot.autoconfigure;

import java.util.List;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.placement.Backend;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Connection details of a server in this process, which is started when it is first
 * needed.
 */
final class EmbeddedMemlinkConnectionDetails implements MemlinkConnectionDetails, DisposableBean {

    private static final Logger logger = LoggerFactory.getLogger(MemlinkAutoConfiguration.class);

    private final PropertiesMemlinkConnectionDetails properties;

    private @Nullable EmbeddedMemcached server;

    /**
     * Creates the details of a server that has not been started.
     * @param properties the settings, of which none may need a server that was named
     */
    EmbeddedMemlinkConnectionDetails(PropertiesMemlinkConnectionDetails properties) {
        this.properties = properties;
    }

    @Override
    public synchronized List<Backend> getBackends() {
        EmbeddedMemcached server = this.server;
        if (server == null) {
            this.properties.requireNothingOfServers("an embedded server without logins and encryption");
            server = EmbeddedMemcached.start();
            this.server = server;
            logger.warn("memlink.backends is not set: started an embedded memcached on port {}, for development only",
                    server.port());
        }
        return List.of(Backend.of("127.0.0.1", server.port()));
    }

    @Override
    public synchronized void destroy() {
        EmbeddedMemcached server = this.server;
        if (server != null) {
            server.close();
        }
    }

}
