package io.memlink;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.check.Require;
import io.memlink.cluster.routing.BulkOperation;
import io.memlink.cluster.routing.BulkOutcome;
import io.memlink.cluster.routing.EncodedValues;
import io.memlink.cluster.routing.Router;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkServerException;
import io.memlink.link.loop.CallFuture;
import io.memlink.loading.LoadPolicy;
import io.memlink.loading.Loaded;
import io.memlink.loading.Loads;
import io.memlink.loading.UnleasedItems;
import io.memlink.meta.Done;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaReply.Exists;
import io.memlink.meta.MetaSet;
import org.jspecify.annotations.Nullable;

/**
 * Each operation as one request of the meta protocol: built in the caller's thread,
 * decoded where the reply arrives.
 *
 * @param <V> the type of the values
 */
sealed class DefaultValueOperations<V> implements ValueOperations<V> permits DefaultMemlinkClient {

    private final ClientLifecycle lifecycle;

    private final Transcoder<V> transcoder;

    private final Loads.Coding<V> coding;

    private final Function<MetaReply, @Nullable V> valueOrNull = this::valueOrNull;

    DefaultValueOperations(ClientLifecycle lifecycle, Transcoder<V> transcoder) {
        this.lifecycle = lifecycle;
        this.transcoder = Objects.requireNonNull(transcoder, "transcoder");
        this.coding = new Loads.Coding<>(this::encode, transcoder::decode);
    }

    private EncodedValue encode(V value) {
        return Require.returned("transcoder", this.transcoder, this.transcoder.encode(value), "bytes and flags");
    }

    final ClientLifecycle lifecycle() {
        return this.lifecycle;
    }

    final Router router() {
        return this.lifecycle.runtime().router();
    }

    final UnleasedItems items() {
        return this.lifecycle.runtime().items();
    }

    final ValueRules rules() {
        return this.lifecycle.runtime().rules();
    }

    /** Returns the key of an item that is about to change. */
    final Key changing(String key) {
        return changing(Key.of(key));
    }

    final Key changing(Key key) {
        this.lifecycle.runtime().loads().forget(key);
        return key;
    }

    @Override
    public CompletableFuture<@Nullable V> get(String key) {
        return read(Key.of(key));
    }

    private CompletableFuture<@Nullable V> read(Key key) {
        return router().send(MetaGet.value(key), this.valueOrNull);
    }

    @Override
    public CompletableFuture<@Nullable Item<V>> getItem(String key) {
        MetaGet get = MetaGet.builder(Key.of(key)).value().clientFlags().casToken().timeToLive().build();
        return router().send(get, this::itemOrNull);
    }

    @Override
    public CompletableFuture<@Nullable V> getAndTouch(String key, Expiration expiration) {
        return items().touch(MetaGet.builder(Key.of(key)).value().touch(expiration), this.valueOrNull);
    }

    @Override
    public CompletableFuture<BulkResult<V>> getAll(Collection<String> keys) {
        return BulkRead.of(Require.present("keys", keys), router(), this.valueOrNull);
    }

    /** Reads many values, and leaves it to whoever waits to decode them. */
    final CompletableFuture<BulkResult<MetaReply>> replies(Collection<String> keys) {
        return BulkRead.of(Require.present("keys", keys), router(), Function.identity());
    }

    /** Decodes what was read, in this thread. */
    final BulkResult<V> decoded(BulkResult<MetaReply> replies) {
        Map<String, V> hits = new LinkedHashMap<>(2 * replies.hits().size());
        Map<String, MemlinkException> failures = new LinkedHashMap<>(replies.failures());
        replies.hits().forEach((key, reply) -> {
            try {
                V value = valueOrNull(reply);
                if (value != null) {
                    hits.put(key, value);
                }
            }
            catch (MemlinkException ex) {
                failures.put(key, ex);
            }
        });
        return new BulkResult<>(Collections.unmodifiableMap(hits), Collections.unmodifiableMap(failures));
    }

    @Override
    public CompletableFuture<Void> set(String key, V value, Expiration expiration) {
        Objects.requireNonNull(expiration, "expiration");
        return storing(key, value, MetaSet.Mode.SET, (checked, encoded) -> router()
            .send(setting(checked, encoded, MetaSet.Mode.SET).expiration(expiration).build(), (reply) -> null));
    }

    @Override
    public CompletableFuture<BulkWriteResult> setAll(Map<String, ? extends V> values, Expiration expiration) {
        Objects.requireNonNull(expiration, "expiration");
        EncodedValues<V> encoded = new EncodedValues<>(Objects.requireNonNull(values, "values"), this::encode,
                lifecycle().runtime().resources().background());
        Router router = router();
        return written(
                BulkOperation.of(router, encoded.names(), encoded.keys(), encoded::bytes,
                        (index) -> encoded.take(index)
                            .thenCompose((value) -> set(encoded.keys().get(index), value, expiration)),
                        (failure, index) -> {
                            // Otherwise it is known not to be stored.
                            if (failure instanceof CancellationException) {
                                router.owe(deleting(encoded.keys().get(index)), failure);
                            }
                        }));
    }

    final MetaDelete deleting(Key key) {
        return MetaDelete.builder(changing(key)).build();
    }

    /** Cancelling the result cancels the operation. */
    static CompletableFuture<BulkWriteResult> written(CompletableFuture<BulkOutcome<Boolean>> operation) {
        CompletableFuture<BulkWriteResult> result = operation.thenApply(BulkWriteResult::of);
        result.whenComplete((written, failure) -> {
            if (result.isCancelled()) {
                operation.cancel(false);
            }
        });
        return result;
    }

