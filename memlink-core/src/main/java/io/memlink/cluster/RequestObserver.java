package io.memlink.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.memlink.meta.MetaRequest;
import io.memlink.placement.Backend;
import org.jspecify.annotations.Nullable;

/**
 * An observer around each request that is sent for the user of a client, where it is
 * called: the context of the caller is that of the observer. It observes and has no say:
 * whatever it throws or returns, the request is sent once, and the caller gets what
 * became of it. Must be safe for use by many threads, and must not block.
 *
 * @since 0.1.0
 */
public interface RequestObserver {

    /**
     * Sends a request, and sees how it ends.
     * @param owner the backend the key belongs to
     * @param request the request
     * @param send sends the request; to be called once. Returns a future of the
     * observer's own: completing or cancelling it has no effect on the caller's
     * @param <T> the type of what the reply means
     * @return what was sent
     */
    <T extends @Nullable Object> CompletableFuture<T> observe(Backend owner, MetaRequest<?> request,
            Supplier<CompletableFuture<T>> send);

    /**
     * Sends the requests of a bulk read, and sees how it ends. Those of single keys,
     * where there are any, are observed besides. By default this observes nothing.
     * @param keys how many keys are read
     * @param send sends the requests; to be called once. Returns a future of the
     * observer's own
     * @param <T> the type of the result
     * @return what was sent
     */
    default <T> CompletableFuture<T> observeBulkRead(int keys, Supplier<CompletableFuture<T>> send) {
        return send.get();
    }

}
