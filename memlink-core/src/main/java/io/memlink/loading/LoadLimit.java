package io.memlink.loading;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.memlink.check.Require;
import io.memlink.error.MemlinkLoadRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * A bound on the loads of callers who cannot ask the cache, so that its outage is not one
 * of the database too. Those who come when it is reached wait in line; who has waited too
 * long fails, or loads all the same. One limit may serve many clients and caches. Safe
 * for use by many threads; holds none of them.
 * <p>
 * Invariants: while anybody waits, as many load as may; a permit is returned once; who
 * has given up gets no permit.
 *
 * @since 0.1.0
 */
public final class LoadLimit {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private static final int MAX_LOADS = 1_000_000;

    private final int maxConcurrent;

    private final Duration maxWait;

    private final WhenFull whenFull;

    private final Queue<Waiter> waiting = new ArrayDeque<>();

    private int active;

    private long refused;

    private LoadLimit(int maxConcurrent, Duration maxWait, WhenFull whenFull) {
        this.maxConcurrent = maxConcurrent;
        this.maxWait = maxWait;
        this.whenFull = whenFull;
    }

    /**
     * Makes a limit.
     * @param maxConcurrent how many may load at the same time, 1 to 1000000
     * @param maxWait how long others wait for that, zero to 1 hour
     * @param whenFull what becomes of who has waited in vain
     * @return the limit
     */
    public static LoadLimit of(int maxConcurrent, Duration maxWait, WhenFull whenFull) {
        return new LoadLimit(Require.within("maxConcurrent", maxConcurrent, 1, MAX_LOADS),
                Require.within("maxWait", maxWait, Duration.ZERO, LONGEST_WAIT),
                Objects.requireNonNull(whenFull, "whenFull"));
    }

    /** The fate of a caller who has waited in vain. */
    public enum WhenFull {

        /** It fails with a {@link MemlinkLoadRefusedException}. */
        FAIL,

        /** It loads nevertheless. */
        LOAD

    }

    /**
     * Waits for a permit to load.
     * @return the permit, to be closed when the load has ended; fails with a
     * {@link MemlinkLoadRefusedException} where that is what becomes of who waits in
     * vain. Completed by whoever returns a permit, or by a timer
     */
    public CompletableFuture<Permit> acquire() {
        Waiter waiter = new Waiter();
        synchronized (this) {
            if (this.active < this.maxConcurrent) {
                this.active++;
                return CompletableFuture.completedFuture(new Permit(true));
            }
            if (!this.maxWait.isZero()) {
                this.waiting.add(waiter);
            }
        }
        if (this.maxWait.isZero()) {
            giveUp(waiter);
        }
        else {
            CompletableFuture.delayedExecutor(this.maxWait.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> giveUp(waiter));
        }
        return waiter;
    }

    /**
     * Calls a loader as soon as it may load.
     * @param loader returns a stage; called by whoever returns a permit, or by a timer
     * @param <T> the type of what it loads
     * @return what it loads; fails where the loader does, or none may load in time
     */
    public <T extends @Nullable Object> CompletableFuture<T> call(
            Supplier<? extends @Nullable CompletionStage<? extends T>> loader) {
        return acquire().thenCompose((permit) -> {
            try {
                CompletionStage<? extends T> loading = Objects.requireNonNull(loader.get(),
                        "loader: returned null (expected: a stage)");
                return loading.<T>thenApply((value) -> value).whenComplete((value, failure) -> permit.close());
            }
            catch (Throwable ex) {
                permit.close();
                throw ex;
            }
        });
    }

    private void giveUp(Waiter waiter) {
        int loads;
        synchronized (this) {
            if (waiter.served) {
                return;
            }
            waiter.served = true;
            this.waiting.remove(waiter);
            if (this.whenFull == WhenFull.FAIL) {
                this.refused++;
            }
            loads = this.active;
        }
        if (this.whenFull == WhenFull.LOAD) {
            waiter.complete(new Permit(false));
        }
        else {
            waiter.completeExceptionally(new MemlinkLoadRefusedException(
                    "loads without the cache: " + loads + " under way, and none ended for " + this.maxWait.toMillis()
                            + " ms (expected: at most " + this.maxConcurrent + ")"));
        }
    }

    private void release() {
        Waiter next;
        synchronized (this) {
            next = this.waiting.poll();
            if (next == null) {
                this.active--;
                return;
            }
            next.served = true;
        }
        if (!next.complete(new Permit(true))) {
            // Cancelled while it waited.
            release();
        }
    }

    /**
     * Returns how many loads have a permit.
     * @return zero to the bound
     */
    public synchronized int active() {
        return this.active;
    }

    /**
     * Returns how many callers wait for a permit.
     * @return zero or more
     */
    public synchronized int waiting() {
        return this.waiting.size();
    }

    /**
     * Returns how many callers have failed since they had waited in vain.
     * @return zero or more, never fewer than before
     */
    public synchronized long refused() {
        return this.refused;
    }

    @Override
    public String toString() {
        return "at most " + this.maxConcurrent + " loads, after " + this.maxWait + ": " + this.whenFull;
    }

    /**
     * A permit to load, which whoever has it returns by closing it. Closing twice has no
     * effect. Safe for use by many threads.
     */
    public final class Permit implements AutoCloseable {

        private final boolean counted;

        private final AtomicBoolean closed = new AtomicBoolean();

        private Permit(boolean counted) {
            this.counted = counted;
        }

        @Override
        public void close() {
            if (this.closed.compareAndSet(false, true) && this.counted) {
                release();
            }
        }

    }

    /** A caller in line. */
    private static final class Waiter extends CompletableFuture<Permit> {

        /** Whether it has a permit, or has given up. Guarded by the limit. */
        private boolean served;

    }

}
