package io.memlink.loading;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.memlink.meta.Key;
import org.jspecify.annotations.Nullable;

/**
 * The loads in progress in one client that other callers may join. Safe for use by many
 * threads.
 * <p>
 * A caller may join a load only if its value cannot be older than the call. Two things
 * prove that, and there is a map for each:
 * <ul>
 * <li>A <em>leased</em> load holds the lease of a token. Who has just read that token
 * from the server knows that the lease still holds, so nobody has deleted or changed the
 * item since the load began. After a deletion, whoever made it, the server shows another
 * token or none.</li>
 * <li>An <em>unstored</em> load has no lease. Who called before it began may join it.
 * Where the server cannot be asked, a load that began for the same reason may be joined
 * by later callers too: nobody of this client can learn of a deletion by another one
 * then, and those of its own {@linkplain #forget forget} the load.</li>
 * </ul>
 */
final class Flights {

    private final Map<Key, Flight> leased = new ConcurrentHashMap<>();

    private final Map<Key, Flight> unstored = new ConcurrentHashMap<>();

    /**
     * Returns the load that holds a lease; {@code null} where it is not of this client.
     */
    @Nullable Flight leased(Key key, long token) {
        Flight flight = this.leased.get(key);
        return (flight != null && token != Flight.NO_TOKEN && flight.token() == token) ? flight : null;
    }

    /** Begins the load that holds a lease, in place of one that has lost its own. */
    Flight lease(Key key, long token, long nowNanos) {
        Flight flight = new Flight(token, nowNanos, false);
        this.leased.put(key, flight);
        flight.whenEnded(() -> this.leased.remove(key, flight));
        return flight;
    }

    /**
     * Begins a load without a lease, unless there is one that may be joined. Who has
     * begun it {@linkplain Flight#lead leads} it.
     * @param calledNanos when the caller that asks has called
     * @param blind whether the server cannot be asked
     * @param vain the load that this caller has waited for in vain
     */
    Flight unstored(Key key, long calledNanos, long nowNanos, boolean blind, @Nullable Flight vain) {
        Flight begun = new Flight(Flight.NO_TOKEN, nowNanos, blind);
        Flight chosen = this.unstored.merge(key, begun,
                (current, added) -> (current != vain && current.isJoinable(calledNanos, blind)) ? current : added);
        if (chosen == begun) {
            begun.whenEnded(() -> this.unstored.remove(key, begun));
        }
        return chosen;
    }

    /**
     * Keeps others from joining the loads of a key that is being changed: whoever asks
     * from now on must not get what was loaded before.
     */
    void forget(Key key) {
        if (!this.leased.isEmpty()) {
            this.leased.remove(key);
        }
        if (!this.unstored.isEmpty()) {
            this.unstored.remove(key);
        }
    }

    /** Returns whether no load can be joined. */
    boolean isEmpty() {
        return this.leased.isEmpty() && this.unstored.isEmpty();
    }

}
