package io.memlink.link;

import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.memlink.link.transport.Transport;
import io.memlink.time.Timers;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;

/**
 * The threads and bounds that all connections of one client share. Safe for use by many
 * threads. Whoever created it closes it, after the pools that use it.
 *
 * @since 0.1.0
 */
public final class LinkResources implements AutoCloseable {

    private static final int MAX_DEFAULT_THREADS = 8;

    private static final long MAX_DEFAULT_BYTES = 64L * 1024 * 1024;

    /** How many requests may be under way unless told otherwise. */
    public static final int DEFAULT_MAX_REQUESTS = 65_536;

    private static final int BLOCKING_THREADS = 4;

    private static final long KEEP_ALIVE_SECONDS = 5;

    private static final int MAX_BACKGROUND_TASKS = 1024;

    private static final long SHUTDOWN_SECONDS = 2;

    private final Transport transport;

    private final EventLoopGroup loops;

    private final ThreadPoolExecutor resolver;

    private final ThreadPoolExecutor background;

    private final LoopWatchdog watchdog = new LoopWatchdog();

    private final Budget budget;

    private final SecureRandom random = new SecureRandom();

    /**
     * Creates the resources of one client. No thread is started before the first
     * connection.
     * @param threads how many event loops there are, 1 or more
     * @param maxBytes how many bytes of requests may be under way on all connections
     * together
     */
    public LinkResources(int threads, long maxBytes) {
        this(threads, DEFAULT_MAX_REQUESTS, maxBytes);
    }

    /**
     * Creates the resources of one client. No thread is started before the first
     * connection.
     * @param threads how many event loops there are, 1 or more
     * @param maxRequests how many requests may be under way on all connections together,
     * 1 or more
     * @param maxBytes how many bytes they may have together, 1024 or more
     */
    public LinkResources(int threads, int maxRequests, long maxBytes) {
        this(threads, maxRequests, maxBytes, Transport.choose());
    }

    LinkResources(int threads, int maxRequests, long maxBytes, Transport transport) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + " (expected: 1 or more)");
        }
        if (maxRequests < 1) {
            throw new IllegalArgumentException("maxRequests: " + maxRequests + " (expected: 1 or more)");
        }
        if (maxBytes < 1024) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + " (expected: 1024 or more)");
        }
        this.transport = transport;
        this.loops = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("memlink-io", true),
                transport.ioHandlerFactory());
        this.resolver = blockingThreads("memlink-resolver", Integer.MAX_VALUE);
        this.background = blockingThreads("memlink-background", MAX_BACKGROUND_TASKS);
        this.budget = new Budget("client", maxRequests, maxBytes, null);
    }

    private static ThreadPoolExecutor blockingThreads(String name, int maxTasks) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(BLOCKING_THREADS, BLOCKING_THREADS, KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS, new LinkedBlockingQueue<>(maxTasks), new DefaultThreadFactory(name, true));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * Returns how many event loops a client has unless told otherwise: half of the
     * processors, at least one and at most eight.
     * @return threads
     */
    public static int defaultThreads() {
        return Math.max(1, Math.min(Runtime.getRuntime().availableProcessors() / 2, MAX_DEFAULT_THREADS));
    }

    /**
     * Returns how many bytes of requests may be under way unless told otherwise: a tenth
     * of the heap, at most 64 MiB.
     * @return bytes
     */
    public static long defaultMaxBytes() {
        return Math.min(MAX_DEFAULT_BYTES, Runtime.getRuntime().maxMemory() / 10);
    }

    /**
     * Returns one of the event loops as a clock and a place to run tasks.
     * @return the timers, valid until these resources are closed
     */
    @SuppressWarnings("exports") // for the other rooms of this module
    public Timers timers() {
        return new LoopTimers(nextLoop());
    }

    Transport transport() {
        return this.transport;
    }

    EventLoop nextLoop() {
        EventLoop loop = this.loops.next();
        this.watchdog.watch(loop);
        return loop;
    }

    /**
     * Returns the threads that ask name servers and read certificates.
     * @return an executor whose tasks may block; rejects them once this is closed
     */
    public Executor resolver() {
        return this.resolver;
    }

    /**
     * Returns threads for work that may block. There are few, they end when they are
     * idle, and work that would have to wait for too much other work is rejected.
     * @return the executor, which rejects everything once these resources are closed
     */
    public Executor background() {
        return this.background;
    }

    /** Asks something that may block, and goes on with a positive answer on the loop. */
    void askBlocking(BooleanSupplier question, EventLoop loop, Runnable then) {
        try {
            this.resolver.execute(() -> {
                if (question.getAsBoolean()) {
                    loop.execute(then);
                }
            });
        }
        catch (RejectedExecutionException ex) {
            // Everything is being closed.
        }
    }

    Budget budget() {
        return this.budget;
    }

    ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    int randomInt() {
        return this.random.nextInt();
    }

    /**
     * Ends all threads. Waits for them, except on one of them. Closing twice has no
     * effect.
     */
    @Override
    public void close() {
        this.watchdog.stop();
        this.resolver.shutdownNow();
        this.background.shutdownNow();
        this.loops.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        if (!isLoopThread()) {
            this.loops.terminationFuture().awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        }
    }

    /**
     * Returns whether the current thread is one of the event loops, which must not wait.
     * @return whether it is
     */
    public boolean isLoopThread() {
        for (EventExecutor loop : this.loops) {
            if (loop.inEventLoop()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The clock and the tasks of an event loop.
     *
     * @param loop the event loop
     */
    private record LoopTimers(EventLoop loop) implements Timers {

        @Override
        public long nanoTime() {
            return this.loop.ticker().nanoTime();
        }

        @Override
        public void execute(Runnable task) {
            try {
                this.loop.execute(task);
            }
            catch (RejectedExecutionException ex) {
                // The client was closed.
            }
        }

        @Override
        public void schedule(Runnable task, long delayNanos) {
            try {
                this.loop.schedule(task, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
            }
            catch (RejectedExecutionException ex) {
                // The client was closed.
            }
        }

    }

}
