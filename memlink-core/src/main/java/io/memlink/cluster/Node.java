package io.memlink.cluster;

import java.time.Instant;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.error.MemlinkException;
import io.memlink.link.ConnectionPool;

/**
 * One backend that is being used: who it is, and what requests are sent down.
 *
 * @param address the backend
 * @param pool its connections
 */
record Node(ServerAddress address, ConnectionPool pool) {

    BackendStatus status() {
        int connections = this.pool.connections();
        MemlinkException failure = this.pool.lastFailure();
        State state = State.UP;
        if (connections == 0) {
            state = (failure != null) ? State.DOWN : State.CONNECTING;
        }
        return new BackendStatus(this.address, state, Instant.now(), failure, null, connections, this.pool.size(),
                this.pool.inFlight(), 0, 0, 0);
    }

}
