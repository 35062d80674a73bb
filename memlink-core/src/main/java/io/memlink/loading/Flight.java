package io.memlink.loading;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.memlink.meta.EncodedValue;
import org.jspecify.annotations.Nullable;

/**
 * A load in progress, and the callers that wait for it. Safe for use by many threads.
 * <pre>
 * FLYING --- end(value or failure) ---&gt; ENDED: each waiter is told, on that thread
 *   |
 *   +-- join: the waiter is kept, or told at once where the load has ended meanwhile
 *   +-- leave: the waiter is told nothing any more (its time is over, or it was closed)
 * </pre> A waiter is told once at most: whoever removes it from the waiters may tell it.
 * A load that never ends keeps no waiter that has left.
 */
final class Flight {

    /** Not the token of any item. */
    static final long NO_TOKEN = 0;

    private final long token;

    private final long begunNanos;

    private final boolean blind;

    private final AtomicBoolean led = new AtomicBoolean();

    private final AtomicReference<@Nullable Landing> landing = new AtomicReference<>();

    /** In the order in which they came, which is that in which they are told. */
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    private volatile @Nullable Runnable afterwards;

    Flight(long token, long begunNanos, boolean blind) {
        this.token = token;
        this.begunNanos = begunNanos;
        this.blind = blind;
    }

    long token() {
        return this.token;
    }

    /** Returns whether a caller may take the value of this load without a lease. */
    boolean isJoinable(long calledNanos, boolean blind) {
        return (blind && this.blind) || this.begunNanos - calledNanos >= 0;
    }

    /** Returns whether the caller is the first to ask, and so has to load. */
    boolean lead() {
        return this.led.compareAndSet(false, true);
    }

    /** Sets what is done once, before the waiters are told. */
    void whenEnded(Runnable action) {
        this.afterwards = action;
        if (this.landing.get() != null) {
            action.run();
        }
    }

    void join(Waiter waiter) {
        this.waiters.add(waiter);
        Landing landing = this.landing.get();
        if (landing != null && this.waiters.remove(waiter)) {
            waiter.landed(landing);
        }
    }

    /** Returns whether the waiter had not been told anything, and will not be. */
    boolean leave(Waiter waiter) {
        return this.waiters.remove(waiter);
    }

    /** Ends the load for all its waiters; the first end counts. */
    void end(@Nullable EncodedValue value, @Nullable Throwable failure) {
        Landing landing = new Landing(value, failure);
        if (!this.landing.compareAndSet(null, landing)) {
            return;
        }
        Runnable afterwards = this.afterwards;
        if (afterwards != null) {
            afterwards.run();
        }
        Waiter waiter = this.waiters.poll();
        while (waiter != null) {
            waiter.landed(landing);
            waiter = this.waiters.poll();
        }
    }

    /** Somebody who waits for a load. */
    interface Waiter {

        /** Is told how it ended; must not throw. */
        void landed(Landing landing);

    }

    /**
     * The end of a load. Immutable.
     *
     * @param value what was loaded; {@code null} where there is nothing, or it failed
     * @param failure why it failed; {@code null} where it did not
     */
    record Landing(@Nullable EncodedValue value, @Nullable Throwable failure) {
    }

}
