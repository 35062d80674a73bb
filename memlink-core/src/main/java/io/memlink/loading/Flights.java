package io.memlink.loading;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.memlink.meta.EncodedValue;
import io.memlink.meta.Key;
import org.jspecify.annotations.Nullable;

/**
 * The loads under way in one client, at most one of each key that others may join. Safe
 * for use by many threads.
 */
final class Flights {

    private final Map<Key, CompletableFuture<@Nullable EncodedValue>> flights = new ConcurrentHashMap<>();

    /** Returns the load that may be joined. */
    @Nullable CompletableFuture<@Nullable EncodedValue> current(Key key) {
        return this.flights.get(key);
    }

    /** Begins a load, which others join from now on; it leaves when it is completed. */
    CompletableFuture<@Nullable EncodedValue> begin(Key key) {
        CompletableFuture<@Nullable EncodedValue> flight = new CompletableFuture<>();
        this.flights.put(key, flight);
        flight.whenComplete((value, failure) -> this.flights.remove(key, flight));
        return flight;
    }

    /**
     * Keeps others from joining the load of a key that is being changed: whoever asks
     * from now on must not get what was loaded before.
     */
    void forget(Key key) {
        if (!this.flights.isEmpty()) {
            this.flights.remove(key);
        }
    }

}
