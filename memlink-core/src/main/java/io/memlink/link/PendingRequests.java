package io.memlink.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import io.memlink.error.MemlinkDecodingException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkProtocolException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.link.flow.Budget;
import io.memlink.link.flow.ConnectionGate;
import io.memlink.link.flow.InFlightQueue;
import io.memlink.link.loop.DeadlineTimer;
import io.memlink.link.loop.WhereTimeWent;
import org.jctools.queues.MpscChunkedArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Every request that one connection has accepted and that has not left it. Any thread may
 * {@link #enter} and {@link #submit}; the rest is confined to the event loop.
 * <p>
 * A request enters by the gate, is submitted, may have to wait until it can be written,
 * and is in flight from then on. It leaves once: before it was written by expiring,
 * failing or being cancelled, afterwards only by its own reply or with the connection.
 * <p>
 * Each step that may lack memory comes before the request is taken from where it is, so
 * that no request is lost between two places.
 */
final class PendingRequests {

    private static final int INITIAL_CAPACITY = 64;

    private final String server;

    private final long requestTimeoutNanos;

    private final long stallTimeoutNanos;

    private final WhereTimeWent account;

    private final ConnectionGate gate;

    private final MpscChunkedArrayQueue<Exchange<?, ?>> submitted;

    /** Requests that cannot be written yet, all older than the submitted ones. */
    private final Deque<Exchange<?, ?>> waiting = new ArrayDeque<>();

    private final InFlightQueue<Exchange<?, ?>> inFlight = new InFlightQueue<>();

    /** The one whose reply has begun. */
    private @Nullable Exchange<?, ?> decoding;

    /**
     * Creates the requests of a connection that has none.
     * @param whole whose permits they take
     * @param account says where the time of those went that were not answered
     * @param lastLeft called, in any thread and maybe several times, when the gate is
     * shut and no request is left
     */
    PendingRequests(String server, LinkOptions options, Budget whole, WhereTimeWent account, Runnable lastLeft) {
        this.server = server;
        this.requestTimeoutNanos = options.requestTimeoutNanos();
        this.stallTimeoutNanos = options.stallTimeoutNanos();
        this.account = account;
        this.gate = new ConnectionGate(options.maxInFlight(), options.maxInFlightBytes(), whole, lastLeft);
        // Never full, since each request in it holds a permit.
        this.submitted = new MpscChunkedArrayQueue<>(INITIAL_CAPACITY,
                Math.max(2 * INITIAL_CAPACITY, options.maxInFlight()));
    }

    /**
     * Lets a request in; otherwise returns why not. Any thread may call.
     */
    ConnectionGate.@Nullable Refusal enter(Exchange<?, ?> exchange) {
        return this.gate.enter(exchange.bytes());
    }

    /** Accepts a request that was let in, or fails it. Any thread may call. */
    void submit(Exchange<?, ?> exchange) {
        try {
            if (!this.submitted.offer(exchange)) {
                throw new IllegalStateException("more requests than permits");
            }
        }
        catch (Throwable ex) {
            leave(exchange);
            exchange.reject(new MemlinkOverloadedException(this.server + ": cannot be queued: " + ex, ex));
        }
    }

    /**
     * Returns whether some was submitted that the loop has not seen. Any thread may ask.
     */
    boolean hasSubmitted() {
        return !this.submitted.isEmpty();
    }

    /** Lets a request in without which there would be no connection. */
    void force(Exchange<?, ?> exchange) {
        this.gate.force(exchange.bytes());
    }

    private void leave(Exchange<?, ?> exchange) {
        this.gate.leave(exchange.bytes());
    }

    /** Removes the next request that is to be written; the others have ended by now. */
    @Nullable Exchange<?, ?> nextToWrite(long nowNanos) {
        Exchange<?, ?> next = nextUnwritten();
        while (next != null && (next.hasEnded() || next.isExpired(nowNanos))) {
            expireUnwritten(next, nowNanos, true);
            next = nextUnwritten();
        }
        return next;
    }

    private @Nullable Exchange<?, ?> nextUnwritten() {
        Exchange<?, ?> oldest = this.waiting.poll();
        return (oldest != null) ? oldest : this.submitted.poll();
    }

    /** Moves what was submitted to where its deadline is watched. */
    void await() {
        Exchange<?, ?> next = this.submitted.peek();
        while (next != null) {
            this.waiting.add(next);
            this.submitted.poll();
            next = this.submitted.peek();
        }
    }

    void written(Exchange<?, ?> exchange) {
        this.inFlight.add(exchange);
    }

    /** Ends a request that could not be encoded. */
    void failUnwritten(Exchange<?, ?> exchange, Throwable failure, long nowNanos) {
        leave(exchange);
        exchange.fail(failure, nowNanos);
    }

    /**
     * Reads on in the reply to the oldest request in flight, which ends when its reply is
     * complete; returns whether it is. What a decoder throws other than a refusal by the
     * server, or of a reply that is too large to be kept, is thrown on.
     */
    boolean readReply(ReplyReader in, long nowNanos) {
        Exchange<?, ?> oldest = this.inFlight.peek();
        if (oldest == null) {
            throw new MemlinkProtocolException("bytes that nobody asked for");
        }
        if (oldest != this.decoding) {
            this.decoding = oldest;
            in.begin(oldest.sequence());
        }
        return readReply(in, oldest, nowNanos);
    }

    private <R> boolean readReply(ReplyReader in, Exchange<R, ?> oldest, long nowNanos) {
        R reply;
        try {
            reply = oldest.decode(in);
        }
        catch (MemlinkServerException | MemlinkDecodingException refusal) {
            answered(oldest);
            oldest.refuse(refusal, nowNanos);
            return true;
        }
        if (reply != null) {
            answered(oldest);
            oldest.succeed(reply, nowNanos);
            return true;
        }
        if (in.hasMore()) {
            throw new IllegalStateException("the decoder of " + oldest.request().operation() + " leaves bytes unread");
        }
        return false;
    }

    /** Returns the request in flight that the next reply belongs to. */
    @Nullable Exchange<?, ?> oldestInFlight() {
        return this.inFlight.peek();
    }

    /** Removes the oldest request in flight, whose reply was read. */
    void answered(Exchange<?, ?> oldest) {
        this.inFlight.poll();
        leave(oldest);
    }

    /** Returns what counts the requests. Any thread may ask. */
    ConnectionGate gate() {
        return this.gate;
    }

    /** Returns how many requests are written and unanswered. Any thread may ask. */
    int inFlight() {
        return this.inFlight.size();
    }

    /**
     * Fails what is due; what is in flight keeps its place. Returns when the next is due.
     * @param ready whether the connection could be used
     */
    long expire(long nowNanos, boolean ready) {
        Exchange<?, ?> unwritten = this.waiting.peek();
        while (unwritten != null && unwritten.isExpired(nowNanos)) {
            this.waiting.poll();
            expireUnwritten(unwritten, nowNanos, ready);
            unwritten = this.waiting.peek();
        }
        int distance = 0;
        Throwable late = null;
        Exchange<?, ?> written = this.inFlight.get(0);
        while (written != null && written.isExpired(nowNanos)) {
            if (!written.hasEnded()) {
                // One for all that end together, however long it takes to tell them.
                late = (late != null) ? late : timeout(Outcome.UNKNOWN, "waiting for the reply", written, nowNanos);
                written.expire(late, nowNanos);
            }
            written = this.inFlight.get(++distance);
        }
        return earliest(unwritten, written);
    }

    /** Returns the first deadline, passed or not. */
    long firstDeadline() {
        return earliest(this.waiting.peek(), this.inFlight.peek());
    }

    /** Returns when the oldest in flight will have seen no reply for too long. */
    long stallNanos(Exchange<?, ?> oldest, long lastReplyNanos) {
        long calledNanos = oldest.deadlineNanos() - this.requestTimeoutNanos;
        return ((calledNanos - lastReplyNanos > 0) ? calledNanos : lastReplyNanos) + this.stallTimeoutNanos;
    }

    private static long earliest(@Nullable Exchange<?, ?> a, @Nullable Exchange<?, ?> b) {
        if (a == null || b == null) {
            Exchange<?, ?> only = (a != null) ? a : b;
            return (only != null) ? only.deadlineNanos() : DeadlineTimer.NONE;
        }
        return (a.deadlineNanos() - b.deadlineNanos() < 0) ? a.deadlineNanos() : b.deadlineNanos();
    }

    private void expireUnwritten(Exchange<?, ?> exchange, long nowNanos, boolean ready) {
        leave(exchange);
        String where = ready ? "before the request could be sent" : "without a usable connection";
        exchange.fail(timeout(Outcome.NOT_SENT, where, exchange, nowNanos), nowNanos);
    }

    /** Returns a timeout; where there is no memory for one, that. */
    private Throwable timeout(Outcome outcome, String where, Exchange<?, ?> exchange, long nowNanos) {
        try {
            long millis = TimeUnit.NANOSECONDS.toMillis(exchange.deadlineNanos() - exchange.calledNanos());
            return new MemlinkTimeoutException(outcome, this.server + ": timed out after " + millis + " ms " + where
                    + " (" + exchange.account(this.account, nowNanos) + ")");
        }
        catch (Throwable ex) {
            return ex;
        }
    }

    /** Ends everything with the connection. */
    void fail(CloseCause cause, long nowNanos) {
        Exchange<?, ?> written = this.inFlight.poll();
        while (written != null) {
            leave(written);
            written.fail(cause.written(), nowNanos);
            written = this.inFlight.poll();
        }
        Exchange<?, ?> unwritten = nextUnwritten();
        while (unwritten != null) {
            failUnwritten(unwritten, cause.unwritten(), nowNanos);
            unwritten = nextUnwritten();
        }
    }

    @Override
    public String toString() {
        return this.gate.toString();
    }

}
