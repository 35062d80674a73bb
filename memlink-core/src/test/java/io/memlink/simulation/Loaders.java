package io.memlink.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.loading.LoadPolicy;

/** Loaders of values from an origin, which take their time and fail now and then. */
final class Loaders {

    private static final Duration MAX_WAIT = Duration.ofMillis(500);

    static final LoadPolicy POLICY = usual().build();

    /** Those that may give what is past its time. */
    private static final List<LoadPolicy> POLICIES = List.of(POLICY, POLICY,
            usual().timeToLive(Duration.ofSeconds(2)).staleFor(Duration.ofSeconds(5)).staleOnError(true).build(),
            usual().timeToLive(Duration.ofSeconds(3)).recacheBefore(Duration.ofSeconds(1)).build());

    private static final long LONGEST_LOAD_MILLIS = 1500;

    /** How long a call may wait for others, and for its own loader. */
    static final long LONGEST_NANOS = 2 * MAX_WAIT.toNanos() + TimeUnit.MILLISECONDS.toNanos(2 * LONGEST_LOAD_MILLIS);

    private final SimulatedTime time;

    private final Chance chance;

    private final Function<String, WrittenValue> origin;

    /** Creates loaders of what the origin has of a key. */
    Loaders(SimulatedTime time, Chance chance, Function<String, WrittenValue> origin) {
        this.time = time;
        this.chance = chance;
        this.origin = origin;
    }

    private static LoadPolicy.Builder usual() {
        return LoadPolicy.builder()
            .timeToLive(Duration.ofSeconds(20))
            .leaseTime(Duration.ofSeconds(1))
            .maxWait(MAX_WAIT)
            .throwOnFailure(false);
    }

    LoadPolicy policy() {
        return this.chance.pick(POLICIES);
    }

    /** Returns a loader of what the origin holds of many keys when it is called. */
    Function<List<String>, CompletionStage<Map<String, byte[]>>> ofMany() {
        return (keys) -> {
            Map<String, byte[]> values = new LinkedHashMap<>();
            keys.forEach((key) -> values.put(key, this.origin.apply(key).encode()));
            return later(values);
        };
    }

    /** Returns a loader of what the origin holds when it is called. */
    Supplier<CompletionStage<byte[]>> of(String key) {
        return () -> {
            if (this.chance.hits(0.03)) {
                throw new IllegalStateException("sabotage");
            }
            return later(this.origin.apply(key).encode());
        };
    }

    private <T> CompletableFuture<T> later(T value) {
        CompletableFuture<T> loaded = new CompletableFuture<>();
        Runnable end = () -> {
            if (this.chance.hits(0.05)) {
                loaded.completeExceptionally(new IllegalStateException("sabotage"));
            }
            else {
                loaded.complete(value);
            }
        };
        if (this.chance.hits(0.2)) {
            end.run();
        }
        else {
            this.time.after(this.chance.seldomMany(0.1, LONGEST_LOAD_MILLIS), end);
        }
        return loaded;
    }

}
