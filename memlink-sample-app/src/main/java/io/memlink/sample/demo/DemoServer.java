package io.memlink.sample.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.EmbeddedMemcachedBuilder;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;

/**
 * A memcached in this process that can be broken, and mended. Safe for use by many
 * threads.
 */
final class DemoServer {

    /** Small, so that it can be filled at the press of a button. */
    private static final long MEMORY = 8L * 1024 * 1024;

    private static final int FILLER_BYTES = 100_000;

    /** Enough for all connections that are opened while it stands still. */
    private static final int HELD_REPLIES = 10_000;

    private static final int TIMEOUT_MILLIS = 5000;

    private final String id;

    private final int port;

    private EmbeddedMemcached server;

    private HoldFault hold = Fault.hold();

    private State state = State.RUNNING;

    DemoServer(String id) {
        this.id = id;
        this.server = memcached().start();
        this.port = this.server.port();
    }

    private static EmbeddedMemcachedBuilder memcached() {
        return EmbeddedMemcached.builder().maxBytes(MEMORY);
    }

    String id() {
        return this.id;
    }

    int port() {
        return this.port;
    }

    synchronized State state() {
        return this.state;
    }

    /** Lets no reply out: connections stay open, as with a process that is stopped. */
    synchronized void freeze() {
        require(State.RUNNING);
        this.hold = Fault.hold();
        for (int i = 0; i < HELD_REPLIES; i++) {
            this.server.faults().next(this.hold);
        }
        this.state = State.FROZEN;
    }

    /** Closes all connections and refuses new ones. What it held is lost. */
    synchronized void kill() {
        if (this.state != State.KILLED) {
            thaw();
            this.server.close();
            this.state = State.KILLED;
        }
    }

    /** Stores more than there is room for, so that what was there is thrown out. */
    synchronized void fill() throws IOException {
        require(State.RUNNING);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            byte[] filler = new byte[FILLER_BYTES];
            for (int i = 0; i < MEMORY / FILLER_BYTES + 1; i++) {
                out.write(("ms filler:" + i + " " + FILLER_BYTES + " T60 q\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(filler);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            // Answered once all of it has been stored.
            out.write("mn\r\n".getBytes(StandardCharsets.US_ASCII));
            new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
        }
    }

    /** Runs again: goes on where it stood still, or starts empty if it was killed. */
    synchronized void revive() {
        if (this.state == State.KILLED) {
            this.server = memcached().port(this.port).start();
        }
        thaw();
        this.state = State.RUNNING;
    }

    private void thaw() {
        this.server.faults().clear();
        this.hold.release();
    }

    private void require(State expected) {
        if (this.state != expected) {
            throw new IllegalStateException(this.id + " is " + this.state + " (expected: " + expected + ")");
        }
    }

    /** The state of a server. */
    enum State {

        RUNNING, FROZEN, KILLED

    }

}
