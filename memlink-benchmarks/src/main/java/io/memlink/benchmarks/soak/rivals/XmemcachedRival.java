package io.memlink.benchmarks.soak.rivals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import net.rubyeye.xmemcached.HashAlgorithm;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.impl.KetamaMemcachedSessionLocator;
import org.jspecify.annotations.Nullable;

/**
 * Xmemcached with consistent hashing; all else are its defaults. It has no asynchronous
 * calls; threads stand in for them.
 */
final class XmemcachedRival implements RivalClient {

    private final MemcachedClient client;

    private final ExecutorService threads = Executors.newFixedThreadPool(RivalCallers.WINDOW);

    XmemcachedRival(List<InetSocketAddress> addresses, boolean failureMode) throws IOException {
        XMemcachedClientBuilder builder = new XMemcachedClientBuilder(addresses);
        // Names are hashed instead of addresses.
        builder.setSessionLocator(new KetamaMemcachedSessionLocator(HashAlgorithm.KETAMA_HASH, false, true));
        builder.setResolveInetAddresses(false);
        builder.setFailureMode(failureMode);
        builder.setOpTimeout(TIMEOUT_MILLIS);
        builder.setConnectTimeout(TIMEOUT_MILLIS);
        this.client = builder.build();
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return getNow(key);
            }
            catch (Exception ex) {
                throw new CompletionException(ex);
            }
        }, this.threads);
    }

    @Override
    public byte @Nullable [] getNow(String key) throws Exception {
        return this.client.get(key);
    }

    @Override
    public void setNow(String key, byte[] value) throws Exception {
        if (!this.client.set(key, 0, value)) {
            throw new NotDoneException("not stored");
        }
    }

    @Override
    public void deleteNow(String key) throws Exception {
        this.client.delete(key);
    }

    @Override
    public void close() throws IOException {
        this.threads.shutdown();
        this.client.shutdown();
    }

}
