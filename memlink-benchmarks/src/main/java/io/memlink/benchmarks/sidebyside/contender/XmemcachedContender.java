package io.memlink.benchmarks.sidebyside.contender;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.utils.AddrUtil;
import org.jspecify.annotations.Nullable;

/**
 * Xmemcached with its defaults. It has no asynchronous calls; threads stand in for them.
 */
final class XmemcachedContender implements Contender {

    private static final int THREADS = 64;

    private static final long TIMEOUT_MILLIS = TIMEOUT_SECONDS * 1000;

    private final MemcachedClient client;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    XmemcachedContender(List<String> addresses) throws IOException {
        this.client = new XMemcachedClientBuilder(AddrUtil.getAddresses(String.join(" ", addresses))).build();
    }

    @Override
    public byte @Nullable [] getNow(String key) throws Exception {
        return this.client.get(key, TIMEOUT_MILLIS);
    }

    @Override
    public void setNow(String key, byte[] value) throws Exception {
        this.client.set(key, 0, value, TIMEOUT_MILLIS);
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        return call(() -> this.client.get(key, TIMEOUT_MILLIS));
    }

    @Override
    public CompletionStage<?> set(String key, byte[] value) {
        return call(() -> this.client.set(key, 0, value, TIMEOUT_MILLIS));
    }

    @Override
    public CompletionStage<Map<String, byte[]>> getAll(List<String> keys) {
        return call(() -> this.client.get(keys, TIMEOUT_MILLIS));
    }

    private <T> CompletionStage<T> call(Callable<T> call) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return call.call();
            }
            catch (Exception ex) {
                throw new CompletionException(ex);
            }
        }, this.threads);
    }

    @Override
    public void close() {
        this.threads.shutdown();
        try {
            this.client.shutdown();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
