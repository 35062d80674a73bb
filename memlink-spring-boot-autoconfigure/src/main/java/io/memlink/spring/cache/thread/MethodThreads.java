package io.memlink.spring.cache.thread;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Threads that call cached methods and decode what they return: those of an executor of
 * the application, or a few of its own. Never those that read replies.
 * <p>
 * A cached method may wait for another cached method, whose continuation then needs a
 * thread too. If as many wait as the executor has threads, none of them would ever end.
 * So when tasks wait and none has begun for a tenth of a second, some begin in threads of
 * its own, more of them each time. An executor that is only busy keeps its tasks. Safe
 * for use by many threads; owns only the threads it has made.
 */
public final class MethodThreads implements AutoCloseable {

    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int MAX_OWN_THREADS = 8;

    private static final int MAX_RESCUERS = 1000;

    private static final int MAX_AT_ONCE = 64;

    private static final long KEEP_ALIVE_SECONDS = 10;

    private final Executor executor;

    private final @Nullable ExecutorService own;

    private final ExecutorService rescuers;

    private final @Nullable TaskDecorator decorator;

    private final Timers timers;

    private final Queue<WaitingTask> waiting = new ConcurrentLinkedQueue<>();

    private final AtomicLong begun = new AtomicLong();

    private final AtomicBoolean watching = new AtomicBoolean();

    /**
     * Creates threads.
     * @param executor the executor of the application; {@code null} for threads of its
     * own
     * @param decorator carries the context of the caller to the thread; {@code null} for
     * none
     * @param timers the time
     */
    public MethodThreads(@Nullable Executor executor, @Nullable TaskDecorator decorator, Timers timers) {
        CustomizableThreadFactory threadFactory = new CustomizableThreadFactory("memlink-cache-");
        threadFactory.setDaemon(true);
        if (executor != null) {
            this.own = null;
            this.executor = executor;
        }
        else {
            this.own = few(threadFactory);
            this.executor = this.own;
        }
        this.rescuers = new ThreadPoolExecutor(0, MAX_RESCUERS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
                new SynchronousQueue<>(), threadFactory);
        this.decorator = decorator;
        this.timers = timers;
    }

    private static ExecutorService few(ThreadFactory threadFactory) {
        int threads = Math.max(2, Math.min(Runtime.getRuntime().availableProcessors(), MAX_OWN_THREADS));
        ThreadPoolExecutor few = new ThreadPoolExecutor(threads, threads, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), threadFactory);
        few.allowCoreThreadTimeOut(true);
        return few;
    }

    /**
     * Returns an executor for one call, which runs in these threads what the call goes on
     * with, in the context that its caller has now.
     * @return the executor
     */
    public Executor ofCall() {
        TaskDecorator decorator = this.decorator;
        if (decorator == null) {
            return this::execute;
        }
        Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        Runnable next = decorator.decorate(() -> {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
        });
        return (task) -> {
            tasks.add(task);
            execute(next);
        };
    }

    private void execute(Runnable command) {
        WaitingTask task = new WaitingTask(command, this.begun::incrementAndGet);
        try {
            this.executor.execute(task);
        }
        catch (RejectedExecutionException ex) {
            // The call must end, whatever the executor has room for.
            this.rescuers.execute(task);
            return;
        }
        if (!task.hasBegun()) {
            this.waiting.add(task);
            watch();
        }
    }

    private void watch() {
        if (this.watching.compareAndSet(false, true)) {
            checkLater(this.begun.get(), 1);
        }
    }

    private void checkLater(long begunBefore, int rescued) {
        this.timers.schedule(() -> check(begunBefore, rescued), CHECK_NANOS);
    }

    private void check(long begunBefore, int rescued) {
        this.waiting.removeIf(WaitingTask::hasBegun);
        if (this.waiting.isEmpty()) {
            this.watching.set(false);
            if (!this.waiting.isEmpty()) {
                watch();
            }
            return;
        }
        long begun = this.begun.get();
        boolean stuck = begun == begunBefore;
        if (stuck) {
            this.waiting.stream().limit(rescued).forEach(this::rescue);
        }
        checkLater(begun, Math.min(MAX_AT_ONCE, stuck ? 2 * rescued : 1));
    }

    private void rescue(WaitingTask task) {
        try {
            this.rescuers.execute(task);
        }
        catch (RejectedExecutionException ex) {
            // There are enough; this one waits for its turn, or it is all over.
        }
    }

    /** Ends the threads that were made here, once they have done what they have. */
    @Override
    public void close() {
        if (this.own != null) {
            this.own.shutdown();
        }
        this.rescuers.shutdown();
    }

}
