package io.memlink.loading;

import io.memlink.meta.EncodedValue;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaSet;
import org.jspecify.annotations.Nullable;

/**
 * The right to store what was loaded, as long as the item is the one that was read.
 * Immutable.
 */
final class Lease {

    /** No right to store. */
    static final Lease NONE = new Lease(null, null, 0, Left.AS_IT_IS);

    /** What a lease that is given back leaves behind. */
    private enum Left {

        NOTHING, MARKED_STALE, AS_IT_IS

    }

    private final @Nullable Loads loads;

    private final @Nullable Key key;

    private final long casToken;

    private final Left left;

    private Lease(@Nullable Loads loads, @Nullable Key key, long casToken, Left left) {
        this.loads = loads;
        this.key = key;
        this.casToken = casToken;
        this.left = left;
    }

    /** The server gave the lease on a miss, or on an item that was marked stale. */
    static Lease of(Loads loads, Key key, Hit hit) {
        return new Lease(loads, key, hit.casToken(), hit.isPlaceholder() ? Left.NOTHING : Left.MARKED_STALE);
    }

    /** The server gave the lease on a value that can still be used. */
    static Lease refreshing(Loads loads, Key key, Hit hit, boolean stale) {
        // One that is out of date must be won again, one that is not will expire.
        return new Lease(loads, key, hit.casToken(), stale ? Left.MARKED_STALE : Left.AS_IT_IS);
    }

    /** Nobody gave a lease, but the value is of no use to anybody. */
    static Lease overwriting(Loads loads, Key key, Hit hit) {
        return new Lease(loads, key, hit.casToken(), Left.NOTHING);
    }

    /**
     * Stores what was loaded, unless the item was changed or deleted. Nobody waits for
     * it: what is asked next comes after it.
     * @throws io.memlink.error.MemlinkServerException where it is too large
     */
    void store(@Nullable EncodedValue value, LoadPolicy policy) {
        if (value == null) {
            giveBack();
        }
        else if (this.loads != null && this.key != null) {
            this.loads.rules().requireSize(this.key, value);
            this.loads.send(MetaSet.builder(this.key, value.data())
                .clientFlags(value.flags())
                .expiration(policy.expiration())
                .compareCas(this.casToken)
                .fill()
                .build());
        }
    }

    /** Lets the next caller win. */
    void giveBack() {
        if (this.loads == null || this.key == null || this.left == Left.AS_IT_IS) {
            return;
        }
        MetaDelete.Builder delete = MetaDelete.builder(this.key).compareCas(this.casToken);
        this.loads.send(((this.left == Left.MARKED_STALE) ? delete.markStale() : delete).build());
    }

}
