package io.memlink.link;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.memlink.link.flow.Budget;
import io.memlink.link.flow.CoalescedTask;
import io.memlink.link.flow.ConnectionGate;
import io.memlink.link.loop.DeadlineTimer;
import io.memlink.link.loop.DrivenLoop;
import io.memlink.link.loop.WhereTimeWent;
import io.memlink.link.transport.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * One connection from its first dial to its end, with the requests pending on it. Any
 * thread may {@link #send}; the rest is confined to its event loop. Never used again once
 * it is closed.
 */
final class Connection extends ChannelInboundHandlerAdapter {

    /*
     * A caller's thread submits its request and, unless one is due already, schedules a
     * drain on the event loop. The drain encodes all that was submitted into one buffer
     * and flushes once. Replies are decoded by the oldest exchange in flight.
     *
     * 1. A request is in flight from the turn in which it was encoded, and only if
     * encoding succeeded. It leaves by its own reply or with the connection, never
     * because its future was cancelled or timed out.
     *
     * 2. Whatever is read while nothing is in flight, and whatever a decoder throws other
     * than a refusal by the server, ends the connection. So does whatever is thrown on
     * the event loop outside of a single request, of whatever kind: a connection is
     * whole, or it is closed.
     *
     * 3. A drain follows each submission, also on a closed connection, so that no future
     * is forgotten. Where none can be scheduled, the caller ends its own future; what it
     * leaves in the queue goes with the next drain, which each upkeep is too.
     *
     * 4. The gate decides which requests a connection that is retired still waits for,
     * and has a drain scheduled when the last of them has left, which closes it.
     *
     * 5. Closing takes four steps, and each is taken whatever the one before has thrown:
     * the channel, what was encoded, the owner, the requests.
     */

    private final Owner owner;

    private final LinkOptions options;

    private final ConnectionFailures failures;

    private final Exchange.Terms greetings;

    private final Exchange.Terms pings;

    private final Ticker ticker;

    private final PendingRequests requests;

    private final PendingWriter writer;

    private final ReplyReader reader;

    private final DeadlineTimer deadlines;

    private final CoalescedTask drain;

    private volatile @Nullable CloseCause closeCause;

    private @Nullable Channel channel;

    /** Whether those who find the gate shut are to be sent to a successor. */
    private volatile boolean succeeded;

    private boolean ready;

    /** The time of the latest drain or read, for what ends in it. */
    private long nowNanos;

    private long lastReplyNanos;

    Connection(Owner owner, LinkOptions options, LinkResources resources) {
        this.owner = owner;
        this.options = options;
        this.failures = new ConnectionFailures(owner.server(), options);
        this.greetings = new Exchange.Terms(options.connectTimeout().toNanos(), LinkListener.NONE, null, null);
        this.pings = new Exchange.Terms(options.requestTimeoutNanos(), LinkListener.NONE, null, null);
        this.ticker = owner.loop().ticker();
        this.nowNanos = this.ticker.nanoTime();
        this.lastReplyNanos = this.nowNanos;
        this.requests = new PendingRequests(owner.server(), options, owner.budget(),
                new WhereTimeWent(resources.pauses(), owner.loop().blocked()), this::scheduleDrain);
        this.drain = new CoalescedTask(owner.loop(), this::drain, this::failAfterLoopEnded);
        this.writer = new PendingWriter(this.requests, this.failures, resources.allocator(),
                resources.random().nextInt());
        this.reader = new ReplyReader(options.maxValueBytes());
        this.deadlines = new DeadlineTimer(owner.loop(), options.shortestTimeoutNanos(), this::expire,
                (failure) -> broken("cannot watch deadlines", failure));
    }

    /**
     * Sends a request, or fails it; returns {@code false} where it has to be given to the
     * successor of this connection. Any thread may call.
     */
    boolean send(Exchange<?, ?> exchange) {
        CloseCause closed = this.closeCause;
        if (closed != null && !this.succeeded) {
            exchange.reject(closed.unwritten());
            return true;
        }
        ConnectionGate.Refusal refusal = this.requests.enter(exchange);
        if (refusal == null) {
            boolean seenTo = exchange.acceptedBy(this);
            this.requests.submit(exchange);
            if (!seenTo) {
                writeLater(exchange);
            }
            return true;
        }
        if (refusal.shut() && this.succeeded) {
            return false;
        }
        exchange.reject(refusal.shut() ? CloseCause.closed(this.owner.server()).unwritten()
                : this.failures.overloaded(refusal.bound()));
        return true;
    }

    /** Has what was submitted written; a request fails where that cannot be scheduled. */
    void writeLater(Exchange<?, ?> exchange) {
        Throwable failure = this.drain.schedule();
        if (failure != null) {
            exchange.completeExceptionally(this.failures.notScheduled(failure));
        }
    }

    /** Has what was submitted written, if some is not. Any thread may call. */
    void writeSubmitted() {
        if (this.requests.hasSubmitted()) {
            scheduleDrain();
        }
    }

    private void scheduleDrain() {
        this.drain.schedule();
    }

    /** The loop polls nothing any more, so callers may. */
    private void failAfterLoopEnded() {
        this.requests.fail(CloseCause.closed(this.owner.server()), this.ticker.nanoTime());
    }

    /** Writes what was submitted. */
    void drain() {
        this.drain.begun();
        CloseCause closed = this.closeCause;
        if (closed != null) {
            this.requests.fail(closed, this.ticker.nanoTime());
            return;
        }
        try {
            Channel channel = this.channel;
            if (this.ready && channel != null) {
                this.nowNanos = this.ticker.nanoTime();
                this.writer.write(channel, this.nowNanos);
            }
            this.requests.await();
            armDeadlines();
            closeIfIdle();
        }
        catch (Throwable ex) {
            close(this.failures.broken("cannot write", ex));
        }
    }

    /** The channel is open, but not greeted. */
    void opened(Channel channel) {
        this.channel = channel;
        if (channel.pipeline().get(SslHandler.class) != null) {
            this.failures.encrypted();
            this.writer.encrypted();
        }
        this.lastReplyNanos = this.ticker.nanoTime();
    }

    /** Sends a request of the greeting, ahead of those that wait for it. */
    <R, T extends @Nullable Object> CompletableFuture<T> greet(Request<R> request,
            Function<? super R, ? extends T> meaning) {
        this.nowNanos = this.ticker.nanoTime();
        Exchange<R, T> exchange = new Exchange<>(request, meaning, this.nowNanos, this.greetings);
        Channel channel = this.channel;
        CloseCause closed = this.closeCause;
        if (closed != null || channel == null) {
            exchange.reject(((closed != null) ? closed : this.failures.lost("not open", null)).unwritten());
        }
        else {
            this.requests.force(exchange);
            this.writer.writeFirst(channel, exchange, this.nowNanos);
            armDeadlines();
        }
        return exchange;
    }

    /** The peer was greeted; what it told is known to all requests from now on. */
    void ready(@Nullable Object session) {
        this.writer.session(session);
        this.reader.session(session);
        this.ready = true;
        this.failures.ready();
        drain();
    }

    /**
     * Sends a ping where there has been silence, and what waits for a drain that was not
     * scheduled; returns how long until there may be silence.
     */
    long pingIfIdle() {
        drain();
        long now = this.ticker.nanoTime();
        long restNanos = this.lastReplyNanos + this.options.idlePingNanos() - now;
        if (restNanos > 0) {
            return restNanos;
        }
        if (this.requests.gate().isEmpty()) {
            send(new Exchange<>(this.owner.protocol().ping(), Function.identity(), now, this.pings));
        }
        return this.options.idlePingNanos();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            this.deadlines.replyRead();
            this.reader.feed(in);
            readReplies(in);
        }
        catch (Exception ex) {
            close(this.failures.illegalReply(ex));
        }
        catch (Throwable ex) {
            close(this.failures.broken("cannot read", ex));
        }
        finally {
            in.release();
        }
    }

    private void readReplies(ByteBuf in) {
        boolean answered = false;
        this.nowNanos = this.ticker.nanoTime();
        while (in.isReadable() && this.closeCause == null && this.requests.readReply(this.reader, this.nowNanos)) {
            answered = true;
        }
        if (answered) {
            this.failures.answered();
            this.lastReplyNanos = this.nowNanos;
            closeIfIdle();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        drain();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        close(this.failures.lost("closed by the server", null));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(this.failures.failed(cause));
    }

    private void armDeadlines() {
        if (!this.deadlines.isArmed()) {
            this.deadlines.arm(this.requests.firstDeadline());
        }
    }

    /** Ends what is due, and returns when to look again. */
    private long expire(long nowNanos) {
        Exchange<?, ?> oldest = this.requests.oldestInFlight();
        long stall = (oldest != null) ? this.requests.stallNanos(oldest, this.lastReplyNanos) : DeadlineTimer.NONE;
        if (this.ready && oldest != null && nowNanos - stall >= 0) {
            close(this.failures.stalled());
            return DeadlineTimer.NONE;
        }
        long next = this.requests.expire(nowNanos, this.ready);
        closeIfIdle();
        return (next == DeadlineTimer.NONE) ? stall : next;
    }

    /** Lets what is pending end, and takes no more: there is a successor. */
    void retire() {
        this.succeeded = true;
        closeWhenIdle();
    }

    /** Takes no more, and closes as soon as what is pending has ended. */
    void closeWhenIdle() {
        this.requests.gate().shut();
        closeIfIdle();
    }

    private void closeIfIdle() {
        if (this.requests.gate().isShut() && this.requests.gate().isEmpty()) {
            close(CloseCause.closed(this.owner.server()));
        }
    }

    /** Something was thrown that is nobody's but the connection's. */
    void broken(String what, Throwable failure) {
        close(this.failures.broken(what, failure));
    }

    /** Ends the connection, and everything that is pending on it. */
    void close(CloseCause cause) {
        if (this.closeCause != null) {
            return;
        }
        this.closeCause = cause;
        try {
            closeChannel(cause);
        }
        finally {
            closeRest(cause);
        }
    }

    /**
     * A connection that gives up what it has written is reset, so that the kernel does so
     * too. Nothing is given up where all was answered.
     */
    private void closeChannel(CloseCause cause) {
        Channel channel = this.channel;
        if (channel == null) {
            return;
        }
        if (cause.reason() != null || this.requests.inFlight() > 0) {
            Transport.reset(channel);
        }
        else {
            channel.close();
        }
    }

    private void closeRest(CloseCause cause) {
        try {
            this.writer.release();
        }
        finally {
            try {
                // First, so that a callback that tries again finds the next connection.
                this.owner.closed(this, cause);
            }
            finally {
                this.requests.fail(cause, this.ticker.nanoTime());
            }
        }
    }

    /**
     * Returns why the connection ended; {@code null} while it lives. Any thread may ask.
     */
    @Nullable CloseCause closeCause() {
        return this.closeCause;
    }

    DrivenLoop loop() {
        return this.owner.loop();
    }

    boolean isReady() {
        return this.ready;
    }

    /** Returns what counts the requests that are pending. Any thread may ask. */
    ConnectionGate gate() {
        return this.requests.gate();
    }

    /** Returns how many requests are written and unanswered. Any thread may ask. */
    int inFlight() {
        return this.requests.inFlight();
    }

    /** The owner of a connection, as far as the connection needs to know it. */
    interface Owner {

        /** Returns the server, for messages. */
        String server();

        Protocol protocol();

        /** Returns the permits that those of the connection are taken from. */
        Budget budget();

        /** Returns the event loop that the connection is confined to. */
        DrivenLoop loop();

        /**
         * The connection has ended, or never came about; called once, on the event loop.
         */
        void closed(Connection connection, CloseCause cause);

    }

    @Override
    public String toString() {
        return "Connection[" + this.owner.server() + ", " + this.requests + "]";
    }

}
