package io.memlink.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkProtocolException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import org.jctools.queues.MpscChunkedArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Every request of one connection that has not ended, and the permits they hold. Any
 * thread may {@link #acquire} and {@link #submit}; the rest is confined to the event
 * loop.
 * <p>
 * A request is submitted, may have to wait until it can be written, and is in flight from
 * then on. It takes its permits before it is submitted and returns them when it leaves,
 * which it does once: before it was written by expiring, failing or being cancelled,
 * afterwards only by its own reply or with the connection.
 */
final class PendingRequests {

    private static final int INITIAL_CAPACITY = 64;

    private final String server;

    private final long requestTimeoutNanos;

    private final long stallTimeoutNanos;

    private final Budget budget;

    private final MpscChunkedArrayQueue<Exchange<?, ?>> submitted;

    /** Requests that cannot be written yet, all older than the submitted ones. */
    private final Deque<Exchange<?, ?>> waiting = new ArrayDeque<>();

    private final InFlightQueue inFlight = new InFlightQueue();

    /** The one whose reply has begun. */
    private @Nullable Exchange<?, ?> decoding;

    /** The permits of this connection are taken from those of a larger whole. */
    PendingRequests(String server, LinkOptions options, Budget whole) {
        this.server = server;
        this.requestTimeoutNanos = options.requestTimeoutNanos();
        this.stallTimeoutNanos = options.stallTimeoutNanos();
        this.budget = new Budget("connection", options.maxInFlight(), options.maxInFlightBytes(), whole);
        // Never full, since each request in it holds a permit.
        this.submitted = new MpscChunkedArrayQueue<>(INITIAL_CAPACITY,
                Math.max(2 * INITIAL_CAPACITY, options.maxInFlight()));
    }

    /** Accepts a request that has its permits. Any thread may call. */
    void submit(Exchange<?, ?> exchange) {
        if (!this.submitted.offer(exchange)) {
            throw new IllegalStateException("more requests than permits");
        }
    }

    /**
     * Takes the permits of a request, or fails it where that would exceed a bound. Any
     * thread may call.
     */
    boolean acquire(Exchange<?, ?> exchange) {
        Budget exceeded = this.budget.acquire(exchange.bytes());
        if (exceeded != null) {
            exchange.reject(new MemlinkOverloadedException(this.server + ": too much under way (" + exceeded + ")"));
        }
        return exceeded == null;
    }

    /** Takes the permits of a request without which there would be no connection. */
    void force(Exchange<?, ?> exchange) {
        this.budget.force(exchange.bytes());
    }

    /** Returns the permits of a request that was not submitted. Any thread may call. */
    void release(Exchange<?, ?> exchange) {
        this.budget.release(exchange.bytes());
    }

    /** Removes the next request that is to be written; the others have ended by now. */
    @Nullable Exchange<?, ?> nextToWrite(long nowNanos) {
        Exchange<?, ?> next = nextUnwritten();
        while (next != null && (next.hasEnded() || next.isExpired(nowNanos))) {
            expireUnwritten(next, nowNanos);
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
        Exchange<?, ?> next = this.submitted.poll();
        while (next != null) {
            this.waiting.add(next);
            next = this.submitted.poll();
        }
    }

    void written(Exchange<?, ?> exchange) {
        this.inFlight.add(exchange);
    }

    /** Ends a request that could not be encoded. */
    void failUnwritten(Exchange<?, ?> exchange, Throwable failure, long nowNanos) {
        release(exchange);
        exchange.fail(failure, nowNanos);
    }

    /**
     * Reads on in the reply to the oldest request in flight, which ends when its reply is
     * complete; returns whether it is. What a decoder throws other than a refusal by the
     * server is thrown on.
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
        catch (MemlinkServerException refusal) {
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
            throw new IllegalStateException("the decoder of " + oldest.request() + " leaves bytes unread");
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
        release(oldest);
    }

    /** Returns whether nobody holds a permit. */
    boolean isEmpty() {
        return this.budget.requests() == 0;
    }

    /** Returns the permits they hold. Any thread may ask. */
    Budget permits() {
        return this.budget;
    }

    /**
     * Fails what is due; what is in flight keeps its place. Returns when the next is due.
     */
    long expire(long nowNanos) {
        Exchange<?, ?> unwritten = this.waiting.peek();
        while (unwritten != null && unwritten.isExpired(nowNanos)) {
            this.waiting.remove();
            expireUnwritten(unwritten, nowNanos);
            unwritten = this.waiting.peek();
        }
        int distance = 0;
        Exchange<?, ?> written = this.inFlight.get(0);
        while (written != null && written.isExpired(nowNanos)) {
            if (!written.hasEnded()) {
                written.fail(timeout(Outcome.UNKNOWN, "waiting for the reply"), nowNanos);
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

    private void expireUnwritten(Exchange<?, ?> exchange, long nowNanos) {
        release(exchange);
        exchange.fail(timeout(Outcome.NOT_SENT, "before the request could be sent"), nowNanos);
    }

    private MemlinkTimeoutException timeout(Outcome outcome, String where) {
        long millis = TimeUnit.NANOSECONDS.toMillis(this.requestTimeoutNanos);
        return new MemlinkTimeoutException(outcome, this.server + ": timed out after " + millis + " ms " + where);
    }

    /** Ends everything with the connection. */
    void fail(CloseCause cause, long nowNanos) {
        Exchange<?, ?> written = this.inFlight.poll();
        while (written != null) {
            release(written);
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
        return this.budget.toString();
    }

}
