package io.memlink.link;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.link.tls.TlsEngine;
import io.memlink.time.Backoff;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * One place of a pool: a connection, and after it is lost the next one. Safe for use by
 * many threads where it is a {@link Link}; the rest is confined to its event loop, which
 * all its connections share. <pre>
 *            greeted                     lost
 *  DIALING ----------> UP ------------------------------> DIALING (at once; requests wait)
 *     |  ^             |
 *     |  | backoff     | old, or its certificates are
 *     v  |             v
 *    DOWN              UP, and DIALING the next; greeted, it becomes the current one, but
 *  (requests fail      starts only when all that was sent down the old one has ended
 *   at once)
 *
 *  in every state: close() ends it
 * </pre>
 */
final class ConnectionSlot implements Link, Connection.Owner {

    /** A connection that did not live this long is a failed dial. */
    private static final long STABLE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private static final long MIN_UPKEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Connections that were made together shall not be replaced together. */
    private static final double AGE_JITTER = 0.1;

    private static final Backoff BACKOFF = new Backoff(TimeUnit.MILLISECONDS.toNanos(50),
            TimeUnit.MILLISECONDS.toNanos(800));

    private static final Backoff SLOW_BACKOFF = new Backoff(TimeUnit.MILLISECONDS.toNanos(50),
            TimeUnit.SECONDS.toNanos(30));

    /** What only an operator can mend. */
    private static final Set<Reason> SLOW = EnumSet.of(Reason.TLS, Reason.AUTHENTICATION, Reason.UNKNOWN_HOST,
            Reason.WRONG_PROTOCOL);

    private final Dialer dialer;

    private final LinkOptions options;

    private final LinkResources resources;

    private final Exchange.Terms terms;

    private final Budget budget;

    private final EventLoop loop;

    /** What requests are sent down: a connection that is up, being dialed, or closed. */
    private volatile Connection current;

    private volatile boolean up;

    private volatile boolean dialing = true;

    /** The predecessor of the current one, as long as it is not closed. */
    private volatile @Nullable Connection draining;

    private volatile @Nullable MemlinkException lastFailure;

    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Connection newest;

    private volatile @Nullable Object session;

    private TlsEngine.@Nullable Material material;

    private int failures;

    private long upSinceNanos;

    private long renewalNanos;

    private boolean closing;

    ConnectionSlot(Dialer dialer, Exchange.Terms terms, Budget budget) {
        this.dialer = dialer;
        this.options = dialer.options();
        this.resources = dialer.resources();
        this.terms = terms;
        this.budget = budget;
        this.loop = this.resources.nextLoop();
        this.newest = new Connection(this, this.options, this.resources);
        this.current = this.newest;
        this.loop.execute(() -> dialer.dial(this.newest, this));
    }

    @Override
    public <R, T extends @Nullable Object> CompletableFuture<T> send(Request<R> request,
            Function<? super R, ? extends T> meaning) {
        Exchange<R, T> exchange = new Exchange<>(request, meaning, this.loop.ticker().nanoTime(), this.terms);
        Connection connection = this.current;
        while (!connection.send(exchange)) {
            // It was retired this moment, after its successor had become the current one.
            connection = this.current;
        }
        return exchange;
    }

    /** The connection was greeted; starts it as soon as the one before has ended. */
    void greeted(Connection connection, @Nullable Object session, TlsEngine.@Nullable Material material) {
        Connection old = this.current;
        boolean renewal = this.up;
        this.session = session;
        this.material = material;
        this.upSinceNanos = this.loop.ticker().nanoTime();
        this.renewalNanos = this.upSinceNanos + jitteredAgeNanos();
        this.lastFailure = null;
        this.dialing = false;
        this.current = connection;
        this.up = true;
        if (renewal) {
            this.draining = old;
            old.retire();
        }
        startCurrent();
        long firstNanos = this.options.idlePingNanos();
        scheduleUpkeep(connection,
                (this.options.maxAgeNanos() > 0) ? Math.min(firstNanos, this.options.maxAgeNanos()) : firstNanos);
        if (this.up) {
            this.terms.listener().connected();
        }
    }

    private long jitteredAgeNanos() {
        double jitter = AGE_JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return (long) (this.options.maxAgeNanos() * (1 + jitter));
    }

    private void startCurrent() {
        if (this.up && this.draining == null && this.current.closeCause() == null && !this.current.isReady()) {
            this.current.ready(this.session);
        }
    }

