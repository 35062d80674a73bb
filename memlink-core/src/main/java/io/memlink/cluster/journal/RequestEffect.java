package io.memlink.cluster.journal;

import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import io.memlink.link.Request;
import io.memlink.meta.MetaArithmetic;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaRequest;
import io.memlink.meta.MetaSet;

/**
 * The effect of a request that did not reach its item, or not for certain: a backend may
 * keep a value that is known to be outdated, and is owed a delete of its key then. Who
 * sets an item and is told that nothing was done knows what is there; if that is outdated
 * all the same, the set says so.
 * <p>
 * Nothing is owed for what is no change: a fill stores what its caller has read from the
 * origin, and only while its lease holds, which every change takes away; a delete with a
 * CAS token gives such a lease back.
 */
public final class RequestEffect {

    private RequestEffect() {
    }

    /** The kinds of deletes that a backend may be owed. */
    public enum Owed {

        /** Nothing. */
        NOTHING,

        /** A delete. */
        DELETE,

        /** A delete, and another one when no copy of the request can arrive any more. */
        DELETE_AND_QUARANTINE

    }

    /**
     * Returns what is owed after a failure.
     * @param written whether the request was written
     */
    public static Owed afterFailure(Request<?> request, Throwable failure, boolean written) {
        boolean unknown = (failure instanceof MemlinkException known) ? known.outcome() == Outcome.UNKNOWN : written;
        if (request instanceof MetaSet set) {
            if (!unknown || set.isFill()) {
                return set.isDeletedOnFailure() ? Owed.DELETE : Owed.NOTHING;
            }
            // One with a CAS token finds it gone when it arrives behind the delete.
            return set.isConditional() ? Owed.DELETE : Owed.DELETE_AND_QUARANTINE;
        }
        if (request instanceof MetaDelete delete && !delete.isConditional()) {
            boolean refused = failure instanceof MemlinkException known && known.outcome() == Outcome.REJECTED;
            return refused ? Owed.NOTHING : Owed.DELETE;
        }
        return Owed.NOTHING;
    }

    /**
     * Returns whether a request that is done elsewhere outdates the item at its owner.
     */
    public static boolean outdatesOwner(Request<?> request) {
        return (request instanceof MetaDelete delete && !delete.isConditional()) || request instanceof MetaArithmetic
                || (request instanceof MetaSet set && set.mode() != MetaSet.Mode.ADD && !set.isFill());
    }

    /** Returns whether the reply to a request depends on the item it found. */
    static boolean dependsOnItem(MetaRequest<?> request) {
        return !(request instanceof MetaSet set && set.mode() == MetaSet.Mode.SET && !set.isConditional());
    }

}
