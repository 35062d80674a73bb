package io.memlink.simulation;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** A connection: a channel, a session at a server, and the bytes between them. */
final class Wire {

    /** What the kernel waits for an acknowledgement; the client sets that. */
    private static final long USER_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Network network;

    private final Link link;

    private final SimulatedChannel channel;

    private final Pipe there;

    private final Pipe back;

    private @Nullable Session session;

    private boolean clientClosed;

    private boolean serverClosed;

    private boolean full;

    private boolean watched;

    Wire(Network network, Link link, SimulatedChannel channel) {
        this.network = network;
        this.link = link;
        this.channel = channel;
        this.there = new Pipe(network, link, true, new ServerEnd());
        this.back = new Pipe(network, link, false, new ClientEnd());
    }

    void accepted(Session session) {
        this.session = session;
    }

    // The client

    /** Takes as many bytes as there is room for. */
    int room() {
        int room = this.there.room();
        this.full |= room <= 0;
        return Math.max(0, room);
    }

    void sendThere(byte[] bytes) {
        this.there.send(bytes);
        if (!this.watched) {
            this.watched = true;
            this.network.time().after(USER_TIMEOUT_NANOS, this::endIfUnacknowledged);
        }
    }

    private void endIfUnacknowledged() {
        this.watched = false;
        long longAgo = this.network.time().nanoTime() - USER_TIMEOUT_NANOS * 3 / 4;
        if (!this.clientClosed && this.there.isHeld() && this.there.heldSinceNanos() < longAgo) {
            onClient(() -> this.channel.failed(new IOException("Connection timed out")));
        }
    }

    /**
     * The client has closed its end. In order, all it has sent still arrives. By a reset,
     * the kernel gives up what it holds, and what has left it may arrive long after.
     */
    void closedByClient(boolean reset) {
        if (this.clientClosed) {
            return;
        }
        this.clientClosed = true;
        this.back.close();
        if (!reset) {
            this.there.sendEnd();
            return;
        }
        boolean held = this.there.isHeld();
        byte[] rest = this.there.close();
        Session session = this.session;
        if (session == null) {
            return;
        }
        if (rest.length > 0 && !held && this.network.deliversAfterReset()) {
            this.network.time().after(this.network.holdNanos(), () -> {
                session.received(rest);
                session.lost();
            });
        }
        else {
            this.network.time().after(this.link.latencyNanos(this.network.chance()), session::lost);
        }
    }

    // The server

    void sendBack(byte[] bytes) {
        if (!this.serverClosed && !this.clientClosed) {
            this.back.send(bytes);
        }
    }

    void closedByServer() {
        this.serverClosed = true;
        this.back.sendEnd();
    }

    /** The connection is lost, with a part of what was sent back. */
    void reset() {
        this.serverClosed = true;
        byte[] rest = this.back.close();
        Session session = this.session;
        if (session != null) {
            session.lost();
        }
        if (this.clientClosed) {
            return;
        }
        int arrives = this.network.chance().from(0, rest.length);
        if (arrives > 0 && !this.link.isCut(false)) {
            byte[] torn = Arrays.copyOf(rest, arrives);
            onClient(() -> this.channel.received(torn));
        }
        tellReset();
    }

    private void tellReset() {
        if (this.link.isCut(false)) {
            this.link
                .whenMended(() -> this.network.time().after(this.network.chance().millis(0, 300), this::tellReset));
        }
        else {
            onClient(() -> this.channel.failed(new IOException("Connection reset by peer")));
        }
    }

    /** A path through the network is lost that this connection happens to take. */
    void stick() {
        this.there.stick();
        this.back.stick();
    }

    void stickNoMore() {
        this.there.stickNoMore();
        this.back.stickNoMore();
    }

    private void onClient(Runnable action) {
        if (!this.clientClosed && !this.channel.eventLoop().isShutdown()) {
            this.channel.eventLoop().execute(() -> {
                if (!this.clientClosed) {
                    action.run();
                }
            });
        }
    }

    /** What the client sends arrives at the server. */
    private final class ServerEnd implements Pipe.End {

        @Override
        public void received(byte[] bytes) {
            Session session = Wire.this.session;
            if (session == null || Wire.this.serverClosed) {
                // Nobody is there any more, says the kernel of the server.
                Wire.this.tellReset();
            }
            else {
                session.received(bytes);
            }
        }

        @Override
        public void ended() {
            Session session = Wire.this.session;
            if (session != null) {
                session.ended();
            }
        }

        @Override
        public void drained() {
            if (Wire.this.full) {
                Wire.this.full = false;
                onClient(Wire.this.channel::writable);
            }
        }

    }

    /** What the server sends arrives at the client. */
    private final class ClientEnd implements Pipe.End {

        @Override
        public void received(byte[] bytes) {
            onClient(() -> Wire.this.channel.received(bytes));
        }

        @Override
        public void ended() {
            onClient(Wire.this.channel::ended);
        }

    }

    @Override
    public String toString() {
        return this.channel + (this.clientClosed ? ", closed by the client" : "")
                + (this.serverClosed ? ", closed by the server" : "") + (this.there.isHeld() ? ", held" : "");
    }

}
