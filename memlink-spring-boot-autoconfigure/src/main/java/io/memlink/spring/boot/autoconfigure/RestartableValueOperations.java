package io.memlink.spring.boot.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.BulkResult;
import io.memlink.BulkWriteResult;
import io.memlink.CasResult;
import io.memlink.Item;
import io.memlink.ValueOperations;
import io.memlink.loading.LoadPolicy;
import io.memlink.loading.Loaded;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/**
 * The operations of whichever client is running now.
 *
 * @param <V> the type of the values
 */
class RestartableValueOperations<V> implements ValueOperations<V> {

    private final Supplier<ValueOperations<V>> running;

    RestartableValueOperations(Supplier<ValueOperations<V>> running) {
        this.running = running;
    }

    @Override
    public CompletableFuture<@Nullable V> get(String key) {
        return this.running.get().get(key);
    }

    @Override
    public CompletableFuture<@Nullable Item<V>> getItem(String key) {
        return this.running.get().getItem(key);
    }

    @Override
    public CompletableFuture<@Nullable V> getAndTouch(String key, Expiration expiration) {
        return this.running.get().getAndTouch(key, expiration);
    }

    @Override
    public CompletableFuture<BulkResult<V>> getAll(Collection<String> keys) {
        return this.running.get().getAll(keys);
    }

    @Override
    public CompletableFuture<Void> set(String key, V value, Expiration expiration) {
        return this.running.get().set(key, value, expiration);
    }

    @Override
    public CompletableFuture<BulkWriteResult> setAll(Map<String, ? extends V> values, Expiration expiration) {
        return this.running.get().setAll(values, expiration);
    }

    @Override
    public CompletableFuture<Boolean> add(String key, V value, Expiration expiration) {
        return this.running.get().add(key, value, expiration);
    }

    @Override
    public CompletableFuture<Boolean> replace(String key, V value, Expiration expiration) {
        return this.running.get().replace(key, value, expiration);
    }

    @Override
    public CompletableFuture<CasResult> compareAndSet(String key, V value, Expiration expiration, long casToken) {
        return this.running.get().compareAndSet(key, value, expiration, casToken);
    }

    @Override
    public CompletableFuture<Boolean> append(String key, V value) {
        return this.running.get().append(key, value);
    }

    @Override
    public CompletableFuture<Boolean> prepend(String key, V value) {
        return this.running.get().prepend(key, value);
    }

    @Override
    public CompletableFuture<Loaded<V>> getOrLoad(String key, Supplier<? extends CompletionStage<V>> loader,
            LoadPolicy policy) {
        return this.running.get().getOrLoad(key, loader, policy);
    }

    @Override
    public CompletableFuture<Map<String, V>> getAllOrLoad(Collection<String> keys,
            Function<? super List<String>, ? extends CompletionStage<? extends Map<String, ? extends V>>> loader,
            LoadPolicy policy) {
        return this.running.get().getAllOrLoad(keys, loader, policy);
    }

}
