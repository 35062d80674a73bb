package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.memlink.cluster.journal.RequestEffect;
import io.memlink.meta.Key;
import io.memlink.meta.MetaRequest;
import org.jspecify.annotations.Nullable;

/**
 * Backends that stand in for those that cannot be used. Safe for use by many threads.
 *
 * @param cluster the backends
 * @param maxTimeToLive the longest that an item may live there
 */
record Gutter(Cluster cluster, Duration maxTimeToLive) {

    /** Returns who stands in for a key; {@code null} where nobody can. */
    @Nullable Node standIn(Key key) {
        Node node = this.cluster.topology().owner(key);
        return node.isUsable() ? node : null;
    }

    /**
     * Sends a request to a stand-in. What it changes is outdated at the owner, which has
     * to delete it before it is used again.
     */
    <R, T extends @Nullable Object> CompletableFuture<T> send(MetaRequest<R> request,
            Function<? super R, ? extends T> meaning, Node standIn, Node owner) {
        if (RequestEffect.outdatesOwner(request)) {
            owner.outdate(request.key());
        }
        return standIn.send(request.expiringWithin(this.maxTimeToLive), meaning);
    }

}
