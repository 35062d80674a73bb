package io.memlink.link.loop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.memlink.link.loop.DrivenLoops.Driving;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.internal.PlatformDependent;
import org.jspecify.annotations.Nullable;

/**
 * An event loop that a waiting caller may be for a moment: it writes its request, waits
 * for events, reads what has come, and goes on once its own reply is among it. Where few
 * callers wait, that saves each of them two hand-offs between threads; where many wait,
 * the loop's own thread serves them together. Safe for use by many threads.
 * <p>
 * {@link LoopRoles} says who is the loop, and how the roles are handed on. This class
 * adds what they are for:
 * <ul>
 * <li><b>When callers watch.</b> Never unless the transport allows it; otherwise as long
 * as at most {@value #MAX_DRIVERS} wait at a time. One more, and the own thread takes
 * over; {@value #LONELY_CALLS} calls in a row without that many, and callers watch again.
 * The own thread keeps the watch as long as a connection is made or closed, or anything
 * is pending that no caller waits for, and takes it where no caller has driven for
 * {@value #TICK_MILLIS} ms.</li>
 * <li><b>Tasks and timers</b> are run by whoever watches. Where nobody does, a task calls
 * the own thread. That sleeps until the first timer at most, and is called where a caller
 * leaves an earlier one behind.</li>
 * <li><b>Foreign work.</b> A caller that watches reads the replies of others, who decode
 * the values themselves, and runs tasks of the client for {@value #QUANTUM_MICROS} us at
 * most between two looks at its own reply. Futures that it completes for others are
 * completed by the own thread, in their order, so no caller runs callbacks of
 * another.</li>
 * <li><b>Bounds.</b> A caller watches for {@value #SLICE_MILLIS} ms; then it parks, and
 * somebody else watches. So that is how long an interrupt may go unnoticed. It never
 * closes anything: the caller leaves, and its reply is read by whoever watches.</li>
 * <li><b>Shutdown</b> is the own thread's: it keeps both roles for ever then, and a
 * caller that finds the loop shutting down leaves the watch to it.</li>
 * </ul>
 */
public final class DrivenLoop extends SingleThreadIoEventLoop implements LoopRoles.Duties {

    /** How many callers may wait at a time for callers to watch. */
    static final int MAX_DRIVERS = 4;

    static final int LONELY_CALLS = 16;

    static final long TICK_MILLIS = 50;

    static final long SLICE_MILLIS = 20;

    static final long QUANTUM_MICROS = 100;

    private static final long NEVER = Long.MAX_VALUE;

    /** Nobody relies on a single wake-up. */
    private static final long PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long OWN_QUANTUM_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final SyncCaller[] NOBODY = {};

    private final Driving driving;

    private final LoopRoles roles = new LoopRoles(MAX_DRIVERS, this);

    private final WaitContext context = new WaitContext();

    private final CopyOnWriteArrayList<Tenant> tenants = new CopyOnWriteArrayList<>();

    /** Completions of futures that callers have come by. */
    private final Queue<Runnable> completions = PlatformDependent.newMpscQueue();

    /** Callers whose replies were read by another one; with the turn. */
    private final Deque<SyncCaller> answered = new ArrayDeque<>();

    private final AtomicInteger callers = new AtomicInteger();

    /** Assigned while the superclass is constructed. */
    private @Nullable Queue<Runnable> tasks;

    private volatile @Nullable Thread own;

    private volatile boolean ownCalled;

    private volatile boolean ownRests;

    private volatile boolean initialized;

    private volatile boolean callersLead;

    /** Calls in a row that found few others; races do no harm. */
    private int lonely;

    /** The first timer when the watch was given up last. */
    private volatile long nextTimerNanos = NEVER;

    /** When the own thread looks without being called. */
    private volatile long restUntilNanos = Long.MIN_VALUE;

    /** When the holder of the watch looks by itself. */
    private volatile long watchUntilNanos = NEVER;

    /** How often callers have watched, for the own thread to see that they do. */
    private volatile int drives;

    /** As the own thread saw it last, and since when. */
    private int seenDrives;

    private long quietSinceNanos;

    DrivenLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory handlers, Driving driving) {
        super(parent, executor, handlers);
        this.driving = driving;
    }

    @Override
    protected Queue<Runnable> newTaskQueue(int maxPendingTasks) {
        Queue<Runnable> queue = super.newTaskQueue(maxPendingTasks);
        if (this.tasks == null) {
            // The second one is for tasks at the tail.
            this.tasks = queue;
        }
        return queue;
    }

    private boolean hasQueued() {
        Queue<Runnable> tasks = this.tasks;
        return tasks != null && !tasks.isEmpty();
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return thread == this.roles.holder();
    }

    /** Returns whether a thread is the own one, which must not wait for this loop. */
    public boolean isOwnThread(Thread thread) {
        return thread == this.own;
    }

    /** Returns who would have to do what is not done: the loop itself, or its thread. */
    @Nullable Thread responsible() {
        Thread holder = this.roles.holder();
        return (holder != null) ? holder : this.own;
    }

    /** Returns how often callers have stood in for the own thread. Any thread may ask. */
    public int drives() {
        return this.drives;
    }

    /** Watches for something from now on. Any thread may call. */
    public void add(Tenant tenant) {
        this.tenants.add(tenant);
    }

    /** Watches for it no more. Any thread may call. */
    public void remove(Tenant tenant) {
        this.tenants.remove(tenant);
    }

    /** Completes futures on the own thread, in order; called with the turn. */
    public void complete(Runnable completion) {
        this.completions.add(completion);
        if (this.ownRests) {
            LockSupport.unpark(this.own);
        }
        else if (this.roles.watcher() == this.own) {
            execute(this::runCompletions);
        }
    }

    private void runCompletions() {
        Runnable completion = this.completions.poll();
        while (completion != null) {
            safeExecute(completion);
            completion = this.completions.poll();
        }
    }

    @Override
    public void execute(Runnable task) {
        super.execute(task);
        if (this.roles.watcher() == null) {
            callOwnThread();
        }
    }

    @Override
    public io.netty.util.concurrent.Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        io.netty.util.concurrent.Future<?> terminated = super.shutdownGracefully(quietPeriod, timeout, unit);
        callOwnThread();
        return terminated;
    }

    @Override
    public boolean callersMayWatch() {
        return this.callersLead && !isShuttingDown() && !isBusyOtherwise();
    }

    private boolean isBusyOtherwise() {
        for (Tenant tenant : this.tenants) {
            if (tenant.needsOwnThread()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isDue() {
        return !callersMayWatch() || hasQueued() || this.nextTimerNanos < this.restUntilNanos || hasPending();
    }

    private boolean hasPending() {
        for (Tenant tenant : this.tenants) {
            if (tenant.isPending()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void callOwnThread() {
        this.ownCalled = true;
        if (this.ownRests) {
            LockSupport.unpark(this.own);
        }
    }

    /** Waits for events and handles them; the thread has both roles, and keeps them. */
    private void turn(long untilNanos, long quantumNanos) {
        this.context.begin(untilNanos);
        try {
            ioHandler().run(this.context);
        }
        finally {
            this.context.end();
        }
        if (hasQueued() || hasScheduledTasks()) {
            runAllTasks(quantumNanos);
        }
    }

    private long firstTimerNanos() {
        long deadline = nextScheduledTaskDeadlineNanos();
        return (deadline < 0) ? NEVER : deadline;
    }

    /** Gives up both roles. */
    private void leave() {
        this.nextTimerNanos = firstTimerNanos();
        this.watchUntilNanos = NEVER;
        SyncCaller[] answered = takeAnswered();
        this.roles.unwatch();
        this.roles.exit();
        this.roles.lookAfter();
        wake(answered);
    }

    /**
     * A caller has its outcome. Where another one has read it, it is woken when that has
     * given up the turn, so as not to be in its way.
     */
    public void answered(SyncCaller caller) {
        if (caller.thread() == Thread.currentThread()) {
            return;
        }
        if (SyncCaller.standingInFor() == this) {
            this.answered.add(caller);
        }
        else {
            caller.wake();
        }
    }

    private SyncCaller[] takeAnswered() {
        if (this.answered.isEmpty()) {
            return NOBODY;
        }
        SyncCaller[] taken = this.answered.toArray(NOBODY);
        this.answered.clear();
        return taken;
    }

    private static void wake(SyncCaller[] callers) {
        for (SyncCaller caller : callers) {
            caller.wake();
        }
    }

    // The own thread

    @Override
    protected void run() {
        this.own = Thread.currentThread();
        if (!this.roles.tryWatch() || !this.roles.tryEnter()) {
            throw new IllegalStateException("The loop was watched before it began");
        }
        ioHandler().initialize();
        this.initialized = true;
        while (true) {
            turn(NEVER, OWN_QUANTUM_NANOS);
            runCompletions();
            if (isShuttingDown()) {
                ioHandler().prepareToDestroy();
                if (confirmShutdown()) {
                    return;
                }
            }
            else if (mayRest()) {
                this.restUntilNanos = Math.min(firstTimerNanos(), now() + TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
                leave();
                rest();
                // Those of a caller that had the turn until now.
                runCompletions();
            }
        }
    }

    private boolean mayRest() {
        return callersMayWatch() && !hasQueued() && (this.roles.candidate() != null || !hasPending());
    }

    /** Sleeps until it has both roles again. */
    private void rest() {
        this.seenDrives = this.drives;
        this.quietSinceNanos = now();
        while (true) {
            runCompletions();
            this.ownRests = true;
            long now = now();
            if (!this.ownCalled && this.completions.isEmpty() && this.restUntilNanos > now) {
                LockSupport.parkNanos(this, this.restUntilNanos - now);
            }
            this.ownRests = false;
            boolean called = this.ownCalled;
            if (called) {
                // Not otherwise: who calls this moment would be forgotten.
                this.ownCalled = false;
            }
            now = now();
            boolean quiet = areCallersQuiet(now);
            if ((called || quiet || isShuttingDown() || now >= this.nextTimerNanos) && this.roles.tryWatch()) {
                this.roles.enter();
                this.callersLead &= !quiet;
                this.restUntilNanos = Long.MIN_VALUE;
                return;
            }
            restOn(now);
        }
    }

    private boolean areCallersQuiet(long now) {
        if (this.seenDrives != this.drives) {
            this.seenDrives = this.drives;
            this.quietSinceNanos = now;
        }
        return now - this.quietSinceNanos >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
    }

    /** Who gives up the watch after this sees how long it is. */
    private void restOn(long now) {
        long tick = now + TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
        this.restUntilNanos = tick;
        long timer = this.nextTimerNanos;
        if (this.roles.watcher() == null && timer < tick) {
            this.restUntilNanos = timer;
        }
    }

    private long now() {
        return ticker().nanoTime();
    }

    // Callers

    /**
     * Waits until there is news for a caller, and does the loop's work meanwhile where
     * that is faster. Returns early where the thread is interrupted, or the time is over.
     */
    void await(SyncCaller caller, Awaited awaited, long deadlineNanos) {
        int callers = this.callers.incrementAndGet();
        int seat = leads(callers) ? this.roles.sit(caller) : LoopRoles.NO_SEAT;
        try {
            if (seat == LoopRoles.NO_SEAT) {
                awaited.writeLater();
            }
            else if (caller.isTired() || !tryDrive(caller, awaited, true)) {
                writeOrLeaveIt(caller, awaited);
            }
            park(caller, awaited, deadlineNanos, seat);
        }
        finally {
            if (seat != LoopRoles.NO_SEAT) {
                this.roles.stand(seat);
            }
            this.callers.decrementAndGet();
            this.roles.lookAfter();
        }
    }

    private void park(SyncCaller caller, Awaited awaited, long deadlineNanos, int seat) {
        while (!caller.hasNews() && !caller.thread().isInterrupted()) {
            if (seat != LoopRoles.NO_SEAT && !caller.isTired() && callersMayWatch()
                    && tryDrive(caller, awaited, false)) {
                continue;
            }
            this.roles.lookAfter();
            LockSupport.parkNanos(awaited, PARK_NANOS);
            if (System.nanoTime() - deadlineNanos >= 0) {
                return;
            }
        }
    }

    /** Returns whether callers are to watch. */
    private boolean leads(int callers) {
        if (callers > MAX_DRIVERS) {
            this.lonely = 0;
            if (this.callersLead) {
                this.callersLead = false;
            }
        }
        else if (!this.callersLead && this.initialized && ++this.lonely >= LONELY_CALLS) {
            this.lonely = 0;
            this.callersLead = this.driving != Driving.NONE;
        }
        return callersMayWatch();
    }

    /** Writes with the turn, or leaves it to whoever has it. */
    private void writeOrLeaveIt(SyncCaller caller, Awaited awaited) {
        if (!this.roles.tryEnter()) {
            awaited.writeLater();
            return;
        }
        boolean news = true;
        caller.standInFor(this);
        try {
            awaited.write();
            long timer = firstTimerNanos();
            news = hasQueued() || timer < this.watchUntilNanos;
            if (timer < this.nextTimerNanos) {
                this.nextTimerNanos = timer;
            }
        }
        finally {
            SyncCaller[] answered = takeAnswered();
            caller.standInFor(null);
            this.roles.exit();
            if (news) {
                wakeup(false);
            }
            wake(answered);
        }
    }

    /** Watches until the outcome is there, if nobody else does. */
    private boolean tryDrive(SyncCaller caller, Awaited awaited, boolean first) {
        if (!this.roles.tryWatch()) {
            return false;
        }
        this.roles.enter();
        this.drives++;
        caller.standInFor(this);
        try {
            if (first) {
                awaited.write();
            }
            drive(caller);
        }
        finally {
            caller.standInFor(null);
            leave();
        }
        return true;
    }

    private void drive(SyncCaller caller) {
        long until = now() + TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS);
        while (!caller.hasNews() && callersMayWatch() && !caller.thread().isInterrupted()) {
            turn(until, TimeUnit.MICROSECONDS.toNanos(QUANTUM_MICROS));
            if (caller.hasNews()) {
                return;
            }
            wake(takeAnswered());
            if (now() >= until) {
                caller.getTired();
                return;
            }
        }
    }

    /** Somebody whose requests go through a loop. */
    public interface Tenant {

        /** Returns whether a reply is to be expected. Any thread asks. */
        boolean isPending();

        /**
         * Returns whether there is work that is nothing for callers: a connection is made
         * or closed. Any thread asks.
         */
        boolean needsOwnThread();

    }

    /**
     * What the selector asks while it runs. It asks whether it may wait; then until when;
     * then once more, after which a wake-up reaches it: that is when the turn is given
     * up. When it is back it asks what is to be measured, before anything is handled:
     * that is when the turn is taken again.
     */
    private final class WaitContext implements IoHandlerContext {

        private Step step = Step.BEFORE;

        private long untilNanos;

        private long delayNanos;

        private enum Step {

            BEFORE, READY, WAITING, BACK

        }

        void begin(long untilNanos) {
            this.untilNanos = untilNanos;
            this.step = Step.BEFORE;
        }

        /** Takes the turn where the selector has failed while it waited. */
        void end() {
            if (this.step == Step.WAITING) {
                comeBack();
            }
        }

        @Override
        public boolean canBlock() {
            switch (this.step) {
                case BEFORE:
                    return !hasQueued() && !hasScheduledTasks();
                case READY:
                    if (hasQueued()) {
                        return false;
                    }
                    this.step = Step.WAITING;
                    if (DrivenLoop.this.driving == Driving.CONCURRENT) {
                        DrivenLoop.this.roles.exit();
                    }
                    return true;
                default:
                    // Or it would look at interrupts itself, and swallow them.
                    return false;
            }
        }

        private void ready() {
            if (this.step == Step.BEFORE) {
                this.step = Step.READY;
                long now = now();
                long end = Math.min(Math.min(this.untilNanos, firstTimerNanos()), now + LONGEST_WAIT_NANOS);
                this.delayNanos = Math.max(0, end - now);
                DrivenLoop.this.watchUntilNanos = end;
            }
        }

        @Override
        public long deadlineNanos() {
            ready();
            return DrivenLoop.this.watchUntilNanos;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            ready();
            return this.delayNanos;
        }

        @Override
        public boolean shouldReportActiveIoTime() {
            if (this.step == Step.WAITING) {
                comeBack();
            }
            return false;
        }

        private void comeBack() {
            this.step = Step.BACK;
            if (DrivenLoop.this.driving == Driving.CONCURRENT) {
                DrivenLoop.this.roles.enter();
            }
        }

    }

}
