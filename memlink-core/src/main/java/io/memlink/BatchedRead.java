package io.memlink;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.memlink.cluster.Router;
import io.memlink.error.MemlinkException;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import org.jspecify.annotations.Nullable;

/**
 * Reads many keys, and collects what became of each. Safe for use by many threads.
 *
 * @param <V> the type of the values
 */
final class BatchedRead<V> implements Router.Results {

    private final List<String> keys;

    private final Function<MetaReply, @Nullable V> meaning;

    /**
     * By position: a value, a failure, or nothing for a miss. Published by the counter,
     * since nobody reads it before all are there.
     */
    private final @Nullable Object[] outcomes;

    private final AtomicInteger pending;

    private final CompletableFuture<BulkResult<V>> result = new CompletableFuture<>();

    private BatchedRead(List<String> keys, Function<MetaReply, @Nullable V> meaning) {
        this.keys = keys;
        this.meaning = meaning;
        this.outcomes = new @Nullable Object[keys.size()];
        this.pending = new AtomicInteger(keys.size());
    }

    /** Sends reads, by key; the function tells what a reply means. */
    static <V> CompletableFuture<BulkResult<V>> of(Map<String, MetaGet> reads, Router router,
            Function<MetaReply, @Nullable V> meaning) {
        BatchedRead<V> bulk = new BatchedRead<>(List.copyOf(reads.keySet()), meaning);
        if (reads.isEmpty()) {
            bulk.finish();
        }
        else {
            router.sendAll(List.copyOf(reads.values()), bulk);
        }
        return bulk.result;
    }

    @Override
    public void ended(int index, @Nullable MetaReply reply, @Nullable Throwable failure) {
        this.outcomes[index] = (reply != null) ? outcome(reply) : failure;
        if (this.pending.decrementAndGet() == 0) {
            finish();
        }
    }

    private @Nullable Object outcome(MetaReply reply) {
        try {
            return this.meaning.apply(reply);
        }
        catch (Throwable ex) {
            return ex;
        }
    }

    private void finish() {
        Map<String, V> hits = new LinkedHashMap<>(2 * this.outcomes.length);
        Map<String, MemlinkException> failures = new LinkedHashMap<>();
        for (int i = 0; i < this.outcomes.length; i++) {
            Object outcome = this.outcomes[i];
            if (outcome instanceof MemlinkException failure) {
                failures.put(this.keys.get(i), failure);
            }
            else if (outcome instanceof Throwable unexpected) {
                this.result.completeExceptionally(new CompletionException(unexpected));
                return;
            }
            else if (outcome != null) {
                hits.put(this.keys.get(i), value(outcome));
            }
        }
        this.result
            .complete(new BulkResult<>(Collections.unmodifiableMap(hits), Collections.unmodifiableMap(failures)));
    }

    @SuppressWarnings("unchecked")
    private V value(Object outcome) {
        return (V) outcome;
    }

}
