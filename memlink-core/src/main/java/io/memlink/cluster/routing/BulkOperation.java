package io.memlink.cluster.routing;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.IntFunction;

import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.meta.Key;
import io.memlink.placement.Backend;
import org.jspecify.annotations.Nullable;

/**
 * The same operation on many keys, with a bounded number of them under way at each
 * backend, however many there are: each one that ends begins the next of its backend. A
 * backend that lets one time out is asked for no more. Safe for use by many threads.
 *
 * @param <T> the type of what each operation yields
 */
public final class BulkOperation<T> {

    /** Enough to keep a backend busy, and a fraction of what one connection takes. */
    private static final int WINDOW = 512;

    private final List<String> names;

    private final IntFunction<CompletableFuture<@Nullable T>> operation;

    /** By position: a value, a {@link MemlinkException}, or nothing for a miss. */
    private final AtomicReferenceArray<@Nullable Object> outcomes;

    private final AtomicInteger pending;

    private final CompletableFuture<BulkOutcome<T>> result = new CompletableFuture<>();

    private BulkOperation(List<String> names, IntFunction<CompletableFuture<@Nullable T>> operation) {
        this.names = names;
        this.operation = operation;
        this.outcomes = new AtomicReferenceArray<>(names.size());
        this.pending = new AtomicInteger(names.size());
    }

    /**
     * Begins.
     * @param names keys that differ
     * @param keys the same, in the same order
     * @param owner tells which backend a key belongs to
     * @param operation operates on one key, by its position
     */
    public static <T> CompletableFuture<BulkOutcome<T>> of(List<String> names, List<Key> keys,
            Function<Key, Backend> owner, IntFunction<CompletableFuture<@Nullable T>> operation) {
        BulkOperation<T> bulk = new BulkOperation<>(names, operation);
        if (names.isEmpty()) {
            bulk.finish();
        }
        for (BulkOperation<T>.Lane lane : bulk.lanes(keys, owner)) {
            lane.begin();
        }
        return bulk.result;
    }

    private List<Lane> lanes(List<Key> keys, Function<Key, Backend> owner) {
        Map<Backend, Lane> lanes = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            lanes.computeIfAbsent(owner.apply(keys.get(i)), (backend) -> new Lane()).add(i);
        }
        return List.copyOf(lanes.values());
    }

    private void end(int position, @Nullable T value, @Nullable Throwable failure) {
        this.outcomes.set(position, (failure != null) ? failure : value);
        if (this.pending.decrementAndGet() == 0) {
            finish();
        }
    }

    private void finish() {
        Map<String, T> hits = new LinkedHashMap<>();
        Map<String, MemlinkException> failures = new LinkedHashMap<>();
        for (int i = 0; i < this.names.size(); i++) {
            Object outcome = this.outcomes.get(i);
            if (outcome instanceof MemlinkException failure) {
                failures.put(this.names.get(i), failure);
            }
            else if (outcome instanceof Throwable unexpected) {
                this.result.completeExceptionally(new CompletionException(unexpected));
                return;
            }
            else if (outcome != null) {
                hits.put(this.names.get(i), value(outcome));
            }
        }
        this.result
            .complete(new BulkOutcome<>(Collections.unmodifiableMap(hits), Collections.unmodifiableMap(failures)));
    }

    @SuppressWarnings("unchecked")
    private T value(Object outcome) {
        return (T) outcome;
    }

    /** What belongs to one backend. */
    private final class Lane {

        private int[] positions = new int[16];

        private int size;

        private final AtomicInteger next = new AtomicInteger();

        /** Why the backend is asked for no more. */
        private volatile @Nullable MemlinkTimeoutException refusal;

        void add(int position) {
            if (this.size == this.positions.length) {
                this.positions = Arrays.copyOf(this.positions, this.size * 2);
            }
            this.positions[this.size++] = position;
        }

        void begin() {
            for (int i = 0; i < Math.min(WINDOW, this.size); i++) {
                advance();
            }
        }

        /**
         * Begins operations until one is under way, or none is left. A loop, since they
         * may end at once.
         */
        private void advance() {
            int index = this.next.getAndIncrement();
            while (index < this.size) {
                int position = this.positions[index];
                MemlinkTimeoutException refusal = this.refusal;
                if (refusal != null) {
                    end(position, null, refusal);
                }
                else if (beganOneThatWaits(position)) {
                    return;
                }
                index = this.next.getAndIncrement();
            }
        }

        private boolean beganOneThatWaits(int position) {
            CompletableFuture<@Nullable T> reply = BulkOperation.this.operation.apply(position);
            boolean waits = !reply.isDone();
            reply.whenComplete((value, failure) -> {
                if (failure instanceof MemlinkTimeoutException timeout && this.refusal == null) {
                    this.refusal = new MemlinkTimeoutException(Outcome.NOT_SENT,
                            "Not sent, since for another key of the same operation: " + timeout.getMessage());
                }
                end(position, value, failure);
                if (waits) {
                    advance();
                }
            });
            return waits;
        }

    }

}
