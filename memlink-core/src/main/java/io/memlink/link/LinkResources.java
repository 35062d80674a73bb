package io.memlink.link;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.memlink.check.Require;
import io.memlink.link.flow.Budget;
import io.memlink.link.loop.DrivenLoop;
import io.memlink.link.loop.DrivenLoops;
import io.memlink.link.loop.LaneChoice;
import io.memlink.link.loop.LoopWatchdog;
import io.memlink.link.loop.Pauses;
import io.memlink.link.loop.Threads;
import io.memlink.link.tls.TlsOptions;
import io.memlink.link.tls.engine.TlsMaterials;
import io.memlink.link.transport.AddressLookup;
import io.memlink.link.transport.FirstUse;
import io.memlink.link.transport.Transport;
import io.memlink.time.Timers;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Ticker;

/**
 * The threads, bounds and randomness that all connections of one client share. Safe for
 * use by many threads. Whoever created it closes it, after the pools that use it.
 *
 * @since 0.1.0
 */
public final class LinkResources implements AutoCloseable {

    /** The most event loops there can be. */
    public static final int MAX_THREADS = 1024;

    /** The most requests that can be let pend. */
    public static final int MAX_REQUESTS = Budget.MAX_REQUESTS;

    /** The most bytes of requests that can be let pend. */
    public static final long MAX_BYTES = Budget.MAX_BYTES;

    /** How many threads do work that may block unless told otherwise. */
    public static final int DEFAULT_BACKGROUND_THREADS = 4;

    /** The most threads for that there can be. */
    public static final int MAX_BACKGROUND_THREADS = 1024;

    private static final int MAX_DEFAULT_THREADS = 8;

    private static final long MAX_DEFAULT_BYTES = 64L * 1024 * 1024;

    /** How many requests may be pending unless told otherwise. */
    public static final int DEFAULT_MAX_REQUESTS = 65_536;

    /** A name server that is silent keeps one of them busy for each backend. */
    private static final int RESOLVER_THREADS = 16;

    private static final int SETTINGS_THREADS = 4;

    /**
     * What callers have left may block whoever tells them of it, but holds up nothing
     * else.
     */
    private static final int LATE_THREADS = 4;

    private static final long SHUTDOWN_SECONDS = 2;

    private final Transport transport;

    private final DrivenLoops loops;

    private final ExecutorService resolver;

    private final ExecutorService settings;

    private final ExecutorService background;

    private final ExecutorService late;

    private final Map<Supplier<TlsOptions>, TlsMaterials> tlsMaterials = new ConcurrentHashMap<>();

    private final LoopWatchdog watchdog;

    private final Budget budget;

    private final AtomicLong longestRequestNanos = new AtomicLong();

    private final Environment environment;

    /**
     * Creates the resources of one client. No thread is started before the first
     * connection.
     * @param threads how many event loops there are, 1 to {@link #MAX_THREADS}
     * @param maxBytes how many bytes of requests may be pending on all connections
     * together
     */
    public LinkResources(int threads, long maxBytes) {
        this(threads, DEFAULT_MAX_REQUESTS, maxBytes);
    }

    /**
     * Creates the resources of one client. No thread is started before the first
     * connection.
     * @param threads how many event loops there are, 1 to {@link #MAX_THREADS}
     * @param maxRequests how many requests may be pending on all connections together, 1
     * to {@link #MAX_REQUESTS}
     * @param maxBytes how many bytes they may have together, 1024 to {@link #MAX_BYTES}
     */
    public LinkResources(int threads, int maxRequests, long maxBytes) {
        this(threads, maxRequests, maxBytes, DEFAULT_BACKGROUND_THREADS);
    }

    /**
     * Creates the resources of one client. No thread is started before the first
     * connection.
     * @param threads how many event loops there are, 1 to {@link #MAX_THREADS}
     * @param maxRequests how many requests may be pending on all connections together, 1
     * to {@link #MAX_REQUESTS}
     * @param maxBytes how many bytes they may have together, 1024 to {@link #MAX_BYTES}
     * @param backgroundThreads how many threads do {@linkplain #background work that may
     * block}, 1 to {@link #MAX_BACKGROUND_THREADS}
     */
    public LinkResources(int threads, int maxRequests, long maxBytes, int backgroundThreads) {
        this(threads, maxRequests, maxBytes, backgroundThreads, Transport.choose(), Environment.real());
        FirstUse.prepare(this.transport, allocator());
    }

    LinkResources(int threads, int maxRequests, long maxBytes, Transport transport) {
        this(threads, maxRequests, maxBytes, transport, Environment.real());
    }

    LinkResources(int threads, int maxRequests, long maxBytes, Transport transport, Environment environment) {
        this(threads, maxRequests, maxBytes, DEFAULT_BACKGROUND_THREADS, transport, environment);
    }

    private LinkResources(int threads, int maxRequests, long maxBytes, int backgroundThreads, Transport transport,
            Environment environment) {
        Require.within("backgroundThreads", backgroundThreads, 1, MAX_BACKGROUND_THREADS);
        Require.within("threads", threads, 1, MAX_THREADS);
        Require.within("maxRequests", maxRequests, 1, MAX_REQUESTS);
        Require.within("maxBytes", maxBytes, 1024, MAX_BYTES);
        this.transport = transport;
        this.environment = environment;
        this.watchdog = new LoopWatchdog(environment.threads());
        this.background = environment.threads().blocking("memlink-background", backgroundThreads);
        this.late = environment.threads().blocking("memlink-late", LATE_THREADS);
        this.loops = new DrivenLoops(threads, transport.ioHandlerFactory(), transport.driving(), environment.threads(),
                environment.ticker(), this.late);
        this.resolver = environment.threads().blocking("memlink-resolver", RESOLVER_THREADS);
        this.settings = environment.threads().blocking("memlink-settings", SETTINGS_THREADS);
        this.budget = new Budget("client", maxRequests, maxBytes, null);
    }

