package io.memlink.cluster.routing;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.link.loop.CallFuture;
import io.memlink.meta.Key;
import io.memlink.time.Timers;
import io.memlink.time.Trampoline;
import org.jspecify.annotations.Nullable;

/**
 * The order of operations on one key while one of them takes several requests: what is
 * called meanwhile waits for its turn, so that operations of one client reach the server
 * in the order of their calls. Each key with such an operation has a chain of turns; a
 * turn begins when the one before it has ended, and is given up where that takes longer
 * than the timeout. Keys without one cost a look at an empty map. Safe for use by many
 * threads.
 */
final class KeyTurns {

    private final Timers timers;

    private final long timeoutNanos;

    /** The end of the last turn of each key that has one. */
    private final Map<Key, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

    /** One turn ends where the next begins, and thousands may wait for one key. */
    private final Trampoline begins = new Trampoline();

    KeyTurns(Timers timers, long timeoutNanos) {
        this.timers = timers;
        this.timeoutNanos = timeoutNanos;
    }

    /** Returns whether requests for a key may be sent at once. */
    boolean isFree(Key key) {
        return this.last.isEmpty() || !this.last.containsKey(key);
    }

    /** Operates on a key once those before have ended. */
    <T extends @Nullable Object> CompletableFuture<T> take(Key key, Supplier<CompletableFuture<T>> operation) {
        return take(key, operation, (failure) -> {
        });
    }

    /**
     * Operates on a key once those before have ended.
     * @param neverBegun told instead where it ends before its turn has come, before its
     * result and those behind it; where it was given up, once more when its turn comes
     */
    <T extends @Nullable Object> CompletableFuture<T> take(Key key, Supplier<CompletableFuture<T>> operation,
            Consumer<Throwable> neverBegun) {
        CompletableFuture<T> result = new CallFuture<>();
        CompletableFuture<Void> turn = new CompletableFuture<>();
        CompletableFuture<Void> before = this.last.put(key, turn);
        AtomicBoolean begun = new AtomicBoolean();
        if (before == null) {
            begin(key, turn, begun, operation, result, neverBegun);
            return result;
        }
        before.whenComplete((nothing, failure) -> this.begins
            .execute(() -> begin(key, turn, begun, operation, result, neverBegun)));
        if (!begun.get()) {
            this.timers.schedule(() -> giveUp(begun, result, neverBegun), this.timeoutNanos);
        }
        return result;
    }

    private <T extends @Nullable Object> void begin(Key key, CompletableFuture<Void> turn, AtomicBoolean begun,
            Supplier<CompletableFuture<T>> operation, CompletableFuture<T> result, Consumer<Throwable> neverBegun) {
        if (!begun.compareAndSet(false, true)) {
            // What was called before has gone on since, and may have been done last.
            tell(neverBegun, givenUp());
            end(key, turn);
            return;
        }
        if (result.isDone()) {
            tell(neverBegun, new CancellationException("ended by its caller"));
            end(key, turn);
            return;
        }
        CompletableFuture<T> operating;
        try {
            operating = operation.get();
        }
        catch (Throwable ex) {
            operating = CompletableFuture.failedFuture(ex);
        }
        operating.whenComplete((value, failure) -> {
            end(key, turn);
            if (failure != null) {
                result.completeExceptionally(unwrap(failure));
            }
            else {
                result.complete(value);
            }
        });
    }

    private void giveUp(AtomicBoolean begun, CompletableFuture<?> result, Consumer<Throwable> neverBegun) {
        if (begun.compareAndSet(false, true)) {
            MemlinkTimeoutException failure = givenUp();
            tell(neverBegun, failure);
            result.completeExceptionally(failure);
        }
    }

    private static MemlinkTimeoutException givenUp() {
        return new MemlinkTimeoutException(Outcome.NOT_SENT,
                "key: timed out before the operations on it that were called earlier had ended");
    }

    private static void tell(Consumer<Throwable> neverBegun, Throwable failure) {
        try {
            neverBegun.accept(failure);
        }
        catch (Throwable ex) {
            // The operation ends, and so does its turn.
        }
    }

    private void end(Key key, CompletableFuture<Void> turn) {
        this.last.remove(key, turn);
        turn.complete(null);
    }

    /** Returns what a stage failed with in the first place. */
    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return (failure instanceof CompletionException && cause != null) ? cause : failure;
    }

}
