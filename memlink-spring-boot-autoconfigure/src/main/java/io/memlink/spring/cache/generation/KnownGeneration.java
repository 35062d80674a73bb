package io.memlink.spring.cache.generation;

import java.util.ArrayDeque;
import java.util.Objects;
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

    private final CompletableFuture<Long> found = new CompletableFuture<>();

    private final Function<KnownGeneration, @Nullable String> name;

    private final long number;

    private final long askedNanos;

    private final WaitingOperations operations;

    private final BiConsumer<KnownGeneration, @Nullable Throwable> answered;

    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /** Who opens it, in case both the answer and the one before find that it is time. */
    private final AtomicBoolean opening = new AtomicBoolean();

    /** What waits for that one begins first; {@code null} where nothing does. */
    private volatile @Nullable KnownGeneration before;

    /** What was requested next. */
    private volatile @Nullable KnownGeneration next;

    /**
     * How the generation is called, as of its answer, and again as of when it opens:
     * others may have been told meanwhile. {@code null} where nobody could tell.
     */
    private volatile @Nullable String text;

    /** Set when changes have been made again in it where that was due. */
    private volatile boolean settled;

    /** Set when the last that waited has begun. */
    private volatile boolean open;

    /**
     * Creates a generation.
     * @param name returns how the latest generation is called that is known by now
     * @param number tells which was asked for later
     * @param askedNanos when it was
     * @param before was requested before; what waits for it begins first
     * @param operations all that wait, for this one or another
     * @param answered is told of the answer before those that wait begin, and has it
     * named
     */
    KnownGeneration(Function<KnownGeneration, @Nullable String> name, long number, long askedNanos,
            @Nullable KnownGeneration before, WaitingOperations operations,
            BiConsumer<KnownGeneration, @Nullable Throwable> answered) {
        this.name = name;
        this.number = number;
        this.askedNanos = askedNanos;
        this.operations = operations;
        this.answered = answered;
        this.before = before;
        if (before != null) {
            before.next = this;
        }
    }

    /** Waits for what the servers say; without a lock, as it may be there. */
    void await(CompletableFuture<Long> answer) {
        answer.whenComplete((number, failure) -> {
            if (failure != null) {
                this.found.completeExceptionally(failure);
            }
            else {
                this.found.complete(number);
            }
            this.answered.accept(this, failure);
            this.settled = true;
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
        return this.settled && (before == null || before.open);
    }

    private void open() {
        name();
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
        String text = this.text;
        return (text != null) ? operation.apply(text) : this.found.thenCompose((found) -> operation.apply(text()));
    }

    /** Takes the name that the generation has by now. */
    void name() {
        this.text = this.name.apply(this);
    }

    /** Returns how the generation is called; only once it was answered. */
    String text() {
        return Objects.requireNonNull(this.text, "text");
    }

    /** Returns what the servers say, once they do. */
    CompletableFuture<Long> answer() {
        return this.found;
    }

    /**
     * Returns the generation that was the answer; {@link GenerationNumber#NONE} for none.
     */
    long found() {
        return this.found.isCompletedExceptionally() ? GenerationNumber.NONE : this.found.join();
    }

    long number() {
        return this.number;
    }

    boolean isSettled() {
        return this.settled;
    }

    boolean isPending() {
        return !this.open;
    }

    long age(long nowNanos) {
        return nowNanos - this.askedNanos;
    }

}
