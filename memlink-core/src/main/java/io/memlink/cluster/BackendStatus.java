package io.memlink.cluster;

import io.memlink.error.MemlinkException;
import org.jspecify.annotations.Nullable;

/**
 * How a backend is at one moment. Immutable.
 *
 * @param address the backend
 * @param state whether it can be used
 * @param connections how many of its connections are usable
 * @param poolSize how many connections there should be
 * @param inFlight how many requests wait for it
 * @param lastFailure why the last connection was lost or could not be made; {@code null}
 * where that never happened, or all connections are usable
 * @since 0.1.0
 */
public record BackendStatus(ServerAddress address, State state, int connections, int poolSize, int inFlight,
        @Nullable MemlinkException lastFailure) {

    /** Whether a backend can be used. */
    public enum State {

        /** At least one connection is usable. */
        UP,

        /** The first attempt to connect is under way. */
        CONNECTING,

        /** No connection is usable; requests fail at once until one is. */
        DOWN

    }

}
