package io.memlink.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.memlink.error.MemlinkException;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of pipelined connections to one server, seen as one link. Safe for use
 * by many threads. Owns its connections, but not the {@link LinkResources} it was given.
 * <p>
 * Requests of one affinity use one connection, and wait for it while it is dialed for the
 * first time or again after it was lost. When that dial has failed, they fail at once
 * with {@link io.memlink.error.Outcome#NOT_SENT} until a later one succeeds.
 *
 * @since 0.1.0
 */
public final class ConnectionPool implements Link {

    private final ConnectionSlot[] slots;

    private final CloseCause closedCause;

    private volatile boolean closed;

    /**
     * Creates a pool and begins to connect in the background; needs nobody to listen yet.
     * @param host name or address; names are looked up anew for each connection
     * @param port 1 to 65535
     * @param protocol how connections are greeted
     * @param options clocks and bounds
     * @param resources threads, shared with other pools
     */
    public ConnectionPool(String host, int port, Protocol protocol, LinkOptions options, LinkResources resources) {
        Dialer dialer = new Dialer(host, port, protocol, options, resources);
        this.closedCause = CloseCause.closed(dialer.server());
        this.slots = new ConnectionSlot[options.poolSize()];
        for (int i = 0; i < this.slots.length; i++) {
            this.slots[i] = new ConnectionSlot(dialer, options, resources);
        }
    }

    @Override
    public <R> CompletableFuture<R> send(Request<R> request) {
        if (this.closed) {
            return CompletableFuture.failedFuture(this.closedCause.unwritten());
        }
        ConnectionSlot[] slots = this.slots;
        int index = (slots.length == 1) ? 0 : Math.floorMod(request.affinity(), slots.length);
        return slots[index].send(request);
    }

    /**
     * Returns how many connections there should be.
     * @return the pool size
     */
    public int size() {
        return this.slots.length;
    }

    /**
     * Returns how many connections are usable.
     * @return 0 to {@link #size()}
     */
    public int connections() {
        int connections = 0;
        for (ConnectionSlot slot : this.slots) {
            connections += slot.isUp() ? 1 : 0;
        }
        return connections;
    }

    /**
     * Returns how many requests are under way.
     * @return requests that have not ended
     */
    public int inFlight() {
        int inFlight = 0;
        for (ConnectionSlot slot : this.slots) {
            inFlight += slot.underWay();
        }
        return inFlight;
    }

    /**
     * Returns why a connection that should be usable is not.
     * @return the latest reason of one such connection; {@code null} where all are
     * usable, or are being dialed for the first time
     */
    public @Nullable MemlinkException lastFailure() {
        for (ConnectionSlot slot : this.slots) {
            MemlinkException failure = slot.lastFailure();
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    /**
     * Takes no more requests, lets those under way finish, and closes the connections.
     * @param timeout what is still under way then fails with
     * {@link io.memlink.error.MemlinkClosedException}
     * @return completed when all connections are closed
     */
    public CompletableFuture<Void> close(Duration timeout) {
        this.closed = true;
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        for (ConnectionSlot slot : this.slots) {
            closing.add(slot.close(timeout.toNanos()));
        }
        return CompletableFuture.allOf(closing.toArray(new CompletableFuture<?>[0]));
    }

}
