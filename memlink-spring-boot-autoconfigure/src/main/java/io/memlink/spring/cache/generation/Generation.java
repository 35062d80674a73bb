package io.memlink.spring.cache.generation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.MemlinkClient;
import io.memlink.error.MemlinkClosedException;
import io.memlink.spring.cache.generation.GenerationCopies.Clear;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;

/**
 * The generation of a cache: a number that is part of each of its keys, so that a higher
 * one clears the cache at once. It is an item beside the entries, which all applications
 * share, with copies on up to three backends, and is read again when what is known of it
 * is too old: in the background where it soon will be, and together with the operation
 * that needs it, not before it, where it is. Safe for use by many threads; never blocks.
 * <p>
 * {@link CopyRule} says when it is known, and when a clear is done. A generation that is
 * lost is replaced by one that was never used.
 */
public final class Generation {

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Servers that evict keep what is read from time to time. */
    private static final long MAX_REST_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Where each operation asks, changes are confirmed by what comes after them. */
    private static final long MIN_CONFIRMATION_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final BooleanSupplier usable;

    private final GenerationCopies copies;

    private final long lagNanos;

    private final long restNanos;

    private final Timers timers;

    private final UnconfirmedChanges changes = new UnconfirmedChanges();

    private final WaitingOperations operations = new WaitingOperations();

    /** Whether somebody will ask whether changes are confirmed, under the lock. */
    private boolean askingLater;

    /** The latest that was asked for; replaced under the lock. */
    private volatile @Nullable KnownGeneration asked;

    /** The latest that was answered; nothing from a clear on until its answer. */
    private volatile @Nullable KnownGeneration answered;

    /** How often it was asked for, under the lock. */
    private long asks;

    /** The number of the ask that cleared last, under the lock. */
    private long lastClear;

    /**
     * Creates a generation that is not known yet.
     * @param client carries the requests
     * @param key the item
     * @param lag how long a clear by another application may go unnoticed; zero asks with
     * each operation
     * @param timers the time
     */
    public Generation(MemlinkClient client, String key, Duration lag, Timers timers) {
        this(new CopyPlaces(client, key), lag, timers);
    }

    private Generation(CopyPlaces places, Duration lag, Timers timers) {
        this(places::copies, places::areUsable, lag, timers);
    }

    Generation(Supplier<Copies> copies, BooleanSupplier usable, Duration lag, Timers timers) {
        this.usable = usable;
        this.copies = new GenerationCopies(copies, this::ask, timers);
        this.lagNanos = lag.toNanos();
        this.restNanos = Math.min(this.lagNanos / 2, MAX_REST_NANOS);
        this.timers = timers;
    }

    /**
     * Does something in the generation as it is, or was within the lag. What is done by
     * one thread begins in its order. Where the generation has to be asked for, the
     * operation begins at once in the one that was last known, unless something before it
     * has yet to begin there, and once more if that turns out to be over.
     * @param operation is given the generation, as text
     * @param <T> the type of its result
     * @return the result of the operation
     */
    public <T extends @Nullable Object> CompletableFuture<T> apply(Function<String, CompletableFuture<T>> operation) {
        KnownGeneration answered = this.answered;
        if (answered == null) {
            return ask().thenInOrder(null, operation);
        }
        String known = answered.text();
        if (!answered.isTold() || !this.operations.haveBegunIn(known)) {
            return ask().thenInOrder(null, operation);
        }
        if (isValid(answered)) {
            return answered.thenInOrder(null, operation);
        }
        KnownGeneration asked = ask();
        CompletableFuture<T> attempt = operation.apply(known);
        return asked.thenInOrder(known, (text) -> text.equals(known) ? attempt : operation.apply(text));
    }

    /**
     * Does something exactly once, so that it may have to wait for the generation.
     * @param operation is given the generation, as text
     * @param <T> the type of its result
     * @return the result of the operation
     */
    public <T extends @Nullable Object> CompletableFuture<T> applyOnce(
            Function<String, CompletableFuture<T>> operation) {
        KnownGeneration answered = this.answered;
        return ((answered != null && isValid(answered)) ? answered : ask()).then(operation);
    }

    /**
     * Notes a change before it is made: if the generation that it is made in turns out to
     * have been over, it is made again in the one that follows, soon after this
     * application can know that one.
     * @param key the key
     * @param again makes the change again, in the generation that it is given
     */
    public void changing(String key, Consumer<String> again) {
        if (!this.changes.add(key, again)) {
            // Confirmed in good time, there are never too many.
            ask();
        }
        confirmInTime();
    }

    private void confirmInTime() {
        synchronized (this) {
            if (this.askingLater) {
                return;
            }
            this.askingLater = true;
        }
        confirmLater();
    }

    /** Asks even if nothing is done with the cache any more. */
    private void confirmLater() {
        long delayNanos = Math.max(this.restNanos, MIN_CONFIRMATION_NANOS);
        this.timers.schedule(() -> {
            synchronized (this) {
                if (this.changes.isEmpty()) {
                    this.askingLater = false;
                    return;
                }
            }
            ask().then((text) -> done()).whenComplete((nothing, failure) -> {
                if (failure == null || !isClosed(failure)) {
                    confirmLater();
                }
                else {
                    stopAskingLater();
                }
            });
        }, delayNanos);
    }

