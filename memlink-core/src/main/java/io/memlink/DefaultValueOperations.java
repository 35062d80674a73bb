package io.memlink;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.cluster.Router;
import io.memlink.error.MemlinkDecodingException;
import io.memlink.meta.Done;
import io.memlink.meta.Exists;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaRequest;
import io.memlink.meta.MetaSet;
import org.jspecify.annotations.Nullable;

/**
 * Each operation as one request of the meta protocol: built in the caller's thread,
 * decoded where the reply arrives.
 *
 * @param <V> the type of the values
 */
sealed class DefaultValueOperations<V> implements ValueOperations<V> permits DefaultMemlinkClient {

    private final Router router;

    private final LoadContext loads;

    private final Transcoder<V> transcoder;

    DefaultValueOperations(LoadContext loads, Transcoder<V> transcoder) {
        this.router = loads.router();
        this.loads = loads;
        this.transcoder = transcoder;
    }

    final Router router() {
        return this.router;
    }

    final LoadContext loads() {
        return this.loads;
    }

    /** Returns the key of an item that is about to change. */
    final Key changing(String key) {
        Key changing = Key.of(key);
        this.loads.flights().forget(changing);
        return changing;
    }

    @Override
    public CompletableFuture<@Nullable V> get(String key) {
        return read(Key.of(key));
    }

    private CompletableFuture<@Nullable V> read(Key key) {
        MetaGet get = MetaGet.builder(key).value().clientFlags().build();
        return MappedReply.of(this.router.send(get), this::valueOrNull);
    }

    @Override
    public CompletableFuture<@Nullable Item<V>> getItem(String key) {
        MetaGet get = MetaGet.builder(Key.of(key)).value().clientFlags().casToken().timeToLive().build();
        return MappedReply.of(this.router.send(get), this::itemOrNull);
    }

    @Override
    public CompletableFuture<@Nullable V> getAndTouch(String key, Expiration expiration) {
        MetaGet get = MetaGet.builder(Key.of(key)).value().clientFlags().touch(expiration).build();
        return MappedReply.of(this.router.send(get), this::valueOrNull);
    }

    @Override
    public CompletableFuture<BulkResult<V>> getAll(Collection<String> keys) {
        // All keys are checked before the first is sent.
        List<Key> checked = keys.stream().distinct().map(Key::of).toList();
        List<String> names = keys.stream().distinct().toList();
        return BulkRead.of(names, (index) -> read(checked.get(index)));
    }

    @Override
    public CompletableFuture<Void> set(String key, V value, Expiration expiration) {
        return MappedReply.of(store(key, value, MetaSet.Mode.SET, expiration), (reply) -> null);
    }

    @Override
    public CompletableFuture<Boolean> add(String key, V value, Expiration expiration) {
        return MappedReply.of(store(key, value, MetaSet.Mode.ADD, expiration), DefaultValueOperations::isDone);
    }

    @Override
    public CompletableFuture<Boolean> replace(String key, V value, Expiration expiration) {
        return MappedReply.of(store(key, value, MetaSet.Mode.REPLACE, expiration), DefaultValueOperations::isDone);
    }

    private CompletableFuture<MetaReply> store(String key, V value, MetaSet.Mode mode, Expiration expiration) {
        return this.router.send(set(key, value).mode(mode).expiration(expiration).build());
    }

    private MetaSet.Builder set(String key, V value) {
        EncodedValue encoded = this.transcoder.encode(value);
        return MetaSet.builder(changing(key), encoded.data()).clientFlags(encoded.flags());
    }

    @Override
    public CompletableFuture<CasResult> compareAndSet(String key, V value, Expiration expiration, long casToken) {
        MetaRequest<MetaReply> set = set(key, value).expiration(expiration).compareCas(casToken).build();
        return MappedReply.of(this.router.send(set), DefaultValueOperations::casResult);
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
        return MappedReply.of(this.router.send(set(key, value).mode(mode).build()), DefaultValueOperations::isDone);
    }

    @Override
    public CompletableFuture<Loaded<V>> getOrLoad(String key, Supplier<? extends CompletionStage<V>> loader,
            LoadPolicy policy) {
        LeasedLoad<V> load = new LeasedLoad<>(this.loads, Key.of(key), loader, this.transcoder, policy);
        load.read();
        return load;
    }

    @Override
    public CompletableFuture<Map<String, V>> getAllOrLoad(Collection<String> keys,
            Function<? super List<String>, ? extends CompletionStage<? extends Map<String, ? extends V>>> loader,
            LoadPolicy policy) {
        return new BulkLoad<>(this.loads, loader, this.transcoder, policy).load(keys);
    }

    private @Nullable V valueOrNull(MetaReply reply) {
        return (reply instanceof Hit hit && !Lease.isMiss(hit)) ? decode(hit) : null;
    }

    private @Nullable Item<V> itemOrNull(MetaReply reply) {
        if (reply instanceof Hit hit && !Lease.isMiss(hit)) {
            return new Item<>(decode(hit), hit.clientFlags(), hit.casToken(), hit.timeToLive());
        }
        return null;
    }

    private V decode(Hit hit) {
        byte[] value = Objects.requireNonNull(hit.value(), "value");
        try {
            return this.transcoder.decode(new EncodedValue(value, hit.clientFlags()));
        }
        catch (RuntimeException ex) {
            throw new MemlinkDecodingException("value cannot be decoded: " + ex.getMessage(), ex);
        }
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
