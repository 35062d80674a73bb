package io.memlink.link;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.memlink.link.flow.Lanes;
import io.memlink.link.loop.CallFuture;
import io.memlink.link.loop.DrivenLoop;
import io.memlink.link.loop.SyncCaller;
import io.memlink.link.loop.WhereTimeWent;
import org.jspecify.annotations.Nullable;

/**
 * A pending request, and the future of what its reply means: one object for both, since
 * there is one for each call. The future may be completed by anybody, at any time; the
 * exchange keeps its place in the queue regardless, until its reply has been read or the
 * connection is gone. All but the future is confined to the event loop.
 * <p>
 * Whatever ends an exchange completes its future, and throws nothing: not what a
 * listener, an executor or the meaning of the reply throws, whatever kind of
 * {@link Throwable} that is. An exchange that has left its connection keeps nothing of
 * its request, however long its future is kept.
 *
 * @param <R> the type of the reply
 * @param <T> the type of its meaning
 */
sealed class Exchange<R, T extends @Nullable Object> extends CallFuture<T> permits AwaitedExchange {

    /** {@code null} once the exchange has left its connection. */
    private @Nullable Request<R> request;

    private @Nullable Function<? super R, ? extends T> meaning;

    /** As the request counted when it was made, so that what is taken is given back. */
    private final int bytes;

    /** Likewise. */
    private final int affinity;

    private final long deadlineNanos;

    private final Terms terms;

    private int sequence;

    private long writtenNanos;

    private boolean ended;

    private Request.@Nullable Decoder<R> decoder;

    Exchange(Request<R> request, Function<? super R, ? extends T> meaning, long nowNanos, Terms terms) {
        this.request = request;
        this.meaning = meaning;
        this.bytes = request.encodedBytes();
        this.affinity = request.affinity();
        this.deadlineNanos = nowNanos + terms.timeoutNanos();
        this.terms = terms;
    }

    /** Returns the request; not to be asked once this has left its connection. */
    Request<R> request() {
        return Objects.requireNonNull(this.request, "request");
    }

    /** Returns what the request counts for in a budget. */
    int bytes() {
        return this.bytes;
    }

    int affinity() {
        return this.affinity;
    }

    long deadlineNanos() {
        return this.deadlineNanos;
    }

    /** Returns when the request was called for. */
    long calledNanos() {
        return this.deadlineNanos - this.terms.timeoutNanos();
    }

    private boolean isWritten() {
        return this.decoder != null;
    }

    /** Says where the time went of a request that is not answered in time. */
    String account(WhereTimeWent account, long nowNanos) {
        return isWritten() ? account.ofWritten(calledNanos(), this.writtenNanos, this.deadlineNanos, nowNanos)
                : account.ofUnwritten(calledNanos(), this.deadlineNanos, nowNanos);
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
        this.decoder = request().decoder();
    }

    /** Reads on in the reply; returns {@code null} where more bytes are needed. */
    @Nullable R decode(ReplyReader in) {
        Request.Decoder<R> decoder = this.decoder;
        if (decoder == null) {
            throw new IllegalStateException("Reply to a request that was not written");
        }
        return decoder.decode(in);
    }

    /**
     * A connection is about to take the request. Returns whether somebody sees to its
     * being written, who has to be asked no more.
     */
    boolean acceptedBy(Connection connection) {
        return false;
    }

    /** The reply was read; leaves the connection. */
    void succeed(R reply, long nowNanos) {
        answer(reply, null, nowNanos);
    }

    /** The server refused the request; leaves the connection. */
    void refuse(Throwable refusal, long nowNanos) {
        answer(null, refusal, nowNanos);
    }

    private void answer(@Nullable R reply, @Nullable Throwable refusal, long nowNanos) {
        boolean late = hasEnded();
        end(reply, refusal, nowNanos);
        if (late) {
            reportLate();
        }
        leave();
    }

    /** Returns whether there is nothing left to tell the caller. */
    boolean hasEnded() {
        return this.ended || isDone();
    }

