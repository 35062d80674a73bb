package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.memlink.BlockingMemlinkClient;
import io.memlink.BulkWriteResult;
import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.ValueOperations;
import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.Invalidation;
import io.memlink.cluster.KeyRoute;
import io.memlink.cluster.Membership;
import io.memlink.meta.Expiration;
import io.memlink.meta.MetaRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * A client that starts and stops with the application context, more than once where the
 * context is paused or restored from a checkpoint. Safe for use by many threads.
 * Operations before the first start begin the client early.
 */
final class RestartableMemlinkClient extends RestartableValueOperations<byte[]>
        implements MemlinkClient, SmartLifecycle {

    private final RunningClient client;

    private final BlockingMemlinkClient blocking = BlockingMemlinkClient.of(this);

    RestartableMemlinkClient(RunningClient client) {
        super(client::get);
        this.client = client;
    }

    @Override
    public void start() {
        this.client.start();
    }

    @Override
    public void stop() {
        this.client.stop();
    }

    @Override
    public boolean isRunning() {
        return this.client.isRunning();
    }

    @Override
    public int getPhase() {
        // Before the web server takes requests, and after it has finished them.
        return 0;
    }

    @Override
    public <V> ValueOperations<V> with(Transcoder<V> transcoder) {
        return new RestartableValueOperations<>(() -> this.client.get().with(transcoder));
    }

    @Override
    public BlockingMemlinkClient blocking() {
        return this.blocking;
    }

    @Override
    public CompletableFuture<Boolean> delete(String key) {
        return this.client.get().delete(key);
    }

    @Override
    public CompletableFuture<BulkWriteResult> deleteAll(Collection<String> keys) {
        return this.client.get().deleteAll(keys);
    }

    @Override
    public CompletableFuture<Invalidation> invalidate(String key) {
        return this.client.get().invalidate(key);
    }

    @Override
    public CompletableFuture<Boolean> markStale(String key, Duration staleFor) {
        return this.client.get().markStale(key, staleFor);
    }

    @Override
    public CompletableFuture<Boolean> touch(String key, Expiration expiration) {
        return this.client.get().touch(key, expiration);
    }

    @Override
    public CompletableFuture<@Nullable Long> increment(String key, long delta) {
        return this.client.get().increment(key, delta);
    }

    @Override
    public CompletableFuture<Long> increment(String key, long delta, long initial, Expiration expiration) {
        return this.client.get().increment(key, delta, initial, expiration);
    }

    @Override
    public CompletableFuture<@Nullable Long> decrement(String key, long delta) {
        return this.client.get().decrement(key, delta);
    }

    @Override
    public CompletableFuture<Long> decrement(String key, long delta, long initial, Expiration expiration) {
        return this.client.get().decrement(key, delta, initial, expiration);
    }

    @Override
    public <R> CompletableFuture<R> send(MetaRequest<R> request) {
        return this.client.get().send(request);
    }

    @Override
    public List<BackendStatus> backends() {
        return this.client.get().backends();
    }

    @Override
    public Membership membership() {
        return this.client.get().membership();
    }

    @Override
    public List<BackendStatus> gutter() {
        return this.client.get().gutter();
    }

    @Override
    public KeyRoute explain(String key) {
        return this.client.get().explain(key);
    }

    @Override
    public long undecodableValues() {
        return this.client.get().undecodableValues();
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public String toString() {
        return this.client.isRunning() ? this.client.get().toString() : "MemlinkClient[not running]";
    }

}
