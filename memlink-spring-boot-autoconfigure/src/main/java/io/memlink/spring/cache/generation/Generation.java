package io.memlink.spring.cache.generation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.memlink.MemlinkClient;
import io.memlink.error.MemlinkClosedException;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/**
 * The generation of a cache: a number that is part of each of its keys, so that counting
 * it up clears the cache at once. It is an item beside the entries, which all
 * applications share, and is read again when what is known of it is too old: in the
 * background where it soon will be, and together with the operation that needs it, not
 * before it, where it is. Safe for use by many threads; never blocks.
 * <p>
 * A generation that the server has lost is replaced by one that was never used: it begins
 * with the time and ends in chance, and grows by one with each clear, which is slower
 * than time. A clear that could not be delivered is repeated by whoever next asks.
 */
public final class Generation {

    private static final int RANDOM_BITS = 20;

    private static final long CLEAR_RETRY_SECONDS = 1;

    private final MemlinkClient client;

    private final String key;

    private final long lagNanos;

    private final LongSupplier nanoClock;

    /** The latest that was asked for; replaced under the lock. */
    private volatile @Nullable KnownGeneration asked;

    /** The latest that was answered; nothing from a clear on until its answer. */
    private volatile @Nullable KnownGeneration answered;

    /** How often it was asked for, under the lock. */
    private long asks;

    /** The number of the ask that cleared last, under the lock. */
    private long lastClear;

    /** Whether a clear was not delivered, under the lock. */
    private boolean owesClear;

    /**
     * Creates a generation that is not known yet.
     * @param client carries the requests
     * @param key the item
     * @param lag how long a clear by another application may go unnoticed; zero asks with
     * each operation
     * @param nanoClock the time
     */
    public Generation(MemlinkClient client, String key, Duration lag, LongSupplier nanoClock) {
        this.client = client;
        this.key = key;
        this.lagNanos = lag.toNanos();
        this.nanoClock = nanoClock;
    }

    /**
     * Does something in the generation as it is, or was within the lag. What is done by
     * one thread begins in its order. Where the generation has to be asked for, the
     * operation begins at once in the one that was last known, and once more if that
     * turns out to be over.
     * @param operation is given the generation, as text
     * @param <T> the type of its result
     * @return the result of the operation
     */
    public <T extends @Nullable Object> CompletableFuture<T> apply(Function<String, CompletableFuture<T>> operation) {
        KnownGeneration answered = this.answered;
        if (answered == null) {
            return ask().then(operation);
        }
        if (isValid(answered)) {
            return answered.then(operation);
        }
        KnownGeneration asked = ask();
        CompletableFuture<T> attempt = operation.apply(answered.text());
        return asked.then((text) -> text.equals(answered.text()) ? attempt : operation.apply(text));
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

    private boolean isValid(KnownGeneration answered) {
        long age = answered.age(this.nanoClock.getAsLong());
        if (age >= this.lagNanos / 2 && age < this.lagNanos && this.asked == answered) {
            ask();
        }
        return age < this.lagNanos;
    }

    /** Asks, unless somebody has asked already and waits for the answer. */
    private synchronized KnownGeneration ask() {
        KnownGeneration asked = this.asked;
        if (asked != null && asked.isPending() && asked.age(this.nanoClock.getAsLong()) < this.lagNanos) {
            return asked;
        }
        return this.owesClear ? askNext() : ask(0);
    }

    /**
     * Makes all entries unreachable; this application sees it at once.
     * @return completed when the server has counted
     */
    public CompletableFuture<Void> next() {
        KnownGeneration next;
        synchronized (this) {
            next = askNext();
        }
        return next.then((text) -> CompletableFuture.completedFuture(null));
    }

    private KnownGeneration askNext() {
        this.answered = null;
        this.owesClear = false;
        this.lastClear = this.asks + 1;
        return ask(1);
    }

    private KnownGeneration ask(long delta) {
        this.asks++;
        KnownGeneration asked = new KnownGeneration(request(delta), this.asks, this.nanoClock.getAsLong(),
                this::answered);
        this.asked = asked;
        return asked;
    }

    private CompletableFuture<String> request(long delta) {
        try {
            return this.client.increment(this.key, delta, unused(), Expiration.never())
                .thenApply((number) -> Long.toUnsignedString(number, Character.MAX_RADIX));
        }
        catch (RuntimeException ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    private static long unused() {
        long random = ThreadLocalRandom.current().nextLong(1L << RANDOM_BITS);
        return System.currentTimeMillis() << RANDOM_BITS | random;
    }

    private synchronized void answered(KnownGeneration asked, @Nullable Throwable failure) {
        KnownGeneration answered = this.answered;
        if (failure == null) {
            // What was asked before a clear knows nothing of it.
            if (asked.number() >= this.lastClear && (answered == null || asked.number() > answered.number())) {
                this.answered = asked;
            }
        }
        else if (asked.number() == this.lastClear && !isClosed(failure)) {
            this.owesClear = true;
            CompletableFuture.delayedExecutor(CLEAR_RETRY_SECONDS, TimeUnit.SECONDS, Runnable::run)
                .execute(this::clearIfOwed);
        }
    }

    private static boolean isClosed(Throwable failure) {
        return failure instanceof MemlinkClosedException || failure.getCause() instanceof MemlinkClosedException;
    }

    private synchronized void clearIfOwed() {
        if (this.owesClear) {
            askNext();
        }
    }

}
