package io.memlink.loading;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkServerException.Reason;
import io.memlink.meta.Done;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaSet;
import org.jspecify.annotations.Nullable;

/**
 * The right to store what was loaded, as long as the item is the one that was read.
 * Immutable.
 * <p>
 * Storing ends in one of four ways, and only the first one has no failure:
 * <ul>
 * <li>The item is still the one that was read: what was loaded is stored.</li>
 * <li>The item was changed or deleted, so the load may be older than the change, or its
 * placeholder ended: nothing is stored, {@link Reason#LEASE_LOST}.</li>
 * <li>The server keeps no CAS tokens ({@code -C}), so nobody can know that: nothing is
 * stored, {@link Reason#UNSUPPORTED}, and the next caller may load at once.</li>
 * <li>The request that stores failed: its own failure.</li>
 * </ul>
 */
final class Lease {

    /** No right to store. */
    static final Lease NONE = new Lease(null, null, Flight.NO_TOKEN, Left.AS_IT_IS);

    /** The state in which a lease that is given back leaves its key. */
    private enum Left {

        NOTHING, MARKED_STALE, STORED_AGAIN, AS_IT_IS

    }

    private final @Nullable Loads loads;

    private final @Nullable Key key;

    private final long casToken;

    private final Left left;

    /** What is stored again. */
    private final @Nullable Hit before;

    private final long beganNanos;

    private Lease(@Nullable Loads loads, @Nullable Key key, long casToken, Left left) {
        this(loads, key, casToken, left, null);
    }

    private Lease(@Nullable Loads loads, @Nullable Key key, long casToken, Left left, @Nullable Hit before) {
        this.loads = loads;
        this.key = key;
        this.casToken = casToken;
        this.left = left;
        this.before = before;
        this.beganNanos = (loads != null) ? loads.nanoTime() : 0;
    }

    /** The server gave the lease on a miss, or on an item that was marked stale. */
    static Lease of(Loads loads, Key key, Hit hit) {
        return new Lease(loads, key, hit.casToken(), hit.isPlaceholder() ? Left.NOTHING : Left.MARKED_STALE);
    }

    /** The server gave the lease on a value that can still be used. */
    static Lease refreshing(Loads loads, Key key, Hit hit) {
        // It must be won again, and must not look as if it had been evicted.
        return new Lease(loads, key, hit.casToken(), Left.STORED_AGAIN, hit);
    }

    /** The owner of the lease is slow, or gone; what is stored first counts. */
    static Lease shared(Loads loads, Key key, Hit hit) {
        return new Lease(loads, key, hit.casToken(), Left.AS_IT_IS);
    }

    /** Nobody gave a lease, but the value is of no use to anybody. */
    static Lease overwriting(Loads loads, Key key, Hit hit) {
        return new Lease(loads, key, hit.casToken(), Left.NOTHING);
    }

    long token() {
        return this.casToken;
    }

    /**
     * Stores what was loaded, unless the item was changed or deleted.
     * @return why it was not stored; {@code null} where it was, or was not to be. Never
     * fails
     * @throws MemlinkServerException where it is too large
     */
    CompletableFuture<@Nullable Throwable> store(@Nullable EncodedValue value, LoadPolicy policy) {
        Loads loads = this.loads;
        Key key = this.key;
        if (value == null || loads == null || key == null) {
            giveBack();
            return CompletableFuture.completedFuture(null);
        }
        loads.rules().requireSize(key, value);
        if (this.casToken == Flight.NO_TOKEN) {
            giveBack();
            return CompletableFuture.completedFuture(new MemlinkServerException(Reason.UNSUPPORTED,
                    "value: not stored, the server keeps no CAS tokens (expected: started without -C)"));
        }
        MetaSet set = MetaSet.builder(key, value.data())
            .clientFlags(value.flags())
            .expiration(policy.expiration())
            .compareCas(this.casToken)
            .fill()
            .build();
        return loads.send(set).handle((reply, failure) -> (failure != null) ? failure : refusal(reply));
    }

    private static @Nullable Throwable refusal(MetaReply reply) {
        return (reply instanceof Done) ? null : new MemlinkServerException(Reason.LEASE_LOST,
                "value: not stored, the item was changed or deleted, or its lease ran out, meanwhile");
    }

    /** Lets the next caller win. */
    void giveBack() {
        if (this.loads == null || this.key == null || this.left == Left.AS_IT_IS) {
            return;
        }
        if (this.left == Left.STORED_AGAIN) {
            storeAgain(this.loads, this.key);
            return;
        }
        MetaDelete.Builder delete = MetaDelete.builder(this.key);
        if (this.casToken != Flight.NO_TOKEN) {
            delete.compareCas(this.casToken);
        }
        this.loads.send(((this.left == Left.MARKED_STALE) ? delete.markStale() : delete).build());
    }

    /** The server forgets whom it chose only where an item is stored. */
    private void storeAgain(Loads loads, Key key) {
        Hit before = this.before;
        Duration timeToLive = (before != null) ? before.timeToLive() : null;
        if (before == null || timeToLive == null || this.casToken == Flight.NO_TOKEN) {
            return;
        }
        Duration left = timeToLive.minusNanos(loads.nanoTime() - this.beganNanos);
        if (left.isNegative() || left.isZero()) {
            return;
        }
        EncodedValue value = before.encodedValue();
        loads.send(MetaSet.builder(key, value.data())
            .clientFlags(value.flags())
            .expiration(Expiration.after(left))
            .compareCas(this.casToken)
            .fill()
            .build());
    }

}
