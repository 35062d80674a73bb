package io.memlink.link;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Anything one ordered request can be sent down. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface Link {

    /**
     * Sends a request; never blocks. Requests of one affinity reach the server in the
     * order in which they were sent.
     * @param <R> the type of the reply
     * @param request the request
     * @return completed exactly once, on the event loop of the connection or on the
     * executor of {@link LinkOptions}: with the reply, or with a
     * {@link io.memlink.error.MemlinkException} that tells whether the server may have
     * acted. Cancelling it withdraws a request that was not written yet, and discards the
     * reply of one that was
     */
    default <R> CompletableFuture<R> send(Request<R> request) {
        return send(request, Function.identity());
    }

    /**
     * Sends a request as {@link #send(Request)} does, and yields what its reply means,
     * without a second future.
     * @param <R> the type of the reply
     * @param <T> the type of its meaning
     * @param request the request
     * @param meaning called where the future is completed; what it throws fails the
     * future
     * @return the meaning of the reply
     */
    <R, T extends @Nullable Object> CompletableFuture<T> send(Request<R> request,
            Function<? super R, ? extends T> meaning);

}
