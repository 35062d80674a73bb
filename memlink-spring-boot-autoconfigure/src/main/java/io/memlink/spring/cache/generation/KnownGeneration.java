package io.memlink.spring.cache.generation;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A generation that was requested, and the operations that wait for it. They begin in the
 * order in which they came, which a future alone does not guarantee. Safe for use by many
 * threads.
 */
final class KnownGeneration {

    private final CompletableFuture<String> text;

    private final long number;

    private final long askedNanos;

    private final WaitingOperations operations;

    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /** Who opens it, in case both the answer and the one before find that it is time. */
    private final AtomicBoolean opening = new AtomicBoolean();

    /** What waits for that one begins first; {@code null} where nothing does. */
    private volatile @Nullable KnownGeneration before;

    /** What was requested next. */
    private volatile @Nullable KnownGeneration next;

    private volatile boolean told;

    /** Set when the last that waited has begun. */
    private volatile boolean open;

    /**
     * Creates a generation.
     * @param text what the server will say
     * @param number tells which was asked for later
     * @param askedNanos when it was
     * @param before was requested before; what waits for it begins first
     * @param operations all that wait, for this one or another
     * @param answered is told of the answer before those that wait begin
     */
    KnownGeneration(CompletableFuture<String> text, long number, long askedNanos, @Nullable KnownGeneration before,
            WaitingOperations operations, BiConsumer<KnownGeneration, @Nullable Throwable> answered) {
        this.text = text;
        this.number = number;
        this.askedNanos = askedNanos;
        this.operations = operations;
        this.before = before;
        if (before != null) {
            before.next = this;
        }
        text.whenComplete((generation, failure) -> {
            answered.accept(this, failure);
            this.told = true;
            openInTurn(this);
        });
    }

    /** One after the other, as there may be many. */
    private static void openInTurn(KnownGeneration first) {
        KnownGeneration each = first;
        while (each != null && each.isItsTurn() && each.opening.compareAndSet(false, true)) {
            each.open();
            each.before = null;
            each = each.next;
        }
    }

    private boolean isItsTurn() {
        KnownGeneration before = this.before;
        return this.told && (before == null || before.open);
    }

    private void open() {
        while (true) {
            Runnable next;
            synchronized (this) {
                next = this.waiting.poll();
                this.open = next == null;
            }
            if (next == null) {
                return;
            }
            next.run();
        }
    }

    /**
     * Begins an operation after all that came before it. What comes after it may begin
     * before it.
     */
    <T extends @Nullable Object> CompletableFuture<T> then(Function<String, CompletableFuture<T>> operation) {
        return then(operation, () -> {
        }, () -> {
        });
    }

    /**
     * Begins an operation after all that came before it, and before what comes after it.
     * @param begunIn the generation in which it has begun already; {@code null} for none
     */
    <T extends @Nullable Object> CompletableFuture<T> thenInOrder(@Nullable String begunIn,
            Function<String, CompletableFuture<T>> operation) {
        // Where nothing waits, the path of each hit, nothing is made for waiting.
        return this.open ? begin(operation)
                : then(operation, () -> this.operations.add(begunIn), this.operations::remove);
    }

    private <T extends @Nullable Object> CompletableFuture<T> then(Function<String, CompletableFuture<T>> operation,
            Runnable waits, Runnable begun) {
        if (!this.open) {
            synchronized (this) {
                if (!this.open) {
                    CompletableFuture<T> result = new CompletableFuture<>();
                    waits.run();
                    this.waiting.add(() -> {
                        CompletableFuture<T> operating;
                        try {
                            operating = begin(operation);
                        }
                        finally {
                            begun.run();
                        }
                        // Last, as whoever sees the result may call the next one.
                        tell(operating, result);
                    });
                    return result;
                }
            }
        }
        return begin(operation);
    }

    private static <T extends @Nullable Object> void tell(CompletableFuture<T> operating, CompletableFuture<T> result) {
        operating.whenComplete((value, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
            }
            else {
                result.complete(value);
            }
        });
    }

    private <T extends @Nullable Object> CompletableFuture<T> begin(Function<String, CompletableFuture<T>> operation) {
        return isAnswered() ? operation.apply(text()) : this.text.thenCompose(operation);
    }

    private boolean isAnswered() {
        return this.text.isDone() && !this.text.isCompletedExceptionally();
    }

    /** Returns the generation; only once it was answered. */
    String text() {
        return this.text.join();
    }

    long number() {
        return this.number;
    }

    boolean isPending() {
        return !this.open;
    }

    long age(long nowNanos) {
        return nowNanos - this.askedNanos;
    }

}
