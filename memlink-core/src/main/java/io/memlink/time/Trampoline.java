package io.memlink.time;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after the other, in the thread of whoever brings the first of them: a
 * task that brings another one is not its caller, so that a chain of any length needs no
 * stack. Safe for use by many threads; a task must not block, and one that throws ends
 * only itself.
 */
public final class Trampoline implements Executor {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Runs a task now, or behind those that are running.
     * @param task the task
     */
    @Override
    public void execute(Runnable task) {
        this.tasks.add(task);
        if (this.waiting.getAndIncrement() != 0) {
            return;
        }
        do {
            Runnable next = this.tasks.poll();
            try {
                if (next != null) {
                    next.run();
                }
            }
            catch (Throwable ex) {
                // The tasks behind it have to run.
            }
        }
        while (this.waiting.decrementAndGet() != 0);
    }

}