    /**
     * Sees to it that all changes are made where they are seen, for an application that
     * ends, or begins once more.
     * @return completed when they are being made, or cannot be
     */
    public CompletableFuture<Void> confirm() {
        boolean clears = this.copies.owesClear();
        if (this.changes.isEmpty() && !clears) {
            return done();
        }
        confirmInTime();
        if (clears) {
            askLater();
        }
        return ask().then((text) -> done()).exceptionally((failure) -> null);
    }

    private synchronized void stopAskingLater() {
        this.askingLater = false;
    }

    private boolean isValid(KnownGeneration answered) {
        long age = answered.age(this.timers.nanoTime());
        if (age >= this.restNanos && age < this.lagNanos && this.asked == answered) {
            ask();
        }
        return age < this.lagNanos;
    }

    /**
     * Asks, unless what was asked already will do. One question is under way at most, and
     * all who come meanwhile share the next one. So answers come in their order, however
     * many ask; and who begins in a generation finds the changes made that were made in
     * the one before.
     */
    private KnownGeneration ask() {
        KnownGeneration asked;
        KnownGeneration before;
        synchronized (this) {
            before = this.asked;
            if (before != null && before.serves(this.timers.nanoTime(), this.lagNanos)) {
                return before;
            }
            asked = next(before);
        }
        if (before != null) {
            before.afterwards(() -> send(asked));
        }
        else {
            send(asked);
        }
        return asked;
    }

    /** Without the lock, as the answer may be there at once. */
    private void send(KnownGeneration asked) {
        synchronized (this) {
            if (asked.isSent()) {
                return;
            }
            sending(asked);
        }
        asked.await(this.copies.read((number) -> this.changes.agreed(asked.number(), asked.name(number))));
    }

    /** Comes before anything is sent, or it would confirm changes made since. */
    private void sending(KnownGeneration asked) {
        asked.sending(this.timers.nanoTime());
        this.changes.asked(asked.number());
    }

    private KnownGeneration next(@Nullable KnownGeneration before) {
        this.asks++;
        KnownGeneration asked = new KnownGeneration(this.asks, this.timers.random(),
                (before != null && before.isPending()) ? before : null, this.operations, this::answered);
        this.asked = asked;
        return asked;
    }

    /**
     * Makes all entries unreachable; this application sees it at once. A clear that fails
     * has reached some copies or none, and is carried on in the background.
     * @return completed when so many copies have taken it that it is not undone by the
     * loss or the return of one
     */
    public CompletableFuture<Void> next() {
        KnownGeneration unsent;
        KnownGeneration asked;
        synchronized (this) {
            KnownGeneration before = this.asked;
            unsent = (before != null && !before.isSent()) ? before : null;
            if (unsent != null) {
                sending(unsent);
            }
            this.answered = null;
            if (before != null) {
                before.endFrom(this.copies.next());
            }
            asked = next(before);
            this.lastClear = asked.number();
            sending(asked);
        }
        Clear clear = this.copies.clear();
        if (unsent != null) {
            // What waits for a question that was not sent is over with the clear.
            unsent.await(clear.usable());
        }
        asked.await(clear.usable());
        return clear.kept().handle((number, failure) -> {
            if (failure == null) {
                return clear.usable()
                    .thenCompose((usable) -> usable.equals(number) ? done() : ask().then((text) -> done()));
            }
            if (!isClosed(failure)) {
                askLater();
            }
            return CompletableFuture.<Void>failedFuture(failure);
        }).thenCompose(Function.identity());
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    private void answered(KnownGeneration asked, @Nullable Throwable failure) {
        Map<String, Consumer<String>> again;
        synchronized (this) {
            if (failure != null) {
                this.changes.failed();
                return;
            }
            if (asked.number() < this.lastClear) {
                // Knows nothing of the clear.
                return;
            }
            this.answered = asked;
            again = this.changes.answered(asked.number(), asked.text(), asked.number() == this.lastClear);
        }
        if (again == null) {
            next();
        }
        else {
            again.values().forEach((change) -> change.accept(asked.text()));
            this.operations.madeAgain();
        }
    }

    private static boolean isClosed(Throwable failure) {
        return failure instanceof MemlinkClosedException || failure.getCause() instanceof MemlinkClosedException;
    }

    /** Whoever reads the copies after a clear that failed raises them. */
    private void askLater() {
        this.timers.schedule(() -> ask().then((text) -> done()).whenComplete((nothing, failure) -> {
            if (failure != null && !isClosed(failure) && this.copies.owesClear()) {
                askLater();
            }
        }), RETRY_NANOS);
    }

    /**
     * Returns whether enough copies can be asked, as things look now. Asks nobody.
     * @return whether the cache can be used
     */
    public boolean isUsable() {
        return this.usable.getAsBoolean();
    }

}