    @Override
    public CompletableFuture<Boolean> add(String key, V value, Expiration expiration) {
        Objects.requireNonNull(expiration, "expiration");
        return storing(key, value, MetaSet.Mode.ADD, (checked, encoded) -> items().add(checked, encoded, expiration));
    }

    @Override
    public CompletableFuture<Boolean> replace(String key, V value, Expiration expiration) {
        Objects.requireNonNull(expiration, "expiration");
        return storing(key, value, MetaSet.Mode.REPLACE, (checked, encoded) -> items().change(checked,
                setting(checked, encoded, MetaSet.Mode.REPLACE).expiration(expiration)));
    }

    /** Stores a value that is not too large. */
    private <T extends @Nullable Object> CompletableFuture<T> storing(String key, V value, MetaSet.Mode mode,
            BiFunction<Key, EncodedValue, CompletableFuture<T>> store) {
        return storing(Key.of(key), encode(Objects.requireNonNull(value, "value")), mode, store);
    }

    private <T extends @Nullable Object> CompletableFuture<T> storing(Key key, EncodedValue value, MetaSet.Mode mode,
            BiFunction<Key, EncodedValue, CompletableFuture<T>> store) {
        changing(key);
        return rules().sizeLimit().permits(key, value) ? store.apply(key, value) : refuse(key, value, mode);
    }

    private static MetaSet.Builder setting(Key key, EncodedValue value, MetaSet.Mode mode) {
        return MetaSet.builder(key, value.data()).clientFlags(value.flags()).mode(mode);
    }

    private CompletableFuture<Boolean> set(Key key, EncodedValue value, Expiration expiration) {
        return storing(key, value, MetaSet.Mode.SET,
                (checked, encoded) -> router().send(
                        setting(checked, encoded, MetaSet.Mode.SET).expiration(expiration).build(),
                        DefaultValueOperations::isDone));
    }

    /** What is there must not be read as if it were the latest. */
    final <T extends @Nullable Object> CompletableFuture<T> refuse(Key key, EncodedValue value, MetaSet.Mode mode) {
        MemlinkServerException refusal = rules().sizeLimit().refusal(key, value);
        if (mode == MetaSet.Mode.ADD) {
            // Nothing would have been replaced.
            return CompletableFuture.failedFuture(refusal);
        }
        CompletableFuture<T> refused = new CallFuture<>();
        router().invalidate(key).whenComplete((invalidation, failure) -> {
            if (failure != null) {
                refusal.addSuppressed(failure);
            }
            refused.completeExceptionally(refusal);
        });
        return refused;
    }

    @Override
    public CompletableFuture<CasResult> compareAndSet(String key, V value, Expiration expiration, long casToken) {
        Objects.requireNonNull(expiration, "expiration");
        return storing(key, value, MetaSet.Mode.SET, (checked, encoded) -> router()
            .send(setting(checked, encoded, MetaSet.Mode.SET).expiration(expiration).compareCas(casToken).build())
            .thenCompose((reply) -> items().compared(checked, reply))
            .thenApply(DefaultValueOperations::casResult));
    }

    @Override
    public CompletableFuture<Boolean> append(String key, V value) {
        return extend(key, value, MetaSet.Mode.APPEND);
    }

    @Override
    public CompletableFuture<Boolean> prepend(String key, V value) {
        return extend(key, value, MetaSet.Mode.PREPEND);
    }

    private CompletableFuture<Boolean> extend(String key, V value, MetaSet.Mode mode) {
        return storing(key, value, mode,
                (checked, encoded) -> items().change(checked, setting(checked, encoded, mode)));
    }

    @Override
    public CompletableFuture<Loaded<V>> getOrLoad(String key, Supplier<? extends CompletionStage<V>> loader,
            LoadPolicy policy) {
        Key checked = Key.of(key);
        Objects.requireNonNull(loader, "loader");
        Objects.requireNonNull(policy, "policy");
        return this.lifecycle.runtime().loads().load(checked, loader, this.coding, policy);
    }

    @Override
    public CompletableFuture<Map<String, V>> getAllOrLoad(Collection<String> keys,
            Function<? super List<String>, ? extends CompletionStage<? extends Map<String, ? extends V>>> loader,
            LoadPolicy policy) {
        List<String> present = Require.present("keys", keys);
        Objects.requireNonNull(loader, "loader");
        Objects.requireNonNull(policy, "policy");
        return this.lifecycle.runtime().loads().loadAll(present, loader, this.coding, policy);
    }

    private @Nullable V valueOrNull(MetaReply reply) {
        if (!(reply instanceof Hit hit) || hit.state().isMiss()) {
            return null;
        }
        EncodedValue value = hit.encodedValue();
        try {
            return this.transcoder.decode(value);
        }
        catch (RuntimeException ex) {
            rules().undecodable().found(value, ex);
            return null;
        }
    }

    private @Nullable Item<V> itemOrNull(MetaReply reply) {
        V value = valueOrNull(reply);
        return (value != null && reply instanceof Hit hit)
                ? new Item<>(value, hit.clientFlags(), hit.casToken(), hit.timeToLive()) : null;
    }

    static boolean isDone(MetaReply reply) {
        return reply instanceof Done;
    }

    private static CasResult casResult(MetaReply reply) {
        if (reply instanceof Done) {
            return CasResult.STORED;
        }
        return (reply instanceof Exists) ? CasResult.EXISTS : CasResult.NOT_FOUND;
    }

}
