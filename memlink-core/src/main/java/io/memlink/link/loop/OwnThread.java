package io.memlink.link.loop;

import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

import io.netty.util.concurrent.Ticker;
import io.netty.util.internal.PlatformDependent;
import org.jspecify.annotations.Nullable;

/**
 * The own thread of an event loop: how it sleeps while callers watch, what wakes it, and
 * the futures that it completes for them. Any thread may call it; only the thread itself
 * begins, sleeps and takes completions.
 */
final class OwnThread {

    /** Completions of futures that callers have come by. */
    private final Queue<Runnable> completions = PlatformDependent.newMpscQueue();

    private final Ticker ticker;

    private volatile @Nullable Thread thread;

    private volatile boolean called;

    private volatile boolean rests;

    /** When it looks without being called. */
    private volatile long restUntilNanos = Long.MIN_VALUE;

    OwnThread(Ticker ticker) {
        this.ticker = ticker;
    }

    void begin() {
        this.thread = Thread.currentThread();
    }

    /** Returns the thread, once it has begun. */
    @Nullable Thread thread() {
        return this.thread;
    }

    /** Wakes it, now or when it is about to sleep. */
    void call() {
        this.called = true;
        if (this.rests) {
            LockSupport.unpark(this.thread);
        }
    }

    /** Leaves it a completion; returns whether it slept and was woken for that. */
    boolean complete(Runnable completion) {
        this.completions.add(completion);
        boolean rests = this.rests;
        if (rests) {
            LockSupport.unpark(this.thread);
        }
        return rests;
    }

    /** Returns the oldest completion, if there is one. */
    @Nullable Runnable nextCompletion() {
        return this.completions.poll();
    }

    void restUntil(long nanos) {
        this.restUntilNanos = nanos;
    }

    /** Returns when it looks without being called; long past unless it rests. */
    long restUntilNanos() {
        return this.restUntilNanos;
    }

    /** It has both roles again. */
    void restsNoMore() {
        this.restUntilNanos = Long.MIN_VALUE;
    }

    /**
     * Sleeps until it is called, has something to complete, or the time has come; may
     * return early. Returns whether it was called.
     */
    boolean sleep() {
        this.rests = true;
        long now = this.ticker.nanoTime();
        if (!this.called && this.completions.isEmpty() && this.restUntilNanos > now) {
            LockSupport.parkNanos(this, this.restUntilNanos - now);
        }
        this.rests = false;
        boolean called = this.called;
        if (called) {
            // Not otherwise: who calls this moment would be forgotten.
            this.called = false;
        }
        return called;
    }

}
