package io.memlink.benchmarks.sidebyside.contender;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import net.spy.memcached.AddrUtil;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.transcoders.SerializingTranscoder;
import org.jspecify.annotations.Nullable;

/** Spymemcached with its defaults, but for compression, which nobody else does. */
final class SpymemcachedContender implements Contender {

    private final MemcachedClient client;

    SpymemcachedContender(List<String> addresses) throws IOException {
        SerializingTranscoder uncompressed = new SerializingTranscoder();
        uncompressed.setCompressionThreshold(Integer.MAX_VALUE);
        this.client = new MemcachedClient(new ConnectionFactoryBuilder().setTranscoder(uncompressed).build(),
                AddrUtil.getAddresses(addresses));
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        CompletableFuture<byte @Nullable []> result = new CompletableFuture<>();
        this.client.asyncGet(key).addListener((done) -> complete(result, done));
        return result;
    }

    @Override
    public CompletionStage<?> set(String key, byte[] value) {
        CompletableFuture<Object> result = new CompletableFuture<>();
        this.client.set(key, 0, value).addListener((done) -> complete(result, done));
        return result;
    }

    @Override
    public CompletionStage<Map<String, byte[]>> getAll(List<String> keys) {
        CompletableFuture<Map<String, byte[]>> result = new CompletableFuture<>();
        this.client.asyncGetBulk(keys).addListener((done) -> complete(result, done));
        return result;
    }

    @SuppressWarnings("unchecked")
    private static <T> void complete(CompletableFuture<T> result, Future<?> done) {
        try {
            result.complete((T) done.get());
        }
        catch (Exception ex) {
            result.completeExceptionally(ex);
        }
    }

    @Override
    public byte @Nullable [] getNow(String key) {
        return (byte[]) this.client.get(key);
    }

    @Override
    public void setNow(String key, byte[] value) throws Exception {
        this.client.set(key, 0, value).get();
    }

    @Override
    public void close() {
        this.client.shutdown();
    }

}
