package io.memlink.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.memlink.link.loop.Threads;

/**
 * Threads that never begin: what they would do happens a little later. Those of loops
 * only live to end, since loops are polled until then.
 */
final class SimulatedThreads implements Threads {

    private final SimulatedTime time;

    private final Chance chance;

    private final List<Runnable> loops = new ArrayList<>();

    SimulatedThreads(SimulatedTime time, Chance chance) {
        this.time = time;
        this.chance = chance;
    }

    @Override
    public Executor loops() {
        return this.loops::add;
    }

    /**
     * Ends the loops, which are shutting down: they do what is queued, forget what is
     * planned, and take nothing more.
     */
    void end() {
        this.loops.forEach(Runnable::run);
        this.loops.clear();
    }

    @Override
    public Thread watchdog(Runnable watch) {
        return new Thread(watch, "never started") {

            @Override
            public synchronized void start() {
                // No loop is ever blocked.
            }

        };
    }

    @Override
    public ExecutorService blocking(String name, int count) {
        return new Later();
    }

    /** Runs each task after a while. */
    private final class Later extends AbstractExecutorService {

        private boolean shut;

        @Override
        public void execute(Runnable task) {
            if (this.shut) {
                throw new RejectedExecutionException("shut down");
            }
            SimulatedThreads.this.time.after(SimulatedThreads.this.chance.seldomMany(0.01, 20), task);
        }

        @Override
        public void shutdown() {
            this.shut = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            this.shut = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return this.shut;
        }

        @Override
        public boolean isTerminated() {
            return this.shut;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return this.shut;
        }

    }

}
