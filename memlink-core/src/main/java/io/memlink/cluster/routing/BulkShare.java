package io.memlink.cluster.routing;

import java.util.ArrayList;
import java.util.List;

import io.memlink.time.Trampoline;

/**
 * The share that all operations on many keys together may have in progress at one
 * backend, so that they wait for each other and leave room for single requests. Safe for
 * use by many threads; never blocks.
 */
final class BulkShare {

    private final BulkLimits limits;

    private int requests;

    private long bytes;

    private List<Runnable> waiting = new ArrayList<>();

    /** Who is called may release at once what it then takes. */
    private final Trampoline turns = new Trampoline();

    BulkShare(BulkLimits limits) {
        this.limits = limits;
    }

    /**
     * Takes a permit for one request. Where there is none, the waiter is called once, as
     * soon as somebody has returned one: it has to ask again.
     */
    synchronized boolean acquire(long bytes, Runnable waiter) {
        boolean full = this.requests >= this.limits.requests() || this.bytes + bytes > this.limits.bytes();
        if (this.requests > 0 && full) {
            this.waiting.add(waiter);
            return false;
        }
        this.requests++;
        this.bytes += bytes;
        return true;
    }

    /** Returns the permit of one request, and calls those that wait. */
    void release(long bytes) {
        List<Runnable> called;
        synchronized (this) {
            this.requests--;
            this.bytes -= bytes;
            called = this.waiting;
            if (called.isEmpty()) {
                return;
            }
            this.waiting = new ArrayList<>();
        }
        called.forEach(this.turns::execute);
    }

    synchronized boolean isIdle() {
        return this.requests == 0 && this.waiting.isEmpty();
    }

}
