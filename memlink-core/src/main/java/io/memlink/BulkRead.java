package io.memlink;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

import io.memlink.error.MemlinkException;
import org.jspecify.annotations.Nullable;

/**
 * Reads many keys with a bounded number of them under way, however many there are. Each
 * read that ends begins the next. Safe for use by many threads.
 *
 * @param <V> the type of the values
 */
final class BulkRead<V> {

    /** Enough to keep all backends busy, and a fraction of what one connection takes. */
    private static final int WINDOW = 512;

    private final List<String> keys;

    private final IntFunction<CompletableFuture<@Nullable V>> read;

    /** By position: a value, a {@link MemlinkException}, or nothing for a miss. */
    private final AtomicReferenceArray<@Nullable Object> outcomes;

    private final AtomicInteger next = new AtomicInteger();

    private final AtomicInteger pending;

    private final CompletableFuture<BulkResult<V>> result = new CompletableFuture<>();

    private BulkRead(List<String> keys, IntFunction<CompletableFuture<@Nullable V>> read) {
        this.keys = keys;
        this.read = read;
        this.outcomes = new AtomicReferenceArray<>(keys.size());
        this.pending = new AtomicInteger(keys.size());
    }

    /** Reads keys that differ; the function reads one by its position. */
    static <V> CompletableFuture<BulkResult<V>> of(List<String> keys,
            IntFunction<CompletableFuture<@Nullable V>> read) {
        BulkRead<V> bulk = new BulkRead<>(keys, read);
        if (bulk.keys.isEmpty()) {
            bulk.finish();
        }
        for (int i = 0; i < Math.min(WINDOW, bulk.keys.size()); i++) {
            bulk.advance();
        }
        return bulk.result;
    }

    /**
     * Begins reads until one is under way, or none is left. A loop, since reads may end
     * at once.
     */
    private void advance() {
        int index = this.next.getAndIncrement();
        while (index < this.keys.size()) {
            CompletableFuture<@Nullable V> reply = this.read.apply(index);
            int position = index;
            if (!reply.isDone()) {
                reply.whenComplete((value, failure) -> {
                    end(position, value, failure);
                    advance();
                });
                return;
            }
            reply.whenComplete((value, failure) -> end(position, value, failure));
            index = this.next.getAndIncrement();
        }
    }

    private void end(int index, @Nullable V value, @Nullable Throwable failure) {
        this.outcomes.set(index, (failure != null) ? failure : value);
        if (this.pending.decrementAndGet() == 0) {
            finish();
        }
    }

    private void finish() {
        Map<String, V> hits = new LinkedHashMap<>();
        Map<String, MemlinkException> failures = new LinkedHashMap<>();
        for (int i = 0; i < this.keys.size(); i++) {
            Object outcome = this.outcomes.get(i);
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
