package io.memlink.link;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * A request under way, and the future of its reply. The future may be completed by
 * anybody, at any time; the exchange keeps its place in the queue regardless, until its
 * reply has been read or the connection is gone. All but the future is confined to the
 * event loop.
 *
 * @param <R> the type of the reply
 */
final class Exchange<R> extends CompletableFuture<R> {

    private final Request<R> request;

    private final int bytes;

    private final long deadlineNanos;

    private final @Nullable Executor callbackExecutor;

    private int sequence;

    private Request.@Nullable Decoder<R> decoder;

    private @Nullable R reply;

    Exchange(Request<R> request, long deadlineNanos, @Nullable Executor callbackExecutor) {
        this.request = request;
        this.bytes = request.encodedBytes();
        this.deadlineNanos = deadlineNanos;
        this.callbackExecutor = callbackExecutor;
    }

    Request<R> request() {
        return this.request;
    }

    /** Returns what the request counts for in a {@link Budget}. */
    int bytes() {
        return this.bytes;
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

    void written(int sequence) {
        this.sequence = sequence;
        this.decoder = this.request.decoder();
    }

    /** Reads on in the reply; returns whether it is complete. */
    boolean decode(ReplyReader in) {
        Request.Decoder<R> decoder = this.decoder;
        if (decoder == null) {
            throw new IllegalStateException("Reply to a request that was not written");
        }
        this.reply = decoder.decode(in);
        return this.reply != null;
    }

    void succeed() {
        finish(this.reply, null);
    }

    void fail(Throwable failure) {
        finish(null, failure);
    }

    private void finish(@Nullable R reply, @Nullable Throwable failure) {
        Executor executor = this.callbackExecutor;
        if (executor == null || isDone()) {
            finishHere(reply, failure);
            return;
        }
        try {
            executor.execute(() -> finishHere(reply, failure));
        }
        catch (RejectedExecutionException ex) {
            finishHere(reply, failure);
        }
    }

    @SuppressWarnings("NullAway") // one of the two is given
    private void finishHere(@Nullable R reply, @Nullable Throwable failure) {
        if (failure != null) {
            completeExceptionally(failure);
        }
        else {
            complete(reply);
        }
    }

    /** What depends on this future does not need to be an exchange. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

}
