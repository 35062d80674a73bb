package io.memlink.spring.cache;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Loads in progress, one for each key: a caller that asks for a key while it is being
 * loaded gets the result of that load. Safe for use by many threads.
 */
final class Flights {

    private final Map<String, Flight> flights = new ConcurrentHashMap<>();

    /**
     * Joins the flight of a key, or begins one. A thread that loads a key while it loads
     * the same key, as recursive methods do, would wait for itself, and so flies alone.
     */
    CompletableFuture<Object> join(String key, Supplier<CompletableFuture<Object>> load) {
        Flight flight = new Flight(Thread.currentThread(), new CompletableFuture<>());
        Flight underWay = this.flights.putIfAbsent(key, flight);
        if (underWay != null) {
            return (underWay.pilot() == Thread.currentThread()) ? load.get() : underWay.result();
        }
        CompletableFuture<Object> loading;
        try {
            loading = load.get();
        }
        catch (Throwable ex) {
            loading = CompletableFuture.failedFuture(ex);
        }
        loading.whenComplete((value, failure) -> {
            this.flights.remove(key, flight);
            if (failure != null) {
                flight.result().completeExceptionally(failure);
            }
            else {
                flight.result().complete(value);
            }
        });
        return flight.result();
    }

    /**
     * A load in progress.
     *
     * @param pilot the thread that began it
     * @param result what it will yield
     */
    private record Flight(Thread pilot, CompletableFuture<Object> result) {
    }

}
