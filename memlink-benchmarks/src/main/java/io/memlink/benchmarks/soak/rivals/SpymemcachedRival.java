package io.memlink.benchmarks.soak.rivals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import net.spy.memcached.DefaultConnectionFactory;
import net.spy.memcached.DefaultHashAlgorithm;
import net.spy.memcached.FailureMode;
import net.spy.memcached.KetamaConnectionFactory;
import net.spy.memcached.KetamaNodeKeyFormatter;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.internal.OperationFuture;
import net.spy.memcached.ops.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * Spymemcached with its {@code KetamaConnectionFactory}, whose default failure mode is to
 * redistribute. The timeout is that of calls that wait: others have none.
 */
final class SpymemcachedRival implements RivalClient {

    private final MemcachedClient client;

    SpymemcachedRival(List<InetSocketAddress> addresses, FailureMode mode) throws IOException {
        this.client = new MemcachedClient(new KetamaConnectionFactory(DefaultConnectionFactory.DEFAULT_OP_QUEUE_LEN,
                DefaultConnectionFactory.DEFAULT_READ_BUFFER_SIZE,
                DefaultConnectionFactory.DEFAULT_OP_QUEUE_MAX_BLOCK_TIME, DefaultHashAlgorithm.KETAMA_HASH,
                KetamaNodeKeyFormatter.Format.LIBMEMCACHED, Map.of()) {

            @Override
            public long getOperationTimeout() {
                return TIMEOUT_MILLIS;
            }

            @Override
            public FailureMode getFailureMode() {
                return mode;
            }

        }, addresses);
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        CompletableFuture<byte @Nullable []> result = new CompletableFuture<>();
        this.client.asyncGet(key).addListener((done) -> {
            try {
                result.complete((byte[]) done.get());
            }
            catch (Exception ex) {
                result.completeExceptionally(ex);
            }
        });
        return result;
    }

    @Override
    public byte @Nullable [] getNow(String key) {
        return (byte[]) this.client.get(key);
    }

    @Override
    public void setNow(String key, byte[] value) throws Exception {
        require(this.client.set(key, 0, value), StatusCode.SUCCESS);
    }

    @Override
    public void deleteNow(String key) throws Exception {
        require(this.client.delete(key), StatusCode.ERR_NOT_FOUND);
    }

    // It tells "not found" as a failure, which it is not.
    private static void require(OperationFuture<Boolean> call, StatusCode other)
            throws InterruptedException, ExecutionException, NotDoneException {
        if (!call.get() && call.getStatus().getStatusCode() != other) {
            throw new NotDoneException(String.valueOf(call.getStatus()));
        }
    }

    @Override
    public void close() {
        this.client.shutdown();
    }

}
