package io.memlink.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import io.memlink.BlockingMemlinkClient;
import io.memlink.MemlinkClient;
import org.jspecify.annotations.Nullable;
import org.mockito.Mockito;

/**
 * The threads of an application, which wait for what they call. One of them, or the
 * simulation, runs at a time, until it waits or ends: so a seed decides who does what
 * when, although they are threads to all who look.
 */
final class SteppedThreads {

    /** How long a thread takes at most to go on. */
    private static final long LONGEST_WAKE_MILLIS = 5;

    private static final ThreadLocal<@Nullable Stepped> CURRENT = new ThreadLocal<>();

    private static final BlockingMemlinkClient BLOCKING = blocking();

    private final SimulatedClient client;

    private final Chance chance;

    private final List<Stepped> all = new ArrayList<>();

    /** The one that was used last is used next, as pools do. */
    private final Deque<Stepped> idle = new ArrayDeque<>();

    SteppedThreads(SimulatedClient client, Chance chance) {
        this.client = client;
        this.chance = chance;
    }

    /** In place of what waits by driving event loops, which nobody waits for here. */
    private static BlockingMemlinkClient blocking() {
        return Mockito.mock(BlockingMemlinkClient.class, Mockito.withSettings().stubOnly().defaultAnswer((call) -> {
            if (call.getMethod().getName().equals("with")) {
                // For loads, which nobody waits for here.
                return null;
            }
            if (!call.getMethod().getName().equals("call")) {
                throw new UnsupportedOperationException(call.getMethod().toString());
            }
            Supplier<CompletableFuture<?>> operations = call.getArgument(0);
            return await(operations.get());
        }));
    }

    /** Returns a client for whom these threads wait. */
    static MemlinkClient waiting(MemlinkClient client) {
        return (MemlinkClient) Proxy.newProxyInstance(MemlinkClient.class.getClassLoader(),
                new Class<?>[] { MemlinkClient.class }, (proxy, method, arguments) -> {
                    if (method.getName().equals("blocking")) {
                        return BLOCKING;
                    }
                    try {
                        return method.invoke(client, arguments);
                    }
                    catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }

    static boolean isCurrent() {
        return CURRENT.get() != null;
    }

    /** Waits in one of these threads. */
    static <T> T await(CompletableFuture<T> future) {
        Stepped current = CURRENT.get();
        if (current == null) {
            throw new IllegalStateException("waits in the thread of the simulation");
        }
        current.await(future);
        try {
            return future.join();
        }
        catch (CompletionException ex) {
            if (ex.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw ex;
        }
    }

    /**
     * Has one of these threads do something.
     * @param end told by the simulation when it has
     */
    void run(Runnable task, Runnable end) {
        Stepped thread = this.idle.poll();
        if (thread == null) {
            thread = new Stepped();
            this.all.add(thread);
        }
        thread.begin(task, end);
    }

    /** Ends all of them, wherever they wait. */
    void end() {
        this.all.forEach(Stepped::end);
    }

    /** The application of a thread has ended, and so the thread has too. */
    private static final class Over extends Error {

        private static final long serialVersionUID = 1;

        Over() {
            super("over", null, false, false);
        }

    }

    private final class Stepped {

        private final Semaphore steps = new Semaphore(0);

        private final Semaphore waits = new Semaphore(0);

        private final Thread thread = new Thread(this::work, "stepped");

        private @Nullable Runnable task;

        private @Nullable Runnable end;

        private @Nullable Throwable failure;

        private int application;

        private boolean over;

        void begin(Runnable task, Runnable end) {
            this.task = task;
            this.end = end;
            this.application = SteppedThreads.this.client.application();
            if (this.thread.getState() == Thread.State.NEW) {
                this.thread.setDaemon(true);
                this.thread.start();
            }
            step();
        }

        /** Lets it run until it waits or ends. */
        private void step() {
            this.steps.release();
            this.waits.acquireUninterruptibly();
            Throwable failure = this.failure;
            if (failure != null) {
                throw new IllegalStateException("a thread has failed", failure);
            }
            Runnable end = this.end;
            if (this.task == null && end != null) {
                this.end = null;
                SteppedThreads.this.idle.push(this);
                end.run();
            }
        }

        void end() {
            this.over = true;
            this.steps.release();
            try {
                this.thread.join();
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }

        private void work() {
            CURRENT.set(this);
            this.steps.acquireUninterruptibly();
            while (!this.over) {
                try {
                    this.task.run();
                }
                catch (Over ex) {
                    // Nobody is told what became of it.
                }
                catch (Throwable ex) {
                    this.failure = ex;
                }
                this.task = null;
                this.waits.release();
                if (!this.over) {
                    this.steps.acquireUninterruptibly();
                }
            }
        }

        private void await(CompletableFuture<?> future) {
            if (isOver()) {
                throw new Over();
            }
            if (!future.isDone()) {
                SteppedThreads threads = SteppedThreads.this;
                future.whenComplete((result, failure) -> threads.client
                    .after(threads.chance.seldomMany(0, LONGEST_WAKE_MILLIS), this::step));
                this.waits.release();
                this.steps.acquireUninterruptibly();
                if (isOver()) {
                    throw new Over();
                }
            }
        }

        private boolean isOver() {
            return this.over || this.application != SteppedThreads.this.client.application();
        }

    }

}
