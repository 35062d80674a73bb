package io.memlink.spring.cache.generation;

import java.util.ArrayDeque;
import java.util.Queue;

import io.memlink.time.Timers;

/**
 * A clock that stands still; what is due some time is run by the test, or never.
 *
 * @param scheduled what is due, in the order in which it was scheduled
 */
record HeldTime(Queue<Runnable> scheduled) implements Timers {

    HeldTime() {
        this(new ArrayDeque<>());
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void schedule(Runnable task, long delayNanos) {
        this.scheduled.add(task);
    }

}
