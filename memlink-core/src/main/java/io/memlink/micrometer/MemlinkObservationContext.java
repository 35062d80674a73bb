package io.memlink.micrometer;

import io.memlink.meta.MetaRequest;
import io.memlink.placement.Backend;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;

/**
 * The context of a request while it is observed.
 *
 * @since 0.1.0
 */
public final class MemlinkObservationContext extends SenderContext<Object> {

    private final Backend backend;

    private final MetaRequest<?> request;

    MemlinkObservationContext(Backend backend, MetaRequest<?> request) {
        // memcached's protocol has no place for what a trace would carry on.
        super((carrier, key, value) -> {
        }, Kind.CLIENT);
        this.backend = backend;
        this.request = request;
        setCarrier(request);
        setRemoteServiceName("memcached");
        setRemoteServiceAddress(backend.hostAndPort());
    }

    /**
     * Returns the backend that the key belongs to.
     * @return the backend
     */
    public Backend backend() {
        return this.backend;
    }

    /**
     * Returns the request.
     * @return the request, whose key is not shown unless a convention of the user's does
     */
    public MetaRequest<?> request() {
        return this.request;
    }

}
