package io.memlink.cluster.routing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.ObjIntConsumer;

import io.memlink.cluster.routing.KeyWindows.Again;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.link.loop.CallFuture;
import io.memlink.meta.Key;
import io.memlink.placement.Backend;
import org.jspecify.annotations.Nullable;

/**
 * The same operation on many keys, in {@link KeyWindows} of what belongs to each backend:
 * the operation by itself is refused at no bound of the client, and follows the backends.
 * Safe for use by many threads.
 *
 * @param <T> the type of what each operation yields
 */
public final class BulkOperation<T> implements KeyWindows.Traffic {

    private static final Object NOTHING = new Object();

    private final Router.@Nullable Bulk router;

    private final List<String> names;

    private final List<Key> keys;

    private final Function<Key, Backend> owner;

    private final IntUnaryOperator bytes;

    private final IntFunction<CompletableFuture<@Nullable T>> operation;

    private final ObjIntConsumer<Throwable> undone;

    /** By position, once it has ended: a value, a failure, or what stands for a miss. */
    private final AtomicReferenceArray<@Nullable Object> outcomes;

    private final AtomicInteger pending;

    private final CompletableFuture<BulkOutcome<T>> result = new CallFuture<>();

    private BulkOperation(Router.@Nullable Bulk router, List<String> names, List<Key> keys,
            Function<Key, Backend> owner, IntUnaryOperator bytes, IntFunction<CompletableFuture<@Nullable T>> operation,
            ObjIntConsumer<Throwable> undone) {
        this.router = router;
        this.names = names;
        this.keys = keys;
        this.owner = owner;
        this.bytes = bytes;
        this.operation = operation;
        this.undone = undone;
        this.outcomes = new AtomicReferenceArray<>(names.size());
        this.pending = new AtomicInteger(names.size());
    }

    /**
     * Begins an operation on keys whose owners stay the same.
     * @param names keys that differ
     * @param keys the same, in the same order
     * @param owner tells which backend a key belongs to
     * @param operation operates on one key, by its position
     */
    static <T> CompletableFuture<BulkOutcome<T>> of(List<String> names, List<Key> keys, Function<Key, Backend> owner,
            IntFunction<CompletableFuture<@Nullable T>> operation) {
        return new BulkOperation<>(null, names, keys, owner, (index) -> 0, operation, (failure, index) -> {
        }).begin(BulkLimits.DEFAULT);
    }

    /**
     * Begins.
     * @param router sends the requests
     * @param names keys that differ
     * @param keys the same, in the same order
     * @param bytes about how many bytes the request for a key has, by its position
     * @param operation sends the request for one key, by its position; is called again
     * for a key that was refused at a bound
     */
    public static <T> CompletableFuture<BulkOutcome<T>> of(Router router, List<String> names, List<Key> keys,
            IntUnaryOperator bytes, IntFunction<CompletableFuture<@Nullable T>> operation) {
        return of(router, names, keys, bytes, operation, (failure, index) -> {
        });
    }

    /**
     * Begins, and tells of keys whose operation may not be done.
     * @param router sends the requests
     * @param names keys that differ
     * @param keys the same, in the same order
     * @param bytes about how many bytes the request for a key has, by its position
     * @param operation sends the request for one key, by its position; is called again
     * for a key that was refused at a bound
     * @param undone told of such a key, by its position, and why: it is given up before
     * its operation has begun; or the whole is cancelled before it has ended, and once
     * more if it ends after that
     */
    public static <T> CompletableFuture<BulkOutcome<T>> of(Router router, List<String> names, List<Key> keys,
            IntUnaryOperator bytes, IntFunction<CompletableFuture<@Nullable T>> operation,
            ObjIntConsumer<Throwable> undone) {
        return new BulkOperation<>(router.bulk(), names, keys, router::owner, bytes, operation, undone)
            .begin(router.bulk().limits());
    }

    private CompletableFuture<BulkOutcome<T>> begin(BulkLimits limits) {
        if (this.names.isEmpty()) {
            finish();
        }
        else {
            this.result.whenComplete((outcome, failure) -> cancelled());
            new KeyWindows(this, this.names.size(), 1, limits).begin();
        }
        return this.result;
    }

