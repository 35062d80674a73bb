package io.memlink.link;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.memlink.error.MemlinkException;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * One place of a pool: a connection, and after it is lost the next one. Safe for use by
 * many threads where it is a {@link Link}; the rest is confined to its event loop, which
 * all its connections share. <pre>
 *            greeted                     lost
 *  DIALING ----------> UP ------------------------------> DIALING (at once; requests wait)
 *     |  ^
 *     |  | backoff                    in every state: close() ends it
 *     v  |
 *    DOWN  (requests fail at once)
 * </pre>
 */
final class ConnectionSlot implements Link, ConnectionOwner {

    /** A connection that did not live this long is a failed dial. */
    private static final long STABLE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final Dialer dialer;

    private final LinkOptions options;

    private final LinkResources resources;

    private final Ending ending;

    private final EventLoop loop;

    /** What requests are sent down: a connection that is up, being dialed, or closed. */
    private volatile Connection current;

    private volatile boolean up;

    private volatile boolean dialing = true;

    private volatile @Nullable MemlinkException lastFailure;

    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Connection newest;

    private int failures;

    private long upSinceNanos;

    private boolean closing;

    ConnectionSlot(Dialer dialer, LinkOptions options, LinkResources resources, Ending ending) {
        this.ending = ending;
        this.dialer = dialer;
        this.options = options;
        this.resources = resources;
        this.loop = resources.nextLoop();
        this.newest = new Connection(this, options, resources);
        this.current = this.newest;
        this.loop.execute(() -> dialer.dial(this.newest, this));
    }

    @Override
    public <R> CompletableFuture<R> send(Request<R> request) {
        return this.current.send(request);
    }

    /** The connection was greeted; tells it so once everybody can find it. */
    void ready(Connection connection, @Nullable Object session) {
        this.upSinceNanos = this.loop.ticker().nanoTime();
        this.current = connection;
        this.dialing = false;
        this.up = true;
        this.lastFailure = null;
        connection.ready(session);
        if (this.up) {
            this.ending.listener().connected();
        }
    }

    @Override
    public void closed(Connection connection, CloseCause cause) {
        boolean wasUp = this.up;
        this.up = false;
        this.dialing = false;
        if (this.closing) {
            this.ended.complete(null);
            return;
        }
        this.lastFailure = cause.unwritten();
        boolean stable = wasUp && this.loop.ticker().nanoTime() - this.upSinceNanos >= STABLE_NANOS;
        this.failures = stable ? 0 : this.failures + 1;
        if (!wasUp) {
            // So that requests fail for the latest reason.
            this.current = connection;
        }
        if (stable) {
            redial();
        }
        else {
            long delayNanos = Backoff.delayNanos(this.failures, cause.reason());
            this.loop.schedule(this::redial, delayNanos, TimeUnit.NANOSECONDS);
        }
        tell(wasUp, cause.unwritten());
    }

    private void tell(boolean lost, MemlinkException cause) {
        if (lost) {
            this.ending.listener().disconnected(cause);
        }
        else {
            this.ending.listener().dialFailed(cause);
        }
    }

    private void redial() {
        if (this.closing) {
            return;
        }
        this.newest = new Connection(this, this.options, this.resources);
        this.dialing = true;
        if (this.failures == 0) {
            this.current = this.newest;
        }
        this.dialer.dial(this.newest, this);
    }

    /**
     * Lets what is under way finish; the owner sends nothing more. Any thread may call.
     */
    CompletableFuture<Void> close(long timeoutNanos) {
        try {
            this.loop.execute(() -> closeOnLoop(timeoutNanos));
        }
        catch (RejectedExecutionException ex) {
            this.ended.complete(null);
        }
        return this.ended;
    }

    private void closeOnLoop(long timeoutNanos) {
        if (this.closing) {
            return;
        }
        this.closing = true;
        if (this.newest.closeCause() != null) {
            this.ended.complete(null);
        }
        else if (this.up) {
            this.newest.closeWhenIdle();
            this.loop.schedule(() -> this.newest.close(CloseCause.closed(server())), timeoutNanos,
                    TimeUnit.NANOSECONDS);
        }
        else {
            this.newest.close(CloseCause.closed(server()));
        }
    }

    @Override
    public String server() {
        return this.dialer.server();
    }

    @Override
    public Protocol protocol() {
        return this.dialer.protocol();
    }

    @Override
    public Ending ending() {
        return this.ending;
    }

    @Override
    public EventLoop loop() {
        return this.loop;
    }

    /** Returns how many dials in a row have failed. */
    int failures() {
        return this.failures;
    }

    /** Returns whether there is a usable connection. Any thread may ask. */
    boolean isUp() {
        return this.up;
    }

    /** Returns whether a connection is being made. Any thread may ask. */
    boolean isDialing() {
        return this.dialing;
    }

    /** Returns what requests are sent down. Any thread may ask. */
    Connection connection() {
        return this.current;
    }

    /** Returns why there is no connection, where there is none. Any thread may ask. */
    @Nullable MemlinkException lastFailure() {
        return this.lastFailure;
    }

    @Override
    public String toString() {
        return "ConnectionSlot[" + this.current + "]";
    }

}
