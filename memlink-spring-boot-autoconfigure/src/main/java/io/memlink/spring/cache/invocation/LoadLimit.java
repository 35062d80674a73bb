package io.memlink.spring.cache.invocation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * A bound on the cached methods that run because their cache cannot be asked, so that its
 * outage is not one of the database too. Those that come when it is reached wait in line;
 * what has waited too long fails, or runs all the same. One limit may serve several cache
 * managers. Safe for use by many threads; holds none of them.
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

    /** What the thread still has to hand on; nothing where it hands on none. */
    private final ThreadLocal<@Nullable Returned> returned = new ThreadLocal<>();

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
        if (maxConcurrent < 1 || maxConcurrent > MAX_LOADS) {
            throw new IllegalArgumentException(
                    "maxConcurrent: " + maxConcurrent + " (expected: 1 to " + MAX_LOADS + ")");
        }
        if (maxWait.isNegative() || maxWait.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("maxWait: " + maxWait + " (expected: 0 to 1 hour)");
        }
        return new LoadLimit(maxConcurrent, maxWait, Objects.requireNonNull(whenFull, "whenFull"));
    }

    /** The fate of a caller who has waited in vain. */
    public enum WhenFull {

        /** It fails with a {@link LoadRefusedException}. */
        FAIL,

        /** It loads nevertheless. */
        LOAD

    }

    /**
     * Waits for a permit to load.
     * @return the permit, to be closed when the load has ended; fails with a
     * {@link LoadRefusedException} where that is what becomes of who waits in vain.
     * Completed by whoever returns a permit, or by a timer
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
        waiter.whenComplete((permit, failure) -> leave(waiter));
        if (this.maxWait.isZero()) {
            giveUp(waiter);
        }
        else {
            CompletableFuture<Void> timer = new CompletableFuture<>();
            // Who need not wait any longer is not kept for the rest of the time.
            waiter.whenComplete((permit, failure) -> timer.cancel(false));
            timer.completeOnTimeout(null, this.maxWait.toNanos(), TimeUnit.NANOSECONDS).thenRun(() -> giveUp(waiter));
        }
        return waiter;
    }

    /** Who is served has left already; who was cancelled leaves now. */
    private synchronized void leave(Waiter waiter) {
        if (!waiter.served) {
            waiter.served = true;
            this.waiting.remove(waiter);
        }
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
            waiter.completeExceptionally(
                    new LoadRefusedException("loads without the cache: " + loads + " under way, and none ended for "
                            + this.maxWait.toMillis() + " ms (expected: at most " + this.maxConcurrent + ")"));
        }
    }

    /**
     * Hands a permit on. Who gets it may have ended before this returns, and returns it
     * in the same stack: that is left to the loop further up, however many wait.
     */
    private void release() {
        Returned outer = this.returned.get();
        if (outer != null) {
            outer.permits++;
            return;
        }
        Returned returned = new Returned();
        this.returned.set(returned);
        try {
            do {
                returned.permits--;
                handOn();
            }
            while (returned.permits > 0);
        }
        finally {
            this.returned.remove();
        }
    }

    private void handOn() {
        Waiter next;
        do {
            synchronized (this) {
                next = this.waiting.poll();
                if (next == null) {
                    this.active--;
                    return;
                }
                next.served = true;
            }
            // False if it was cancelled while it waited.
        }
        while (!next.complete(new Permit(true)));
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

    /** Permits that were returned to a thread. Used by that thread only. */
    private static final class Returned {

        private int permits = 1;

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

        boolean isOpen() {
            return !this.closed.get();
        }

        @Override
        public void close() {
            if (this.closed.compareAndSet(false, true) && this.counted) {
                release();
            }
        }

    }

}
