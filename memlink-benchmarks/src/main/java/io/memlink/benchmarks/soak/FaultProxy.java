package io.memlink.benchmarks.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The network between one client and one server, which can be told to fail. Safe for use
 * by many threads. Each connection has two threads, one for each direction, so that one
 * that stands still holds up no other.
 */
public final class FaultProxy implements AutoCloseable {

    /** The way in which bytes travel at present. */
    enum Mode {

        /** As they come. */
        PASS,

        /** Not at all: they wait, and go on later. */
        STALL,

        /** They vanish. What was connected meanwhile is of no use any more. */
        BLACKHOLE,

        /** Each piece a little late. */
        DELAY,

        /** In pieces of a few bytes. */
        SLICE,

        /** New connections are reset. */
        REFUSE

    }

    private final ServerSocket listener;

    private final InetSocketAddress server;

    private final Set<ProxyLink> links = ConcurrentHashMap.newKeySet();

    private final AtomicInteger spoilt = new AtomicInteger();

    private final boolean whole;

    private volatile Mode mode = Mode.PASS;

    private volatile boolean closed;

    /** What happens to the next reply that begins. */
    private volatile Spoiling spoiling = Spoiling.NONE;

    /** A change that can be made to one reply. */
    public enum Spoiling {

        /** Nothing. */
        NONE,

        /** It is left out. */
        DROP,

        /** It comes twice. */
        DUPLICATE,

        /** Its first letter is another one. */
        FLIP

    }

    FaultProxy(InetSocketAddress server) {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), server, false);
    }

    /**
     * Listens.
     * @param here where, with port 0 for a free one
     * @param server where connections lead to
     * @param whole whether what is spoilt is all that was read at once instead of one
     * reply, so that the protocol does not matter
     */
    public FaultProxy(InetSocketAddress here, InetSocketAddress server, boolean whole) {
        this.server = server;
        this.whole = whole;
        try {
            this.listener = new ServerSocket(here.getPort(), 512, here.getAddress());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        start("soak-proxy-" + this.listener.getLocalPort(), this::accept);
    }

    /** Returns where it listens. */
    public String address() {
        return this.listener.getInetAddress().getHostAddress() + ":" + port();
    }

    /** Returns the port on which it listens. */
    public int port() {
        return this.listener.getLocalPort();
    }

    int connections() {
        return this.links.size();
    }

    Mode mode() {
        return this.mode;
    }

    void setMode(Mode mode) {
        Mode before = this.mode;
        this.mode = mode;
        if (before == Mode.BLACKHOLE || mode == Mode.REFUSE) {
            reset();
        }
    }

    void spoilNext(Spoiling next) {
        this.spoiling = next;
    }

    /** Returns what is to be done to the reply that begins now, once. */
    Spoiling takeSpoiling() {
        Spoiling next = this.spoiling;
        if (next != Spoiling.NONE) {
            this.spoiling = Spoiling.NONE;
            this.spoilt.incrementAndGet();
        }
        return next;
    }

    boolean spoilsWhole() {
        return this.whole;
    }

    /** Returns how many replies were spoilt. */
    int spoilt() {
        return this.spoilt.get();
    }

    /** Ends all connections with a reset, as a machine does that lost its memory. */
    void reset() {
        this.links.forEach(ProxyLink::reset);
    }

    /** Ends all connections in order, whatever is still to be answered. */
    void finish() {
        this.links.forEach(ProxyLink::finish);
    }

    /** Ends the direction to the client, and leaves the other one open. */
    void halfClose() {
        this.links.forEach(ProxyLink::halfClose);
    }

    /** Waits while nothing travels. Returns whether what was read is to be sent. */
    boolean passes() {
        while (this.mode == Mode.STALL && !this.closed) {
            LockSupport.parkNanos(1_000_000);
        }
        return this.mode != Mode.BLACKHOLE;
    }

    void forget(ProxyLink link) {
        this.links.remove(link);
    }

    private void accept() {
        while (!this.closed) {
            try {
                Socket client = this.listener.accept();
                if (this.mode == Mode.REFUSE) {
                    client.setSoLinger(true, 0);
                    client.close();
                    continue;
                }
                connect(client);
            }
            catch (IOException ex) {
                // The listener was closed, or the client is gone.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket connection = new Socket();
        try {
            connection.connect(this.server, 1000);
        }
        catch (IOException ex) {
            client.setSoLinger(true, 0);
            client.close();
            connection.close();
            return;
        }
        ProxyLink link = new ProxyLink(this, client, connection);
        this.links.add(link);
        start("soak-up", link::pumpRequests);
        start("soak-down", link::pumpReplies);
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        this.closed = true;
        try {
            this.listener.close();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        reset();
    }

}
