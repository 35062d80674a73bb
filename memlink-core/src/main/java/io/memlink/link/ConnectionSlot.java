package io.memlink.link;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.memlink.error.MemlinkException;
import io.memlink.link.flow.Budget;
import io.memlink.link.loop.DrivenLoop;
import io.memlink.link.loop.LaneChoice;
import io.memlink.link.tls.engine.TlsMaterials;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

/**
 * One place of a pool: a connection, and after it is lost the next one. Safe for use by
 * many threads where a method says so; the rest is confined to its event loop, which all
 * its connections share. <pre>
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
final class ConnectionSlot implements Connection.Owner, DrivenLoop.Tenant, LaneChoice.Lane {

    /*
     * A slot that is not closed is up, is being dialed, or has a time at which it will be
     * dialed; that is true after each turn of the event loop, whatever was thrown in it.
     * A dial ends by its own clocks and a redial begins by a timer, but neither is relied
     * on: a watch that was scheduled with the slot looks after both once in a second. So
     * a lack of memory, or a greeting that never completes, delays the next dial and
     * forgets none.
     *
     * Where two things meet:
     *
     * - a dial and close: the dial ends, and nothing is dialed again.
     *
     * - a dial and the watch: the watch ends a dial that is older than all its clocks.
     *
     * - a loss and a redial that is due: the first of timer and watch dials, the second
     * finds it dialing.
     *
     * - a loss and a renewal: the connection that is being dialed becomes the current
     * one.
     *
     * - retire and send: see ConnectionGate; who is refused finds the successor, which
     * was made the current one before.
     *
     * - retire and a loss: the successor starts when the one that is lost is closed.
     *
     * - close and send: who finds the gate shut is told that the client was closed.
     */

    private static final long WATCH_MILLIS = 1000;

    private static final Logger logger = LoggerFactory.getLogger(ConnectionSlot.class);

    /** A connection that did not live this long is a failed dial. */
    private static final long STABLE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final Dialer dialer;

    private final LinkOptions options;

    private final LinkResources resources;

    private final Exchange.Terms terms;

    private final Budget budget;

    private final DrivenLoop loop;

    /** What requests are sent down: a connection that is up, being dialed, or closed. */
    private volatile Connection current;

    private volatile boolean up;

    private volatile boolean dialing = true;

    /** The predecessor of the current one, as long as it is not closed. */
    private volatile @Nullable Connection draining;

    private volatile @Nullable MemlinkException lastFailure;

    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Connection newest;

    /** How the newest one is opened. */
    private @Nullable Dial dial;

    private volatile @Nullable Object session;

    private final Upkeep upkeep;

    private final Future<?> watch;

    private int failures;

    private long dialedNanos;

    private long redialNanos;

    private long upSinceNanos;

    /** Negative until the slot is to be closed. */
    private volatile long closeTimeoutNanos = -1;

    private boolean closing;

    ConnectionSlot(Dialer dialer, Exchange.Terms terms, Budget budget, DrivenLoop loop) {
        this.dialer = dialer;
        this.options = dialer.options();
        this.resources = dialer.resources();
        this.terms = terms;
        this.budget = budget;
        this.loop = loop;
        this.upkeep = new Upkeep(this, dialer);
        this.newest = new Connection(this, this.options, this.resources);
        this.current = this.newest;
        this.dialedNanos = this.loop.ticker().nanoTime();
        this.loop.add(this);
        this.watch = this.loop.scheduleWithFixedDelay(this::watch, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
        try {
            this.loop.execute(this::dialNewest);
        }
        catch (Throwable ex) {
            this.watch.cancel(false);
            this.loop.remove(this);
            throw ex;
        }
    }

    /** Sends a request, or fails it. Any thread may call. */
    void send(Exchange<?, ?> exchange) {
        Connection connection = this.current;
        while (!connection.send(exchange)) {
            // It was retired this moment, after its successor had become the current one.
            connection = this.current;
        }
    }

    /** The connection was greeted; starts it as soon as the one before has ended. */
    void greeted(Connection connection, @Nullable Object session, TlsMaterials.@Nullable Material material) {
        Connection old = this.current;
        boolean renewal = this.up;
        this.session = session;
        this.upSinceNanos = this.loop.ticker().nanoTime();
        this.lastFailure = null;
        this.dialing = false;
        this.current = connection;
        this.up = true;
        if (renewal) {
            this.draining = old;
            old.retire();
        }
        startCurrent();
        this.upkeep.begin(connection, material, this.resources.random().nextDouble());
        if (this.up) {
            this.terms.listener().connected();
        }
    }

    private void startCurrent() {
        if (this.up && this.draining == null && this.current.closeCause() == null && !this.current.isReady()) {
            this.current.ready(this.session);
        }
    }

    @Override
    public void closed(Connection connection, CloseCause cause) {
        Dial dial = this.dial;
        if (connection == this.newest && dial != null) {
            dial.giveUp();
        }
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
        this.redialNanos = this.loop.ticker().nanoTime();
        boolean stable = this.redialNanos - this.upSinceNanos >= STABLE_NANOS;
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

    /**
     * The time of the last dial counts: one that nobody answered has waited long enough.
     */
    private void redialLater(CloseCause cause) {
        double random = this.resources.random().nextDouble();
        long now = this.loop.ticker().nanoTime();
        long delayNanos = Dialer.backoff(cause.reason()).restNanos(this.failures, random, now - this.dialedNanos);
        this.redialNanos = now + delayNanos;
        this.loop.schedule(this::redialIfDue, delayNanos, NANOSECONDS);
    }

    /** Dials where that is due and was forgotten, and ends a dial that ends nowhere. */
    private void watch() {
        try {
            long now = this.loop.ticker().nanoTime();
            if (this.closeTimeoutNanos >= 0) {
                closeOnLoop(this.closeTimeoutNanos);
            }
            else if (this.dialing && now - this.dialedNanos >= this.options.longestDialNanos()) {
                this.newest.close(this.dialer.endless(NANOSECONDS.toMillis(this.options.longestDialNanos())));
            }
            else {
                redialIfDue();
            }
        }
        catch (Throwable ex) {
            // The next watch tries again.
        }
    }

    private void redialIfDue() {
        boolean due = this.loop.ticker().nanoTime() - this.redialNanos >= 0;
        if (due && !this.closing && !this.up && !this.dialing) {
            redial();
        }
    }

    private void redial() {
        dialNext();
        if (this.failures == 0) {
            this.current = this.newest;
        }
        dialNewest();
    }

    private void dialNext() {
        this.newest = new Connection(this, this.options, this.resources);
        this.dialedNanos = this.loop.ticker().nanoTime();
        this.dialing = true;
    }

    private void dialNewest() {
        Dial dial = this.dialer.dial(this.newest, this);
        this.dial = dial;
        dial.start();
    }

    /** Returns whether a connection is still the one that is to be looked after. */
    boolean isLookedAfter(Connection connection) {
        return this.up && !this.closing && connection == this.current;
    }

    /** Dials a successor, unless one is dialed or begins already; returns whether. */
    boolean renew() {
        boolean possible = this.up && this.newest == this.current && this.draining == null && !this.closing;
        if (possible) {
            dialNext();
            dialNewest();
        }
        return possible;
    }

    /**
     * Lets what is pending finish; the owner sends nothing more. Any thread may call.
     */
    CompletableFuture<Void> close(long timeoutNanos) {
        this.closeTimeoutNanos = Math.max(0, timeoutNanos);
        try {
            this.loop.execute(() -> closeOnLoop(timeoutNanos));
        }
        catch (RejectedExecutionException ex) {
            this.ended.complete(null);
        }
        catch (Throwable ex) {
            logger.warn("{}: its event loop rejected the task; closing later", server(), ex);
        }
        return this.ended;
    }

    private void closeOnLoop(long timeoutNanos) {
        if (!this.closing) {
            this.closing = true;
            if (this.newest != this.current) {
                this.newest.close(CloseCause.closed(server()));
            }
            this.current.closeWhenIdle();
            endIfClosed();
        }
        // Whoever is in more of a hurry than the one before is heard too.
        try {
            this.loop.schedule(this::closeNow, timeoutNanos, NANOSECONDS);
        }
        catch (Throwable ex) {
            closeNow();
        }
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
            this.watch.cancel(false);
            completeEnded();
        }
    }

    /** In another turn, since what the connection takes with it ends only now. */
    private void completeEnded() {
        this.loop.remove(this);
        try {
            this.loop.execute(() -> this.ended.complete(null));
        }
        catch (Throwable ex) {
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
    public DrivenLoop loop() {
        return this.loop;
    }

    @Override
    public boolean isPending() {
        return !this.current.gate().isEmpty();
    }

    @Override
    public void writeWhatWasSent() {
        this.current.writeSubmitted();
    }

    @Override
    public boolean needsOwnThread() {
        return this.dialing || this.closeTimeoutNanos >= 0 || this.draining != null;
    }

    /** Returns how many dials in a row have failed. */
    int failures() {
        return this.failures;
    }

    @Override
    public boolean isUp() {
        return this.up;
    }

    @Override
    public int pending() {
        return this.current.gate().requests();
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
