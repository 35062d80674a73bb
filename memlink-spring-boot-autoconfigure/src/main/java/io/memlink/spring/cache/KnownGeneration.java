package io.memlink.spring.cache;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A generation that was asked for, and the operations that wait for the answer. They
 * begin in the order in which they came, which a future alone would not see to: it calls
 * back in the reverse order. Safe for use by many threads.
 */
final class KnownGeneration {

    private final CompletableFuture<String> text;

    private final long askedNanos;

    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /** Set when the last that waited has begun. */
    private volatile boolean open;

    KnownGeneration(CompletableFuture<String> text, long askedNanos) {
        this.text = text;
        this.askedNanos = askedNanos;
        text.whenComplete((generation, failure) -> open());
    }

    private void open() {
        while (true) {
            Runnable next;
            synchronized (this) {
                next = this.waiting.poll();
                if (next == null) {
                    this.open = true;
                    return;
                }
            }
            next.run();
        }
    }

    /** Begins an operation after all that came before it. */
    <T extends @Nullable Object> CompletableFuture<T> then(Function<String, CompletableFuture<T>> operation) {
        if (!this.open) {
            synchronized (this) {
                if (!this.open) {
                    CompletableFuture<T> result = new CompletableFuture<>();
                    this.waiting.add(() -> begin(operation).whenComplete((value, failure) -> {
                        if (failure != null) {
                            result.completeExceptionally(failure);
                        }
                        else {
                            result.complete(value);
                        }
                    }));
                    return result;
                }
            }
        }
        return begin(operation);
    }

    private <T extends @Nullable Object> CompletableFuture<T> begin(Function<String, CompletableFuture<T>> operation) {
        return this.text.thenCompose(operation);
    }

    CompletableFuture<String> text() {
        return this.text;
    }

    boolean isPending() {
        return !this.text.isDone();
    }

    /** Returns whether this may be relied on: it is known, or will be, and is not old. */
    boolean isValid(long nowNanos, long maxAgeNanos) {
        return nowNanos - this.askedNanos < maxAgeNanos && !this.text.isCompletedExceptionally();
    }

}
