package io.memlink.simulation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.memlink.loading.LoadPolicy;
import io.memlink.simulation.WrittenValue.Condition;

/** Loaders of values from an origin, which take their time and fail now and then. */
final class Loaders {

    private static final Duration MAX_WAIT = Duration.ofMillis(500);

    static final LoadPolicy POLICY = LoadPolicy.builder()
        .timeToLive(Duration.ofSeconds(20))
        .leaseTime(Duration.ofSeconds(1))
        .maxWait(MAX_WAIT)
        .throwOnFailure(false)
        .build();

    private static final long LONGEST_LOAD_MILLIS = 1500;

    /** How long a call may wait for others, and for its own loader. */
    static final long LONGEST_NANOS = 2 * MAX_WAIT.toNanos() + TimeUnit.MILLISECONDS.toNanos(2 * LONGEST_LOAD_MILLIS);

    private final SimulatedTime time;

    private final Chance chance;

    private final History history;

    private final int client;

    Loaders(SimulatedTime time, Chance chance, History history, int client) {
        this.time = time;
        this.chance = chance;
        this.history = history;
        this.client = client;
    }

    /** Returns a loader of what the origin holds when it is called. */
    Supplier<CompletionStage<byte[]>> of(String key) {
        return () -> {
            if (this.chance.hits(0.03)) {
                throw new IllegalStateException("sabotage");
            }
            WrittenValue value = this.history.newValue(key, this.client, Condition.LEASE, this.chance.from(0, 100),
                    null);
            CompletableFuture<byte[]> loaded = new CompletableFuture<>();
            Runnable end = () -> {
                if (this.chance.hits(0.05)) {
                    loaded.completeExceptionally(new IllegalStateException("sabotage"));
                }
                else {
                    loaded.complete(value.encode());
                }
            };
            if (this.chance.hits(0.2)) {
                end.run();
            }
            else {
                this.time.after(this.chance.seldomMany(0.1, LONGEST_LOAD_MILLIS), end);
            }
            return loaded;
        };
    }

}
