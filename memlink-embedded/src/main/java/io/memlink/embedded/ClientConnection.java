package io.memlink.embedded;

import java.util.function.BiFunction;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection to an {@link EmbeddedMemcached}, for tests that look at it or let
 * it fail. Safe for use by many threads. Belongs to its server.
 *
 * @since 0.1.0
 */
public final class ClientConnection {

    private final long id;

    private final String address;

    private final Channel channel;

    private final ReplyOutlet outlet;

    private final FaultScript faults = new FaultScript();

    private final FaultScript faultsOfAll;

    private volatile long requests;

    private volatile long lastRequestNanos = System.nanoTime();

    private volatile boolean frozen;

    private volatile boolean waiting;

    private int unconsumed;

    private volatile long bytesReceived;

    ClientConnection(long id, String address, Channel channel, FaultScript faultsOfAll, RequestMemory memory) {
        this.id = id;
        this.address = address;
        this.channel = channel;
        this.outlet = new ReplyOutlet(channel, memory);
        this.faultsOfAll = faultsOfAll;
    }

    /**
     * Returns the number of this connection.
     * @return the number, counted from 1 in the order in which connections were accepted
     */
    public long id() {
        return this.id;
    }

    /**
     * Returns where the client is.
     * @return the address as a text, for example {@code tcp:127.0.0.1:50000}
     */
    public String address() {
        return this.address;
    }

    /**
     * Returns what goes wrong on this connection, before what goes wrong on all.
     * @return the script, empty at first
     */
    public FaultScript faults() {
        return this.faults;
    }

    /**
     * Returns how many requests came on this connection.
     * @return the number of requests
     */
    public long requests() {
        return this.requests;
    }

    /**
     * Tells whether the connection is open.
     * @return whether it is
     */
    public boolean isOpen() {
        return this.channel.isOpen();
    }

    /**
     * Closes the connection. Replies that were not sent yet are lost.
     */
    public void close() {
        this.channel.eventLoop().execute(this.outlet::close);
    }

    /**
     * Resets the connection, so that the client sees an error and not the end.
     */
    public void reset() {
        this.channel.eventLoop().execute(this.outlet::reset);
    }

    /**
     * Ends what the server sends. It goes on reading.
     */
    public void halfClose() {
        this.channel.eventLoop().execute(this.outlet::halfClose);
    }

    /**
     * Reads nothing more from this connection until {@link #thaw()}. What was received
     * before is answered.
     */
    public void freeze() {
        this.frozen = true;
        readIfPossible();
    }

    /**
     * Goes on reading.
     */
    public void thaw() {
        this.frozen = false;
        readIfPossible();
    }

    /**
     * Stops reading while requests that were received have to wait, or goes on.
     */
    void waiting(boolean waiting) {
        this.waiting = waiting;
        readIfPossible();
    }

    private synchronized void readIfPossible() {
        this.channel.config().setAutoRead(!this.frozen && !this.waiting);
    }

    ReplyOutlet outlet() {
        return this.outlet;
    }

    // Called by the one thread of the server.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void requested() {
        this.requests++;
        this.lastRequestNanos = System.nanoTime();
    }

    long idleSeconds() {
        return (System.nanoTime() - this.lastRequestNanos) / 1_000_000_000L;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void received(ByteBuf in) {
        this.bytesReceived += Math.max(in.readableBytes() - this.unconsumed, 0);
    }

    void consumed(ByteBuf in) {
        this.unconsumed = in.readableBytes();
    }

    long bytesReceived() {
        return this.bytesReceived;
    }

    /**
     * Returns what goes wrong with a request, or with its reply.
     */
    @Nullable Fault takeFault(String command, boolean request) {
        BiFunction<FaultScript, String, @Nullable Fault> take = request ? FaultScript::takeForRequest
                : FaultScript::takeForReply;
        Fault own = take.apply(this.faults, command);
        return (own != null) ? own : take.apply(this.faultsOfAll, command);
    }

    @Override
    public String toString() {
        return this.id + " " + this.address;
    }

}
