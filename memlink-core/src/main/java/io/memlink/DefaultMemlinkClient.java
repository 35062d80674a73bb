package io.memlink;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.memlink.check.Require;
import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.Invalidation;
import io.memlink.cluster.KeyRoute;
import io.memlink.cluster.Membership;
import io.memlink.cluster.routing.BulkOperation;
import io.memlink.cluster.routing.Router;
import io.memlink.loading.BackgroundLoadStatus;
import io.memlink.loading.UnleasedItems;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaArithmetic;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaRequest;
import io.memlink.meta.MetaSet;
import org.jspecify.annotations.Nullable;

/** The client: operations without values, and the lifecycle. */
final class DefaultMemlinkClient extends DefaultValueOperations<byte[]> implements MemlinkClient {

    private final BlockingMemlinkClient blocking = BlockingMemlinkClient.of(this);

    DefaultMemlinkClient(ClientLifecycle lifecycle) {
        super(lifecycle, Transcoder.bytes());
    }

    @Override
    public <V> ValueOperations<V> with(Transcoder<V> transcoder) {
        return new DefaultValueOperations<>(lifecycle(), transcoder);
    }

    @Override
    public BlockingMemlinkClient blocking() {
        return this.blocking;
    }

    @Override
    public CompletableFuture<Boolean> delete(String key) {
        return delete(Key.of(key), DefaultValueOperations::isDone);
    }

    private <T extends @Nullable Object> CompletableFuture<T> delete(Key key, Function<MetaReply, T> meaning) {
        return router().send(deleting(key), meaning);
    }

    @Override
    public CompletableFuture<BulkWriteResult> deleteAll(Collection<String> keys) {
        List<String> names = Require.present("keys", keys).stream().distinct().toList();
        List<Key> checked = names.stream().map(Key::of).toList();
        Router router = router();
        return written(
                BulkOperation.<Boolean>of(router, names, checked, (index) -> checked.get(index).routingBytes().length,
                        (index) -> delete(checked.get(index), (reply) -> isDone(reply) ? Boolean.TRUE : null),
                        (failure, index) -> router.owe(deleting(checked.get(index)), failure)));
    }

    @Override
    public CompletableFuture<Invalidation> invalidate(String key) {
        return router().invalidate(changing(key));
    }

    @Override
    public CompletableFuture<Boolean> markStale(String key, Duration staleFor) {
        Objects.requireNonNull(staleFor, "staleFor");
        MetaDelete mark = MetaDelete.builder(changing(key)).markStale().expiration(Expiration.after(staleFor)).build();
        return router().send(mark, DefaultValueOperations::isDone);
    }

    @Override
    public CompletableFuture<Boolean> touch(String key, Expiration expiration) {
        return items().touch(MetaGet.builder(Key.of(key)).size().touch(expiration), (reply) -> reply instanceof Hit);
    }

    @Override
    public CompletableFuture<@Nullable Long> increment(String key, long delta) {
        return items().count(arithmetic(key, delta).build(), null);
    }

    @Override
    public CompletableFuture<Long> increment(String key, long delta, long initial, Expiration expiration) {
        return count(arithmetic(key, delta), initial, expiration);
    }

    @Override
    public CompletableFuture<@Nullable Long> decrement(String key, long delta) {
        return items().count(arithmetic(key, delta).decrement().build(), null);
    }

    @Override
    public CompletableFuture<Long> decrement(String key, long delta, long initial, Expiration expiration) {
        return count(arithmetic(key, delta).decrement(), initial, expiration);
    }

    private MetaArithmetic.Builder arithmetic(String key, long delta) {
        return MetaArithmetic.builder(changing(key)).delta(delta).value();
    }

    private CompletableFuture<Long> count(MetaArithmetic.Builder arithmetic, long initial, Expiration expiration) {
        return items().count(arithmetic.initial(initial, expiration).build(),
                new UnleasedItems.Initial(initial, expiration));
    }

    @Override
    public <R> CompletableFuture<R> send(MetaRequest<R> request) {
        return send(request, Function.identity());
    }

    /**
     * Refuses to store what is too large, as all other operations do; {@code null} where
     * a request may be sent. What was loaded takes the place of nothing newer.
     */
    private <T extends @Nullable Object> @Nullable CompletableFuture<T> refused(MetaRequest<?> request) {
        if (!(request instanceof MetaSet set) || rules().sizeLimit().permits(set.key(), set.value())) {
            return null;
        }
        return set.isFill() ? CompletableFuture.failedFuture(rules().sizeLimit().refusal(set.key(), set.value()))
                : refuse(set.key(), set.value(), set.mode());
    }

    @Override
    public <R, T extends @Nullable Object> CompletableFuture<T> send(MetaRequest<R> request,
            Function<? super R, ? extends T> meaning) {
        Objects.requireNonNull(meaning, "meaning");
        Objects.requireNonNull(request, "request");
        if (request instanceof MetaSet set && set.isDeletedOnFailure()) {
            changing(set.key());
        }
        CompletableFuture<T> refused = refused(request);
        return (refused != null) ? refused : router().send(request, meaning);
    }

    @Override
    public List<BackendStatus> backends() {
        return membership().backends();
    }

    @Override
    public Membership membership() {
        return lifecycle().membership();
    }

    @Override
    public List<BackendStatus> gutter() {
        return router().gutter();
    }

    @Override
    public KeyRoute explain(String key) {
        return router().explain(Key.of(key));
    }

    @Override
    public KeyCopies copies(String key, int atMost) {
        return RoutedKeyCopies.of(this::router, Key.of(key), atMost);
    }

    @Override
    public long undecodableValues() {
        return lifecycle().runtime().rules().undecodable().count();
    }

    @Override
    public BackgroundLoadStatus backgroundLoads() {
        return lifecycle().runtime().loads().backgroundStatus();
    }

    @Override
    public void start() {
        lifecycle().start();
    }

    @Override
    public void stop() {
        lifecycle().stop();
    }

    @Override
    public boolean isRunning() {
        return lifecycle().isRunning();
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public String toString() {
        return isRunning()
                ? "MemlinkClient" + backends().stream().map((backend) -> backend.address().toString()).toList()
                : "MemlinkClient[not running]";
    }

}
