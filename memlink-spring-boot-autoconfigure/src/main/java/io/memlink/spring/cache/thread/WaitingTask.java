package io.memlink.spring.cache.thread;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task that was given to an executor, and that another thread may run if that executor
 * does not get to it. Runs once.
 */
final class WaitingTask implements Runnable {

    private final Runnable task;

    private final Runnable started;

    private final AtomicBoolean begun = new AtomicBoolean();

    WaitingTask(Runnable task, Runnable started) {
        this.task = task;
        this.started = started;
    }

    boolean hasBegun() {
        return this.begun.get();
    }

    @Override
    public void run() {
        if (this.begun.compareAndSet(false, true)) {
            this.started.run();
            this.task.run();
        }
    }

}
