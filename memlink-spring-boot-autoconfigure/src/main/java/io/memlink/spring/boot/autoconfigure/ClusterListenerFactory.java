package io.memlink.spring.boot.autoconfigure;

import io.memlink.cluster.ClusterListener;

/**
 * Factory of listeners, one for each client of the application.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ClusterListenerFactory {

    /**
     * Makes the listener of a client, or returns the one it had before; called each time
     * the client is started.
     * @param clientName the name of its bean
     * @return told what happens to the backends of this client
     */
    ClusterListener create(String clientName);

}