    @Override
    public void closed(Connection connection, CloseCause cause) {
        if (connection == this.draining) {
            this.draining = null;
            startCurrent();
            endIfClosed();
            return;
        }
        this.dialing = this.dialing && connection != this.newest;
        if (this.closing) {
            endIfClosed();
        }
        else if (this.up && connection != this.current) {
            renewalFailed(cause);
        }
        else if (this.up) {
            lost(cause);
        }
        else {
            // So that requests fail for the latest reason.
            this.current = connection;
            this.lastFailure = cause.unwritten();
            this.failures++;
            redialLater(cause);
            this.terms.listener().dialFailed(cause.unwritten());
        }
    }

    private void renewalFailed(CloseCause cause) {
        this.newest = this.current;
        this.terms.listener().dialFailed(cause.unwritten());
    }

    private void lost(CloseCause cause) {
        this.up = false;
        this.lastFailure = cause.unwritten();
        boolean stable = this.loop.ticker().nanoTime() - this.upSinceNanos >= STABLE_NANOS;
        this.failures = stable ? 0 : this.failures + 1;
        if (this.newest != this.current) {
            this.current = this.newest;
        }
        else if (stable) {
            redial();
        }
        else {
            redialLater(cause);
        }
        this.terms.listener().disconnected(cause.unwritten());
    }

    private void redialLater(CloseCause cause) {
        double random = ThreadLocalRandom.current().nextDouble();
        long delayNanos = backoff(cause.reason()).delayNanos(this.failures, random);
        this.loop.schedule(this::redial, delayNanos, TimeUnit.NANOSECONDS);
    }

    static Backoff backoff(@Nullable Reason reason) {
        return (reason != null && SLOW.contains(reason)) ? SLOW_BACKOFF : BACKOFF;
    }

    private void redial() {
        if (this.closing) {
            return;
        }
        dialNext();
        if (this.failures == 0) {
            this.current = this.newest;
        }
        this.dialer.dial(this.newest, this);
    }

    private void dialNext() {
        this.newest = new Connection(this, this.options, this.resources);
        this.dialing = true;
    }

    /** Looks after a connection, now and then while it is the current one. */
    private void upkeep(Connection connection) {
        if (this.closing || !this.up || connection != this.current) {
            return;
        }
        long delayNanos = connection.pingIfIdle();
        if (this.options.maxAgeNanos() > 0) {
            long restNanos = this.renewalNanos - this.loop.ticker().nanoTime();
            delayNanos = Math.min(delayNanos, restNanos);
            if (restNanos <= 0) {
                renew();
            }
        }
        renewIfOutdated();
        scheduleUpkeep(connection, delayNanos);
    }

    private void scheduleUpkeep(Connection connection, long delayNanos) {
        this.loop.schedule(() -> upkeep(connection), Math.max(delayNanos, MIN_UPKEEP_NANOS), TimeUnit.NANOSECONDS);
    }

    private void renewIfOutdated() {
        TlsEngine tls = this.dialer.tls();
        TlsEngine.Material material = this.material;
        if (tls != null && material != null) {
            this.resources.askBlocking(() -> tls.isOutdated(material), this.loop, () -> {
                if (this.material == material) {
                    renew();
                }
            });
        }
    }

    private void renew() {
        if (this.up && this.newest == this.current && this.draining == null && !this.closing) {
            this.renewalNanos = this.loop.ticker().nanoTime() + this.options.idlePingNanos();
            dialNext();
            this.dialer.dial(this.newest, this);
        }
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
        if (this.newest != this.current) {
            this.newest.close(CloseCause.closed(server()));
        }
        this.current.closeWhenIdle();
        endIfClosed();
        this.loop.schedule(this::closeNow, timeoutNanos, TimeUnit.NANOSECONDS);
    }

    private void closeNow() {
        Connection draining = this.draining;
        if (draining != null) {
            draining.close(CloseCause.closed(server()));
        }
        this.current.close(CloseCause.closed(server()));
    }

    private void endIfClosed() {
        if (this.closing && this.draining == null && this.current.closeCause() != null
                && this.newest.closeCause() != null) {
            this.up = false;
            completeEnded();
        }
    }

    /** In another turn, since what the connection takes with it ends only now. */
    private void completeEnded() {
        try {
            this.loop.execute(() -> this.ended.complete(null));
        }
        catch (RejectedExecutionException ex) {
            this.ended.complete(null);
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
    public Budget budget() {
        return this.budget;
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

    /** Returns what greeting found out. Any thread may ask. */
    @Nullable Object session() {
        return this.up ? this.session : null;
    }

    /** Returns what is being replaced, if anything is. Any thread may ask. */
    @Nullable Connection draining() {
        return this.draining;
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
