package io.memlink.benchmarks.sidebyside.contender;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A client as the loads use it. Safe for use by many threads. Each method is the shortest
 * way that the client offers, without a conversion that its users would not need.
 */
public interface Contender extends AutoCloseable {

    /** How long a synchronous call waits at most. */
    long TIMEOUT_SECONDS = 5;

    /** Reads a value; completed with {@code null} for a miss. */
    CompletionStage<byte @Nullable []> get(String key);

    /** Stores a value. */
    CompletionStage<?> set(String key, byte[] value);

    /** Reads many values. */
    CompletionStage<Map<String, byte[]>> getAll(List<String> keys);

    /** Reads a value and waits for it. */
    default byte @Nullable [] getNow(String key) throws Exception {
        return get(key).toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Stores a value and waits until it is stored. */
    default void setNow(String key, byte[] value) throws Exception {
        set(key, value).toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    void close();

}
