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

    /** The latest in which changes were made again where that was due, under the lock. */
    private long settled = GenerationNumber.NONE;

    /** The latest question whose answer was settled, under the lock. */
    private long settledAsk;

    /** Comes before the lock, and is held while changes are handed to the client. */
    private final Object settling = new Object();

    /** How often it was asked for, under the lock. */
    private long asks;

    /** The number of the ask that cleared last, under the lock. */
    private long lastClear;

    /** All numbers from then on are later than the last clear, under the lock. */
    private long lastClearedFrom;

    /** The last clear by this application, under the lock. */
    private CompletableFuture<Long> clearing = CompletableFuture.completedFuture(GenerationNumber.NONE);

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
        if (!answered.isSettled() || !this.operations.haveBegunIn(known)) {
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
     * ends.
     * @return completed when they are being made, or cannot be
     */
    public CompletableFuture<Void> confirm() {
        return this.changes.isEmpty() ? done() : ask().then((text) -> done()).exceptionally((failure) -> null);
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

    /** Asks, unless somebody has asked already and waits for the answer. */
    private KnownGeneration ask() {
        KnownGeneration asked;
        CompletableFuture<Long> clearing;
        synchronized (this) {
            KnownGeneration before = this.asked;
            if (before != null && before.isPending() && before.age(this.timers.nanoTime()) < this.lagNanos) {
                return before;
            }
            asked = asked(beginToAsk());
            clearing = this.clearing;
        }
        // What is asked while this application clears has to see that clear.
        asked.await(clearing.isDone() ? read(asked.number())
                : clearing.handle((done, failure) -> read(asked.number())).thenCompose(Function.identity()));
        return asked;
    }

    /** Comes before anything is sent, or it would confirm changes made since. */
    private long beginToAsk() {
        this.asks++;
        this.changes.asked(this.asks);
        return this.asks;
    }

    private CompletableFuture<Long> read(long ask) {
        return this.copies.read((number) -> this.changes.agreed(ask, text(number, ask)));
    }

    /**
     * What is sent for it is sent without the lock, as its answer may be there at once.
     */
    private KnownGeneration asked(long ask) {
        KnownGeneration before = this.asked;
        KnownGeneration asked = new KnownGeneration(this::latest, ask, this.timers.nanoTime(),
                (before != null && before.isPending()) ? before : null, this.operations, this::answered);
        this.asked = asked;
        return asked;
    }

    /**
     * What was asked later may have been told earlier: it serves who was told of an older
     * one, and who could not be told.
     */
    private synchronized @Nullable String latest(KnownGeneration asked) {
        long found = asked.found();
        if (found != GenerationNumber.NONE || this.settledAsk > asked.number()) {
            found = Math.max(found, this.settled);
        }
        return (found != GenerationNumber.NONE) ? text(found, asked.number()) : null;
    }

    /** What began before a clear by this application must not outlive it. */
    private synchronized String text(long found, long ask) {
        boolean over = ask < this.lastClear && found >= this.lastClearedFrom;
        return over ? GenerationNumber.textOfNone(found) : GenerationNumber.text(found);
    }

    /**
     * Makes all entries unreachable; this application sees it at once. A clear that fails
     * has reached some copies or none, and is carried on in the background.
     * @return completed when so many copies have taken it that it is not undone by the
     * loss or the return of one
     */
    public CompletableFuture<Void> next() {
        KnownGeneration asked;
        synchronized (this) {
            this.answered = null;
            this.lastClear = beginToAsk();
            this.lastClearedFrom = this.copies.next();
            asked = asked(this.lastClear);
            this.clearing = asked.answer();
        }
        Clear clear = this.copies.clear();
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

    /**
     * One after the other, so that nobody begins in a generation before it is settled.
     */
    private void answered(KnownGeneration asked, @Nullable Throwable failure) {
        synchronized (this.settling) {
            asked.name();
            Map<String, Consumer<String>> again;
            synchronized (this) {
                if (failure != null) {
                    this.changes.failed();
                    return;
                }
                KnownGeneration answered = this.answered;
                boolean latest = answered == null || asked.number() > answered.number();
                // What was asked before a clear knows nothing of it. What was asked
                // earlier may be answered later, and with a later generation.
                if (asked.number() < this.lastClear || !(latest || asked.found() > this.settled)) {
                    return;
                }
                this.answered = latest ? asked : answered;
                again = this.changes.answered(asked.number(), asked.text(), asked.number() == this.lastClear);
            }
            settle(asked, again);
        }
    }

    /** Makes changes again that were made in a generation which is over. */
    private void settle(KnownGeneration asked, @Nullable Map<String, Consumer<String>> again) {
        if (again == null) {
            next();
        }
        else {
            again.values().forEach((change) -> change.accept(asked.text()));
        }
        synchronized (this) {
            this.settled = Math.max(this.settled, asked.found());
            this.settledAsk = Math.max(this.settledAsk, asked.number());
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
