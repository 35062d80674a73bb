package io.memlink.loading;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Loads that nobody waits for. So many of them go on at the same time, whatever threads
 * they use, others wait in line, and more than that are refused. Safe for use by many
 * threads.
 * <p>
 * Invariants: while a load waits, as many go on as may; each load is begun once, or
 * refused once; each turn is passed on or returned once.
 */
final class BackgroundLoads {

    private final Executor executor;

    private final int maxConcurrent;

    private final int maxQueued;

    private final Queue<Load> queued = new ArrayDeque<>();

    private int running;

    private long refused;

    BackgroundLoads(Executor executor, int maxConcurrent, int maxQueued) {
        this.executor = executor;
        this.maxConcurrent = maxConcurrent;
        this.maxQueued = maxQueued;
    }

    /**
     * Begins a load, now or when others have ended.
     * @param begin is called on the executor, and is given what it has to run at its end
     * @param refused is called instead where too many wait already, or all is closed
     */
    void submit(Consumer<Runnable> begin, Runnable refused) {
        Load load = new Load(begin, refused);
        boolean hasTurn;
        synchronized (this) {
            hasTurn = this.running < this.maxConcurrent;
            if (hasTurn) {
                this.running++;
            }
            else if (this.queued.size() < this.maxQueued) {
                this.queued.add(load);
                return;
            }
        }
        if (!hasTurn) {
            refuse(load);
        }
        else if (!begin(load)) {
            next();
        }
    }

    private void refuse(Load load) {
        synchronized (this) {
            this.refused++;
        }
        load.refused.run();
    }

    /** Returns whether it has begun; refuses it otherwise. */
    private boolean begin(Load load) {
        AtomicBoolean ended = new AtomicBoolean();
        Runnable end = () -> {
            if (ended.compareAndSet(false, true)) {
                next();
            }
        };
        try {
            this.executor.execute(() -> {
                try {
                    load.begin.accept(end);
                }
                catch (Throwable ex) {
                    end.run();
                    throw ex;
                }
            });
            return true;
        }
        catch (RejectedExecutionException ex) {
            refuse(load);
            return false;
        }
    }

    /** Passes a turn on, or returns it. */
    private void next() {
        Load next;
        do {
            synchronized (this) {
                next = this.queued.poll();
                if (next == null) {
                    this.running--;
                    return;
                }
            }
        }
        while (!begin(next));
    }

    synchronized BackgroundLoadStatus status() {
        return new BackgroundLoadStatus(this.running, this.queued.size(), this.refused);
    }

    /**
     * A load that has not begun.
     *
     * @param begin begins it
     * @param refused is called if it cannot begin
     */
    private record Load(Consumer<Runnable> begin, Runnable refused) {
    }

}