    /** Ends without a reply, but keeps its place; has no effect on what has ended. */
    void expire(Throwable failure, long nowNanos) {
        end(null, failure, nowNanos);
    }

    /** Ends without a reply, unless it has ended; leaves the connection. */
    void fail(Throwable failure, long nowNanos) {
        end(null, failure, nowNanos);
        leave();
    }

    /** Ends before it was queued. */
    void reject(Throwable failure) {
        fail(failure, calledNanos());
    }

    private void leave() {
        Lanes lanes = this.terms.lanes();
        if (lanes != null && this.request != null) {
            lanes.leave(this.affinity);
        }
        this.request = null;
        this.meaning = null;
        this.decoder = null;
    }

    private void end(@Nullable R reply, @Nullable Throwable failure, long nowNanos) {
        if (this.ended) {
            return;
        }
        this.ended = true;
        boolean withdrawn = isDone();
        try {
            report(reply, withdrawn, failure, nowNanos);
        }
        catch (Throwable ex) {
            // Listeners are guarded, so this is a lack of memory: the call ends.
        }
        if (!withdrawn) {
            complete(reply, failure);
        }
    }

    private void report(@Nullable R reply, boolean withdrawn, @Nullable Throwable failure, long nowNanos) {
        boolean written = isWritten();
        long writtenNanos = written ? this.writtenNanos : nowNanos;
        // A request that was written is told from one that was not.
        long wireNanos = written ? Math.max(1, nowNanos - writtenNanos) : 0;
        Throwable told = withdrawn ? new CancellationException("ended by its caller") : failure;
        this.terms.listener()
            .ended(request(), withdrawn ? null : reply, told, Math.max(0, writtenNanos - calledNanos()), wireNanos);
    }

    private void reportLate() {
        try {
            this.terms.listener().lateReply(request());
        }
        catch (Throwable ex) {
            // Likewise: it had ended before.
        }
    }

    private void complete(@Nullable R reply, @Nullable Throwable failure) {
        complete(this.meaning, reply, failure);
    }

    /** Tells the outcome, in whatever thread it is to be told. */
    void complete(@Nullable Function<? super R, ? extends T> meaning, @Nullable R reply, @Nullable Throwable failure) {
        Executor executor = this.terms.executor();
        DrivenLoop loop = (executor == null) ? SyncCaller.standingInFor() : null;
        if (executor == null && loop == null) {
            completeHere(meaning, reply, failure);
            return;
        }
        try {
            Runnable completion = () -> completeHere(meaning, reply, failure);
            if (executor != null) {
                executor.execute(completion);
            }
            else if (loop != null) {
                loop.complete(completion);
            }
        }
        catch (Throwable ex) {
            // It may have run the task before it threw.
            if (!isDone()) {
                completeHere(meaning, reply, failure);
            }
        }
    }

    @SuppressWarnings("NullAway") // one of the two is given, and the meaning until this
                                  // ends
    final void completeHere(@Nullable Function<? super R, ? extends T> meaning, @Nullable R reply,
            @Nullable Throwable failure) {
        try {
            if (failure != null) {
                completeExceptionally(failure);
            }
            else {
                complete(meaning.apply(reply));
            }
        }
        catch (Throwable ex) {
            completeAnyhow(ex);
        }
    }

    /** What depends on this future may throw an error as well, after it was completed. */
    private void completeAnyhow(Throwable failure) {
        try {
            completeExceptionally(failure);
        }
        catch (Throwable ex) {
            // It is completed.
        }
    }

    /**
     * The properties that all requests of one kind have in common. Immutable.
     *
     * @param timeoutNanos how long they may take
     * @param listener who is told when they end
     * @param executor where futures are completed; {@code null} for the event loop
     * @param lanes those that they have entered, and leave; {@code null} for none
     */
    record Terms(long timeoutNanos, LinkListener listener, @Nullable Executor executor, @Nullable Lanes lanes) {
    }

}
