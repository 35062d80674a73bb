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
 * A generation that is asked for, and the operations that wait for it. They begin in the
 * order in which they came, which a future alone does not guarantee. Safe for use by many
 * threads. <pre>
 * made -- sending -- answered -- told -- those that wait begin, in turn -- open
 * </pre>
 */
final class KnownGeneration {

    private final CompletableFuture<Long> found = new CompletableFuture<>();

    private final long number;

    private final double random;

    private final WaitingOperations operations;

    private final BiConsumer<KnownGeneration, @Nullable Throwable> answered;

    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /** Who opens it, in case both the answer and the one before find that it is time. */
    private final AtomicBoolean opening = new AtomicBoolean();

    /** What waits for that one begins first; {@code null} where nothing does. */
    private volatile @Nullable KnownGeneration before;

    /** What was requested next. */
    private volatile @Nullable KnownGeneration next;

    private volatile boolean sent;

    private volatile long askedNanos;

    /** All numbers from there on are later than a clear that was called after it. */
    private volatile long endFrom = Long.MAX_VALUE;

    /** How the generation is called; {@code null} where nobody could tell. */
    private volatile @Nullable String text;

    /** Set when changes have been made again in it where that was due. */
    private volatile boolean told;

    /** Set when the last that waited has begun. */
    private volatile boolean open;

    /**
     * Creates a generation.
     * @param number tells which was asked for later
     * @param random chance, from 0 to less than 1
     * @param before was requested before; what waits for it begins first
     * @param operations all that wait, for this one or another
     * @param answered is told of the answer before those that wait begin
     */
    KnownGeneration(long number, double random, @Nullable KnownGeneration before, WaitingOperations operations,
            BiConsumer<KnownGeneration, @Nullable Throwable> answered) {
        this.number = number;
        this.random = random;
        this.operations = operations;
        this.answered = answered;
        this.before = before;
        if (before != null) {
            before.next = this;
        }
    }

    /** Whoever comes from now on may have done something that the answer misses. */
    void sending(long nowNanos) {
        this.askedNanos = nowNanos;
        this.sent = true;
    }

    /**
     * This application clears: what waits for this, or for what was requested before, is
     * over with the first clear that follows it.
     */
    void endFrom(long number) {
        for (KnownGeneration each = this; each != null && each.endFrom == Long.MAX_VALUE; each = each.before) {
            each.endFrom = number;
        }
    }

    /**
     * Returns how a generation is called that was found for this. Where it is over, that
     * is nobody else's: what was put before one clear would be read after it by what is
     * over with the next.
     */
    String name(long found) {
        return (found < this.endFrom) ? GenerationNumber.text(found)
                : GenerationNumber.textOfNone(this.number, this.random);
    }

    boolean isSent() {
        return this.sent;
    }

    /** Returns whether whoever comes now may wait for it. */
    boolean serves(long nowNanos, long lagNanos) {
        return !this.sent || (isPending() && age(nowNanos) < lagNanos);
    }

    /** Waits for what the servers say; without a lock, as it may be there. */
    void await(CompletableFuture<Long> answer) {
        answer.whenComplete((number, failure) -> {
            try {
                if (failure != null) {
                    this.found.completeExceptionally(failure);
                }
                else {
                    this.text = name(number);
                    this.found.complete(number);
                }
                this.answered.accept(this, failure);
            }
            finally {
                this.told = true;
                openInTurn(this);
            }
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

    /** Does something once all have begun that wait by now. */
    void afterwards(Runnable task) {
        synchronized (this) {
            if (!this.open) {
                this.waiting.add(task);
                return;
            }
        }
        task.run();
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
        return this.open ? begin(operation) : then(operation, () -> this.operations.add(begunIn),
                () -> this.operations.remove(begunIn != null || this.text != null));
    }

    private <T extends @Nullable Object> CompletableFuture<T> then(Function<String, CompletableFuture<T>> operation,
            Runnable waits, Runnable begun) {
        if (this.open) {
            return begin(operation);
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        synchronized (this) {
            if (!this.open) {
                waits.run();
                this.waiting.add(() -> begin(operation, begun, result));
                return result;
            }
        }
        return begin(operation);
    }

    private <T extends @Nullable Object> void begin(Function<String, CompletableFuture<T>> operation, Runnable begun,
            CompletableFuture<T> result) {
        CompletableFuture<T> operating;
        try {
            operating = begin(operation);
        }
        catch (RuntimeException | Error ex) {
            // Those that wait behind it are not to wait for ever.
            operating = CompletableFuture.failedFuture(ex);
        }
        begun.run();
        // Last, as whoever sees the result may call the next one.
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

    /** Returns how the generation is called; only once it was answered. */
    String text() {
        return Objects.requireNonNull(this.text, "text");
    }

    long number() {
        return this.number;
    }

    boolean isTold() {
        return this.told;
    }

    boolean isPending() {
        return !this.open;
    }

    long age(long nowNanos) {
        return nowNanos - this.askedNanos;
    }

}
