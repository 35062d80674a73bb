package io.memlink.link;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * One connection from its first dial to its end, with the requests under way on it. Any
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
     * because its future was cancelled or timed out. 2. Whatever is read while nothing is
     * in flight, and whatever a decoder throws other than a refusal by the server, ends
     * the connection. 3. A drain follows each submission, also on a closed connection, so
     * that no future is forgotten. 4. A permit is taken before it is asked whether the
     * connection is retired, which is decided before it is asked whether permits are
     * taken: so a request is either refused or waited for.
     */

    private static final int CHUNK_BYTES = 64 * 1024;

    private static final int SEQUENCE_MASK = (1 << 30) - 1;

    private final Owner owner;

    private final LinkOptions options;

    private final ConnectionFailures failures;

    private final Exchange.Terms greetings;

    private final Exchange.Terms pings;

    private final Ticker ticker;

    private final PendingRequests requests;

    private final RequestWriter writer;

    private final ReplyReader reader;

    private final DeadlineTimer deadlines;

    private final AtomicBoolean drainScheduled = new AtomicBoolean();

    private final Runnable drain = this::drain;

    private volatile @Nullable CloseCause closeCause;

    private @Nullable Channel channel;

    private volatile boolean retired;

    private boolean ready;

    private boolean closeWhenIdle;

    private int nextSequence;

    /** The time of the latest drain or read, for what ends in it. */
    private long nowNanos;

    private long lastReplyNanos;

    Connection(Owner owner, LinkOptions options, LinkResources resources) {
        this.owner = owner;
        this.options = options;
        this.failures = new ConnectionFailures(owner.server(), options);
        this.greetings = new Exchange.Terms(options.connectTimeout().toNanos(), LinkListener.NONE, null);
        this.pings = new Exchange.Terms(options.requestTimeoutNanos(), LinkListener.NONE, null);
        this.ticker = owner.loop().ticker();
        this.nowNanos = this.ticker.nanoTime();
        this.lastReplyNanos = this.nowNanos;
        this.requests = new PendingRequests(owner.server(), options, owner.budget());
        this.writer = new RequestWriter(resources.allocator());
        this.reader = new ReplyReader(options.maxBlockBytes());
        this.deadlines = new DeadlineTimer(owner.loop(), options.shortestTimeoutNanos(), this::expire);
        this.nextSequence = resources.randomInt() & SEQUENCE_MASK;
    }

    /**
     * Sends a request, or fails it; returns {@code false} where it has to be given to the
     * successor of this connection. Any thread may call.
     */
    boolean send(Exchange<?, ?> exchange) {
        CloseCause closed = this.closeCause;
        if (closed != null && !this.retired) {
            exchange.reject(closed.unwritten());
            return true;
        }
        if (!this.requests.acquire(exchange)) {
            return true;
        }
        boolean accepted = !this.retired;
        if (accepted) {
            this.requests.submit(exchange);
        }
        else {
            this.requests.release(exchange);
        }
        scheduleDrain();
        return accepted;
    }

    private void scheduleDrain() {
        if (!this.drainScheduled.get() && this.drainScheduled.compareAndSet(false, true)) {
            try {
                this.owner.loop().execute(this.drain);
            }
            catch (RejectedExecutionException ex) {
                failAfterLoopEnded();
            }
        }
    }

    /** The loop polls nothing any more, so callers may, one at a time. */
    private synchronized void failAfterLoopEnded() {
        this.drainScheduled.set(false);
        this.requests.fail(CloseCause.closed(this.owner.server()), this.ticker.nanoTime());
    }

    private void drain() {
        this.drainScheduled.set(false);
        CloseCause closed = this.closeCause;
        if (closed != null) {
            this.requests.fail(closed, this.ticker.nanoTime());
            return;
        }
        Channel channel = this.channel;
        if (this.ready && channel != null) {
            writeRequests(channel);
        }
        this.requests.await();
        armDeadlines();
        closeIfIdle();
    }

    private void writeRequests(Channel channel) {
        try {
            this.nowNanos = this.ticker.nanoTime();
            while (channel.isWritable()) {
                Exchange<?, ?> exchange = this.requests.nextToWrite(this.nowNanos);
                if (exchange == null) {
                    break;
                }
                encode(exchange);
                if (this.writer.length() >= CHUNK_BYTES) {
                    flush(channel);
                }
            }
            flush(channel);
        }
        catch (Throwable ex) {
            close(this.failures.lost("cannot write: " + ex, ex));
        }
    }

    private void encode(Exchange<?, ?> exchange) {
        Request<?> request = exchange.request();
        int length = this.writer.length();
        try {
            this.writer.begin(this.nextSequence);
            request.encode(this.writer);
            exchange.written(this.nextSequence, this.nowNanos);
        }
        catch (RuntimeException ex) {
            this.writer.truncate(length);
            this.requests.failUnwritten(exchange, ex, this.nowNanos);
            return;
        }
        this.requests.written(exchange);
        this.nextSequence = (this.nextSequence + request.sequences()) & SEQUENCE_MASK;
    }

    private void flush(Channel channel) {
        while (this.writer.length() > 0) {
            channel.write(this.writer.take(), channel.voidPromise());
        }
        channel.flush();
    }

    /** The channel is open, but not greeted. */
    void opened(Channel channel) {
        this.channel = channel;
        if (channel.pipeline().get(SslHandler.class) != null) {
            this.failures.encrypted();
            this.writer.keepRecordsApart();
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
            encode(exchange);
            flush(channel);
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
     * Sends a ping where there has been silence; returns how long until there may be.
     */
    long pingIfIdle() {
        long now = this.ticker.nanoTime();
        long restNanos = this.lastReplyNanos + this.options.idlePingNanos() - now;
        if (restNanos > 0) {
            return restNanos;
        }
        if (this.requests.isEmpty()) {
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
        catch (Throwable ex) {
            close(this.failures.illegalReply(ex));
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
        long next = this.requests.expire(nowNanos);
        closeIfIdle();
        return (next == DeadlineTimer.NONE) ? stall : next;
    }

    /** Lets what is under way end, and takes no more: there is a successor. */
    void retire() {
        this.retired = true;
        closeWhenIdle();
    }

    /** Closes as soon as what is under way has ended; the owner sends nothing more. */
    void closeWhenIdle() {
        this.closeWhenIdle = true;
        closeIfIdle();
    }

    private void closeIfIdle() {
        if (this.closeWhenIdle && this.requests.isEmpty()) {
            close(CloseCause.closed(this.owner.server()));
        }
    }

    /** Ends the connection, and everything that is under way on it. */
    void close(CloseCause cause) {
        if (this.closeCause != null) {
            return;
        }
        this.closeCause = cause;
        Channel channel = this.channel;
        if (channel != null) {
            channel.close();
        }
        this.writer.release();
        // First, so that a callback that tries again finds the next connection.
        this.owner.closed(this, cause);
        this.requests.fail(cause, this.ticker.nanoTime());
    }

    /**
     * Returns why the connection ended; {@code null} while it lives. Any thread may ask.
     */
    @Nullable CloseCause closeCause() {
        return this.closeCause;
    }

    boolean isReady() {
        return this.ready;
    }

    /** Returns the permits of what is under way. Any thread may ask. */
    Budget permits() {
        return this.requests.permits();
    }

    /** What a connection needs to know of the place it belongs to. */
    interface Owner {

        /** Returns the server, for messages. */
        String server();

        Protocol protocol();

        /** Returns the permits that those of the connection are taken from. */
        Budget budget();

        /** Returns the event loop that the connection is confined to. */
        EventLoop loop();

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
