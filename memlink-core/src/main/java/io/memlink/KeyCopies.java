package io.memlink;

import java.util.concurrent.CompletableFuture;

import io.memlink.meta.MetaRequest;

/**
 * Backends on which copies of one item can be kept, so that it survives the loss of some
 * of them; see {@link MemlinkClient#copies}. What the copies have in common is up to the
 * caller: nothing is copied by itself. Requests for a copy are sent to its backend,
 * whoever owns the key, and never to the gutter; where it cannot be used they fail at
 * once. Safe for use by many threads; valid until the list of backends changes.
 *
 * @since 0.1.0
 */
public interface KeyCopies {

    /**
     * Returns how many copies there can be.
     * @return 1 or more
     */
    int count();

    /**
     * Returns whether the backends are still those for which the copies were chosen.
     * @return false for ever after the list of backends has changed, or the client was
     * stopped
     */
    boolean isCurrent();

    /**
     * Returns whether the backend of a copy is used at this moment. Asks nobody.
     * @param index the number of the copy, from 0; the first one is at the owner of the
     * key
     * @return whether a request would not be refused at once
     */
    boolean isUsable(int index);

    /**
     * Sends a request to the backend of a copy.
     * @param index the number of the copy, from 0
     * @param request the request, for the key of the copies
     * @param <R> the type of the reply
     * @return the reply; fails as requests do
     */
    <R> CompletableFuture<R> send(int index, MetaRequest<R> request);

}
