package io.memlink.link.flow;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * A task that many threads ask for and that is scheduled once until it begins. Safe for
 * use by many threads; never blocks.
 */
public final class CoalescedTask {

    private final Executor executor;

    private final Runnable task;

    private final Runnable afterEnd;

    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * Creates a task that nobody has asked for.
     * @param executor runs it, in one thread
     * @param task what to do; calls {@link #begun} first
     * @param afterEnd what to do instead, one thread at a time, once the executor has
     * ended and rejects tasks
     */
    public CoalescedTask(Executor executor, Runnable task, Runnable afterEnd) {
        this.executor = executor;
        this.task = task;
        this.afterEnd = afterEnd;
    }

    /**
     * Makes sure that the task will run.
     * @return why it will not; {@code null} where it will
     */
    public @Nullable Throwable schedule() {
        if (!this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
            try {
                this.executor.execute(this.task);
            }
            catch (RejectedExecutionException ex) {
                runAfterEnd();
            }
            catch (Throwable ex) {
                this.scheduled.set(false);
                return ex;
            }
        }
        return null;
    }

    /** The task has begun: who asks from now on has it run again. */
    public void begun() {
        this.scheduled.set(false);
    }

    private synchronized void runAfterEnd() {
        this.scheduled.set(false);
        this.afterEnd.run();
    }

}
