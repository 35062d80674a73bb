package io.memlink.cluster.routing;

import java.util.concurrent.CancellationException;

import io.memlink.cluster.health.FailureDetector;
import io.memlink.cluster.health.FailureDetector.Sign;
import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import io.memlink.link.Request;
import io.memlink.meta.MetaArithmetic;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaSet;
import org.jspecify.annotations.Nullable;

/**
 * What a request that did not reach its item leaves behind: a backend may keep a value
 * that is known to be outdated, and then owes a delete of its key.
 */
final class RequestEffect {

    private RequestEffect() {
    }

    /**
     * Returns whether a delete is owed after a failure: the delete itself was not done,
     * or a value may have been stored that the caller knows nothing of, now or when a
     * server that stands still goes on.
     */
    static boolean isDeleteOwed(Request<?> request, Throwable failure) {
        if (failure instanceof MemlinkClosedException) {
            return false;
        }
        boolean unknown = (failure instanceof MemlinkException known) ? known.outcome() == Outcome.UNKNOWN
                : failure instanceof CancellationException;
        if (request instanceof MetaSet) {
            return unknown;
        }
        return request instanceof MetaDelete
                && (unknown || isNotSent(failure) || FailureDetector.signOf(failure) == Sign.FAILURE);
    }

    private static boolean isNotSent(@Nullable Throwable failure) {
        return failure instanceof MemlinkException known && known.outcome() == Outcome.NOT_SENT;
    }

    /**
     * Returns whether a request that is done elsewhere outdates the item at its owner.
     */
    static boolean outdatesOwner(Request<?> request) {
        return request instanceof MetaDelete || request instanceof MetaArithmetic
                || (request instanceof MetaSet set && set.mode() != MetaSet.Mode.ADD);
    }

}
