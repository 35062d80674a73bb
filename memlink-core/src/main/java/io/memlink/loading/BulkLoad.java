package io.memlink.loading;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.memlink.cluster.routing.BulkOperation;
import io.memlink.cluster.routing.BulkOutcome;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import org.jspecify.annotations.Nullable;

/**
 * Many {@link LeasedLoad}s whose loaders are called together: those that have to load
 * once all keys were read wait for one call, later ones get a call of their own.
 *
 * @param <V> the type of the values
 */
final class BulkLoad<V> {

    private final Loads loads;

    private final Function<? super List<String>, ? extends CompletionStage<? extends Map<String, ? extends V>>> loader;

    private final Loads.Coding<V> coding;

    private final LoadPolicy policy;

    /** Those that wait for the call; {@code null} once it was made. */
    private @Nullable Map<String, CompletableFuture<@Nullable V>> batch = new LinkedHashMap<>();

    BulkLoad(Loads loads,
            Function<? super List<String>, ? extends CompletionStage<? extends Map<String, ? extends V>>> loader,
            Loads.Coding<V> coding, LoadPolicy policy) {
        this.loads = loads;
        this.loader = loader;
        this.coding = coding;
        this.policy = policy;
    }

    CompletableFuture<Map<String, V>> load(Collection<String> keys) {
        List<String> names = keys.stream().distinct().toList();
        List<MetaGet> reads = names.stream().map((name) -> this.loads.read(Key.of(name), this.policy)).toList();
        List<Key> checked = reads.stream().map(MetaGet::key).toList();
        return BulkOperation
            .<MetaReply>of(this.loads.router(), names, checked, (index) -> reads.get(index).encodedBytes(),
                    (index) -> this.loads.send(reads.get(index)))
            .thenCompose((replies) -> proceed(names, reads, replies));
    }

    private CompletableFuture<Map<String, V>> proceed(List<String> names, List<MetaGet> reads,
            BulkOutcome<MetaReply> replies) {
        List<LeasedLoad<V>> loads = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            LeasedLoad<V> load = new LeasedLoad<>(this.loads, reads.get(i).key(), () -> loadOne(name), this.coding,
                    this.policy);
            loads.add(load);
            MetaReply reply = replies.values().get(name);
            if (reply != null) {
                load.answered(reply);
            }
            else {
                Throwable failure = replies.failures().get(name);
                load.unavailable((failure != null) ? failure
                        : Objects.requireNonNull(replies.unexpected().get(name), "outcome of a key"));
            }
        }
        callLoader();
        return CompletableFuture.allOf(loads.toArray(new CompletableFuture<?>[0]))
            .thenApply((nothing) -> values(names, loads));
    }

    private CompletionStage<@Nullable V> loadOne(String name) {
        synchronized (this) {
            if (this.batch != null) {
                return this.batch.computeIfAbsent(name, (absent) -> new CompletableFuture<>());
            }
        }
        CompletableFuture<@Nullable V> loading = new CompletableFuture<>();
        call(Map.of(name, loading));
        return loading;
    }

    private void callLoader() {
        Map<String, CompletableFuture<@Nullable V>> waiting;
        synchronized (this) {
            waiting = this.batch;
            this.batch = null;
        }
        if (waiting != null && !waiting.isEmpty()) {
            call(waiting);
        }
    }

    /** Whatever the loader returns or throws ends all that wait for it. */
    private void call(Map<String, CompletableFuture<@Nullable V>> waiting) {
        List<String> names = List.copyOf(waiting.keySet());
        Loader.<Map<String, ? extends V>>call(() -> this.loader.apply(names),
                (values, failure) -> waiting.forEach((name, future) -> end(name, future, values, failure)));
    }

    private static <V> void end(String name, CompletableFuture<@Nullable V> future,
            @Nullable Map<String, ? extends V> values, @Nullable Throwable failure) {
        try {
            if (failure != null) {
                future.completeExceptionally(failure);
            }
            else {
                future.complete(Objects.requireNonNull(values, "loader: yields null (expected: a map)").get(name));
            }
        }
        catch (Throwable ex) {
            future.completeExceptionally(ex);
        }
    }

    private Map<String, V> values(List<String> names, List<LeasedLoad<V>> loads) {
        Map<String, V> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            V value = loads.get(i).join().value();
            if (value != null) {
                values.put(names.get(i), value);
            }
        }
        return values;
    }

}