    /** Its caller will hear of no key any more. */
    private void cancelled() {
        if (this.result.isCancelled()) {
            CancellationException reason = cancellation();
            for (int i = 0; i < this.names.size(); i++) {
                if (this.outcomes.get(i) == null) {
                    this.undone.accept(reason, i);
                }
            }
        }
    }

    private static CancellationException cancellation() {
        return new CancellationException("ended by its caller");
    }

    @Override
    public Object membership() {
        return (this.router != null) ? this.router.membership() : this;
    }

    @Override
    public Object lane(int position) {
        return this.owner.apply(this.keys.get(position));
    }

    @Override
    public BulkShare share(Object lane) {
        return (this.router != null) ? this.router.share((Backend) lane) : new BulkShare(BulkLimits.DEFAULT);
    }

    @Override
    public int bytes(int position) {
        return this.bytes.applyAsInt(position);
    }

    @Override
    public CompletableFuture<Again> send(Object lane, int[] positions) {
        Object membership = membership();
        return operate(positions[0]).handle((value, failure) -> ended(positions, membership, value,
                (failure != null) ? KeyTurns.unwrap(failure) : null));
    }

    private CompletableFuture<@Nullable T> operate(int position) {
        if (this.result.isCancelled()) {
            return CompletableFuture.failedFuture(cancellation());
        }
        try {
            return this.operation.apply(position);
        }
        catch (Throwable ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    private Again ended(int[] positions, Object membership, @Nullable T value, @Nullable Throwable failure) {
        if (failure instanceof MemlinkOverloadedException refusal) {
            return new Again(positions, refusal, null);
        }
        if (failure instanceof MemlinkException known && known.outcome() == Outcome.NOT_SENT
                && membership != membership()) {
            return new Again(positions, null, null);
        }
        end(positions[0], value, failure);
        return (failure instanceof MemlinkTimeoutException timeout) ? new Again(new int[0], null, timeout)
                : Again.NOTHING;
    }

    @Override
    public void giveUp(int position, MemlinkException failure) {
        this.undone.accept(failure, position);
        end(position, null, failure);
    }

    @Override
    public void broken(Throwable failure) {
        this.result.completeExceptionally(failure);
    }

    @Override
    public void later(Runnable step, long nanos) {
        if (this.router != null) {
            this.router.timers().scheduleInAnyCase(step, nanos);
        }
        else {
            step.run();
        }
    }

    @Override
    public long nanoTime() {
        return (this.router != null) ? this.router.timers().nanoTime() : 0;
    }

    private void end(int position, @Nullable T value, @Nullable Throwable failure) {
        this.outcomes.set(position, (failure != null) ? new Failed(failure) : (value != null) ? value : NOTHING);
        if (this.result.isCancelled()) {
            this.undone.accept(cancellation(), position);
        }
        if (this.pending.decrementAndGet() == 0) {
            finish();
        }
    }

    private void finish() {
        Map<String, T> hits = new LinkedHashMap<>();
        Map<String, MemlinkException> failures = new LinkedHashMap<>();
        Map<String, Throwable> unexpected = new LinkedHashMap<>();
        for (int i = 0; i < this.names.size(); i++) {
            Object outcome = this.outcomes.get(i);
            if (outcome instanceof Failed failed) {
                if (failed.cause() instanceof MemlinkException failure) {
                    failures.put(this.names.get(i), failure);
                }
                else {
                    unexpected.put(this.names.get(i), failed.cause());
                }
            }
            else if (outcome != null && outcome != NOTHING) {
                hits.put(this.names.get(i), value(outcome));
            }
        }
        this.result.complete(new BulkOutcome<>(Collections.unmodifiableMap(hits), Collections.unmodifiableMap(failures),
                Collections.unmodifiableMap(unexpected)));
    }

    @SuppressWarnings("unchecked")
    private T value(Object outcome) {
        return (T) outcome;
    }

    /**
     * The failure of a key.
     *
     * @param cause the failure
     */
    private record Failed(Throwable cause) {
    }

}
