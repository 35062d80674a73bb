package io.memlink.link;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A request under way, and the future of what its reply means: one object for both, since
 * there is one for each call. The future may be completed by anybody, at any time; the
 * exchange keeps its place in the queue regardless, until its reply has been read or the
 * connection is gone. All but the future is confined to the event loop.
 *
 * @param <R> the type of the reply
 * @param <T> the type of its meaning
 */
final class Exchange<R, T extends @Nullable Object> extends CompletableFuture<T> {

    /** The caller did not wait. Shared, since cancelling may be frequent. */
    private static final CancellationException WITHDRAWN = new CancellationException("ended by its caller");

    private final Request<R> request;

    private final Function<? super R, ? extends T> meaning;

    private final long deadlineNanos;

    private final Terms terms;

    private int sequence;

    private long writtenNanos;

    private boolean ended;

    private Request.@Nullable Decoder<R> decoder;

    Exchange(Request<R> request, Function<? super R, ? extends T> meaning, long nowNanos, Terms terms) {
        this.request = request;
        this.meaning = meaning;
        this.deadlineNanos = nowNanos + terms.timeoutNanos();
        this.terms = terms;
    }

    Request<R> request() {
        return this.request;
    }

    /** Returns what the request counts for in a {@link Budget}. */
    int bytes() {
        return this.request.encodedBytes();
    }

    long deadlineNanos() {
        return this.deadlineNanos;
    }

    boolean isExpired(long nowNanos) {
        return nowNanos - this.deadlineNanos >= 0;
    }

    int sequence() {
        return this.sequence;
    }

    void written(int sequence, long nowNanos) {
        this.sequence = sequence;
        this.writtenNanos = nowNanos;
        this.decoder = this.request.decoder();
    }

    /** Reads on in the reply; returns {@code null} where more bytes are needed. */
    @Nullable R decode(ReplyReader in) {
        Request.Decoder<R> decoder = this.decoder;
        if (decoder == null) {
            throw new IllegalStateException("Reply to a request that was not written");
        }
        return decoder.decode(in);
    }

    /** The reply was read. */
    void succeed(R reply, long nowNanos) {
        answer(reply, null, nowNanos);
    }

    /** The server refused the request. */
    void refuse(Throwable refusal, long nowNanos) {
        answer(null, refusal, nowNanos);
    }

    private void answer(@Nullable R reply, @Nullable Throwable refusal, long nowNanos) {
        boolean late = hasEnded();
        end(reply, refusal, nowNanos);
        if (late) {
            this.terms.listener().lateReply(this.request);
        }
    }

    /** Returns whether there is nothing left to tell the caller. */
    boolean hasEnded() {
        return this.ended || isDone();
    }

    /** Ends without a reply; has no effect on what has ended. */
    void fail(Throwable failure, long nowNanos) {
        end(null, failure, nowNanos);
    }

    /** Ends before it was queued. */
    void reject(Throwable failure) {
        end(null, failure, this.deadlineNanos - this.terms.timeoutNanos());
    }

    private void end(@Nullable R reply, @Nullable Throwable failure, long nowNanos) {
        if (this.ended) {
            return;
        }
        this.ended = true;
        if (isDone()) {
            report(null, WITHDRAWN, nowNanos);
            return;
        }
        report(reply, failure, nowNanos);
        complete(reply, failure);
    }

    private void report(@Nullable Object reply, @Nullable Throwable failure, long nowNanos) {
        long calledNanos = this.deadlineNanos - this.terms.timeoutNanos();
        boolean written = this.decoder != null;
        long writtenNanos = written ? this.writtenNanos : nowNanos;
        // A request that was written is told from one that was not.
        long wireNanos = written ? Math.max(1, nowNanos - writtenNanos) : 0;
        this.terms.listener().ended(this.request, reply, failure, Math.max(0, writtenNanos - calledNanos), wireNanos);
    }

    private void complete(@Nullable R reply, @Nullable Throwable failure) {
        Executor executor = this.terms.executor();
        if (executor == null) {
            completeHere(reply, failure);
            return;
        }
        try {
            executor.execute(() -> completeHere(reply, failure));
        }
        catch (RejectedExecutionException ex) {
            completeHere(reply, failure);
        }
    }

    @SuppressWarnings("NullAway") // one of the two is given
    private void completeHere(@Nullable R reply, @Nullable Throwable failure) {
        if (failure != null) {
            completeExceptionally(failure);
            return;
        }
        try {
            complete(this.meaning.apply(reply));
        }
        catch (Throwable ex) {
            completeExceptionally(ex);
        }
    }

    /** What depends on this future does not need to be an exchange. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    /**
     * What is the same for all requests of one kind. Immutable.
     *
     * @param timeoutNanos how long they may take
     * @param listener who is told when they end
     * @param executor where futures are completed; {@code null} for the event loop
     */
    record Terms(long timeoutNanos, LinkListener listener, @Nullable Executor executor) {
    }

}