    /**
     * Returns how many event loops a client has unless told otherwise: half of the
     * processors, at least one for each connection of a pool and at most eight.
     * @return threads
     */
    public static int defaultThreads() {
        return Math.max(LinkOptions.DEFAULT_POOL_SIZE,
                Math.min(Runtime.getRuntime().availableProcessors() / 2, MAX_DEFAULT_THREADS));
    }

    /**
     * Returns how many bytes of requests may be pending unless told otherwise: a tenth of
     * the heap, at most 64 MiB.
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
        return new LoopTimers(nextLoop(), this.environment);
    }

    Transport transport() {
        return this.transport;
    }

    Pauses pauses() {
        return this.watchdog.pauses();
    }

    DrivenLoop nextLoop() {
        DrivenLoop loop = this.loops.next();
        this.watchdog.watch(loop);
        return loop;
    }

    /** Returns an event loop for each connection of a pool. */
    List<DrivenLoop> loops(int connections) {
        List<DrivenLoop> loops = this.loops.some(connections);
        loops.forEach(this.watchdog::watch);
        return loops;
    }

    /**
     * Returns the threads that ask name servers.
     * @return an executor whose tasks may block; rejects them once this is closed, and
     * where too many wait
     */
    public Executor resolver() {
        return this.resolver;
    }

    /**
     * Returns what connections are encrypted with that have the same source of options,
     * read by threads that do nothing else.
     */
    TlsMaterials tlsMaterials(Supplier<TlsOptions> source) {
        return this.tlsMaterials.computeIfAbsent(source, (key) -> new TlsMaterials(key, this.settings));
    }

    /**
     * Returns threads for work that may block. There are few, they end when they are
     * idle, and work that would have to wait for too much other work is rejected.
     * @return the executor, which rejects everything once these resources are closed
     */
    public Executor background() {
        return this.background;
    }

    /** A pool was created whose requests may take that long. */
    void requestsTake(long nanos) {
        this.longestRequestNanos.accumulateAndGet(nanos, Math::max);
    }

    /**
     * Returns the longest request timeout of all pools that were created with these.
     * @return nanoseconds; 0 where there are none
     */
    public long longestRequestNanos() {
        return this.longestRequestNanos.get();
    }

    AddressLookup.NameService names() {
        return this.environment.names();
    }

    Budget budget() {
        return this.budget;
    }

    Ticker ticker() {
        return this.environment.ticker();
    }

    LaneChoice laneChoice() {
        return this.environment.lanes();
    }

    ByteBufAllocator allocator() {
        return this.environment.allocator();
    }

    /**
     * Returns the one source of randomness of a client: marks of requests, and the spread
     * of what would happen at one moment otherwise.
     * @return a generator that is safe for use by many threads
     */
    public RandomGenerator random() {
        return this.environment.random();
    }

    /**
     * Ends all threads. Waits for them, except on one of them. Closing twice has no
     * effect.
     */
    @Override
    public void close() {
        this.watchdog.stop();
        this.resolver.shutdownNow();
        this.settings.shutdownNow();
        this.background.shutdownNow();
        this.late.shutdownNow();
        this.loops.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        if (!isLoopThread()) {
            this.loops.terminationFuture().awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        }
    }

    /**
     * Returns whether the current thread is one of the event loops, or stands in for one,
     * and must not wait for it.
     * @return whether it is
     */
    public boolean isLoopThread() {
        Thread current = Thread.currentThread();
        for (EventExecutor loop : this.loops) {
            if (loop.inEventLoop(current) || ((DrivenLoop) loop).isOwnThread(current)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Everything that differs from run to run, in one place for those who want to repeat
     * one.
     *
     * @param random safe for use by many threads
     * @param allocator gives the memory for what is written and read
     * @param names knows the addresses of hosts
     * @param threads run the event loops, and what may block
     * @param ticker the time of the event loops
     * @param clock the time of day
     * @param lanes chooses connections
     */
    record Environment(RandomGenerator random, ByteBufAllocator allocator, AddressLookup.NameService names,
            Threads threads, Ticker ticker, InstantSource clock, LaneChoice lanes) {

        Environment(RandomGenerator random, ByteBufAllocator allocator, AddressLookup.NameService names) {
            this(random, allocator, names, Threads.ofThisJvm(), Ticker.systemTicker(), InstantSource.system(),
                    LaneChoice::leastBusyWhereFewWait);
        }

        static Environment real() {
            return new Environment(new SecureRandom(), ByteBufAllocator.DEFAULT, InetAddress::getAllByName);
        }

    }

    /**
     * The clock and the tasks of an event loop.
     *
     * @param loop the event loop
     * @param environment what it does not have
     */
    private record LoopTimers(EventLoop loop, Environment environment) implements Timers {

        @Override
        public long nanoTime() {
            return this.loop.ticker().nanoTime();
        }

        @Override
        public Instant now() {
            return this.environment.clock().instant();
        }

        @Override
        public double random() {
            return this.environment.random().nextDouble();
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

        @Override
        public void scheduleInAnyCase(Runnable task, long delayNanos) {
            // What is scheduled while the loop ends may be neither run nor cancelled.
            if (this.loop.isShuttingDown()) {
                task.run();
                return;
            }
            try {
                this.loop.schedule(task, Math.max(0, delayNanos), TimeUnit.NANOSECONDS).addListener((scheduled) -> {
                    if (scheduled.isCancelled()) {
                        task.run();
                    }
                });
            }
            catch (RejectedExecutionException ex) {
                task.run();
            }
        }

    }

}
