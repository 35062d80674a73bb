package io.memlink.spring.cache;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Loads in progress, one for each key: a caller that asks for a key while it is being
 * loaded gets the result of that load. If that fails, or takes longer than the caller may
 * wait, the caller loads for itself, and has a failure of its own. Safe for use by many
 * threads.
 */
final class Flights {

    private final Map<String, Flight> flights = new ConcurrentHashMap<>();

    /**
     * Joins the flight of a key, or begins one. A thread that loads a key while it loads
     * the same key, as recursive methods do, would wait for itself, and so flies alone.
     */
    CompletableFuture<Object> join(String key, Supplier<CompletableFuture<Object>> load, Duration maxWait) {
        Flight mine = new Flight(Thread.currentThread(), new CompletableFuture<>());
        Flight underWay = underWay(key, mine);
        if (underWay == null) {
            return begin(key, mine, load);
        }
        if (underWay.pilot() == Thread.currentThread()) {
            return load.get();
        }
        return waiting(underWay, maxWait)
            .handle((value, failure) -> (failure == null) ? CompletableFuture.completedFuture(value) : load.get())
            .thenCompose(Function.identity());
    }

    /** As {@link #join}, but waits, and loads in this thread. */
    Object get(String key, Supplier<CompletableFuture<Object>> load, Duration maxWait) {
        Flight mine = new Flight(Thread.currentThread(), new CompletableFuture<>());
        Flight underWay = underWay(key, mine);
        if (underWay == null) {
            return Failures.await(begin(key, mine, load));
        }
        if (underWay.pilot() != Thread.currentThread()) {
            try {
                return Failures.await(waiting(underWay, maxWait));
            }
            catch (RuntimeException ex) {
                // What this caller gets is up to its own loader.
            }
        }
        return Failures.await(load.get());
    }

    private @Nullable Flight underWay(String key, Flight mine) {
        return this.flights.putIfAbsent(key, mine);
    }

    private static CompletableFuture<Object> waiting(Flight flight, Duration maxWait) {
        return flight.result().copy().orTimeout(maxWait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private CompletableFuture<Object> begin(String key, Flight flight, Supplier<CompletableFuture<Object>> load) {
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

    /** Lets nobody join what began before a change. */
    void forget(String key) {
        this.flights.remove(key);
    }

    /** Lets nobody join what began before all was changed. */
    void forgetAll() {
        this.flights.clear();
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
