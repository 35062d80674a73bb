package io.memlink.cluster.routing;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The result of a request that is sent once, whoever asks for it first: its observer or
 * its caller. Each has a future of its own, so that what the observer does to it is not
 * done to the caller's. The observer is told first, since what it notes belongs to the
 * result. Cancelling the result cancels the request.
 *
 * @param <T> the type of the result
 */
final class Observed<T extends @Nullable Object> extends CompletableFuture<T> {

    private final Supplier<CompletableFuture<T>> send;

    private final CompletableFuture<T> seen = new CompletableFuture<>();

    private @Nullable CompletableFuture<T> sent;

    Observed(Supplier<CompletableFuture<T>> send) {
        this.send = send;
    }

    /** Sends, if nobody has, and returns what the observer sees of it. */
    CompletableFuture<T> seen() {
        sent();
        return this.seen;
    }

    /** Sends, if nobody has, and returns the result, which ends from now on. */
    CompletableFuture<T> result() {
        sent().whenComplete((result, failure) -> {
            if (failure != null) {
                this.seen.completeExceptionally(failure);
                completeExceptionally(failure);
            }
            else {
                this.seen.complete(result);
                complete(result);
            }
        });
        return this;
    }

    private synchronized CompletableFuture<T> sent() {
        CompletableFuture<T> sent = this.sent;
        if (sent == null) {
            sent = sendNow();
            this.sent = sent;
        }
        return sent;
    }

    private CompletableFuture<T> sendNow() {
        try {
            return this.send.get();
        }
        catch (Throwable ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        sent().cancel(mayInterruptIfRunning);
        return super.cancel(mayInterruptIfRunning) || isCancelled();
    }

}
