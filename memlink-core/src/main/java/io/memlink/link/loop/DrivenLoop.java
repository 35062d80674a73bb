package io.memlink.link.loop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.memlink.link.loop.DrivenLoops.Driving;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * An event loop that a waiting caller may be for a moment: it writes its request, waits
 * for events, reads what has come, and goes on once its own reply is among it. Where few
 * callers wait, that saves each of them two hand-offs between threads; where many wait,
 * the loop's own thread serves them together. Safe for use by many threads.
 * <p>
 * {@link LoopRoles} says who is the loop, and how the roles are handed on;
 * {@link SelectorWait} how the holder of both waits for events; {@link OwnThread} how the
 * loop's own thread sleeps meanwhile. This class adds what they are for:
 * <ul>
 * <li><b>When callers watch.</b> {@link Leadership} decides by how many wait. The own
 * thread keeps the watch as long as a connection is made or closed, or anything is
 * pending that no caller waits for.</li>
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

    static final long NEVER = Long.MAX_VALUE;

    /** The own thread looks by itself that often. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    static final long SLICE_MILLIS = 20;

    static final long QUANTUM_MICROS = 100;

    /** Nobody relies on a single wake-up. */
    private static final long PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long OWN_QUANTUM_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final SyncCaller[] NOBODY = {};

    private final LoopRoles roles = new LoopRoles(Leadership.MAX_DRIVERS, this);

    private final Leadership leadership;

    private final SelectorWait selectorWait;

    /** Assigned after the superclass was constructed. */
    private final @Nullable Ticker ticker;

    private final OwnThread own;

    private final CopyOnWriteArrayList<Tenant> tenants = new CopyOnWriteArrayList<>();

    private final Spans blocked = new Spans();

    /** Callers whose replies were read by another one; with the turn. */
    private final Deque<SyncCaller> answered = new ArrayDeque<>();

    private final KeptOutcomes kept;

    /** Assigned while the superclass is constructed. */
    private @Nullable Queue<Runnable> tasks;

    /** The first timer when the watch was given up last. */
    private volatile long nextTimerNanos = NEVER;

    DrivenLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory handlers, Driving driving, Ticker ticker,
            Executor late) {
        super(parent, executor, handlers);
        this.ticker = ticker;
        this.kept = new KeptOutcomes(late);
        this.own = new OwnThread(ticker);
        this.leadership = new Leadership(driving != Driving.NONE);
        this.selectorWait = new SelectorWait(this, this.roles, driving);
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

    @Override
    public Ticker ticker() {
        Ticker ticker = this.ticker;
        return (ticker != null) ? ticker : Ticker.systemTicker();
    }

    /** Returns whether tasks wait to be run. Any thread may ask. */
    boolean hasQueued() {
        Queue<Runnable> tasks = this.tasks;
        return tasks != null && !tasks.isEmpty();
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return thread == this.roles.holder();
    }

    /** Returns whether a thread is the own one, which must not wait for this loop. */
    public boolean isOwnThread(Thread thread) {
        return thread == this.own.thread();
    }

    /** Returns who is the loop at this moment, and so in a task of it, if anybody is. */
    @Nullable Thread holder() {
        return this.roles.holder();
    }

    /** Returns when a task kept this loop from its work, as far as its watchdog knows. */
    public Spans blocked() {
        return this.blocked;
    }

    /** Returns how often callers have stood in for the own thread. Any thread may ask. */
    public int drives() {
        return this.leadership.driveCount();
    }

    /** Returns whether callers may watch at all. Any thread may ask. */
    boolean isDrivable() {
        return this.leadership.isPossible();
    }

    /** Returns how many callers wait for replies. Any thread may ask. */
    int callers() {
        return this.leadership.callers();
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
        if (!this.own.complete(completion) && this.roles.watcher() == this.own.thread()) {
            execute(this::runCompletions);
        }
    }

    private void runCompletions() {
        Runnable completion = this.own.nextCompletion();
        while (completion != null) {
            safeExecute(completion);
            completion = this.own.nextCompletion();
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
        return this.leadership.callersLead() && !isShuttingDown() && !isBusyOtherwise();
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
        return !callersMayWatch() || hasQueued() || this.nextTimerNanos < this.own.restUntilNanos() || hasPending();
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
        this.own.call();
    }

    /** Waits for events and handles them; the thread has both roles, and keeps them. */
    private void turn(long untilNanos, long quantumNanos) {
        this.selectorWait.begin(untilNanos);
        try {
            ioHandler().run(this.selectorWait);
        }
        finally {
            this.selectorWait.end();
        }
        if (hasQueued() || hasScheduledTasks()) {
            runAllTasks(quantumNanos);
        }
    }

    /** Returns whether there are timers; asked with the turn. */
    boolean hasTimers() {
        return hasScheduledTasks();
    }

    /** Returns when the first timer is due; asked with the turn. */
    long firstTimerNanos() {
        long deadline = nextScheduledTaskDeadlineNanos();
        return (deadline < 0) ? NEVER : deadline;
    }

    /** Gives up both roles. */
    private void leave() {
        this.nextTimerNanos = firstTimerNanos();
        this.selectorWait.leave();
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

    /**
     * Keeps a request with an outcome for a caller that does not wait at the moment. Any
     * thread may call.
     * @return what is to be told when somebody has told the outcome
     */
    public Runnable keep(Awaited answered) {
        return this.kept.keep(answered)::forget;
    }

    /** Has others tell an outcome whose caller has left. Any thread may call. */
    public void tell(Awaited answered) {
        this.kept.tell(answered);
    }

    /**
     * Sees to what callers have sent, and see to themselves as a rule: they may be doing
     * something else instead. Called ten times a second, with the turn.
     */
    void seeToWhatWasLeft() {
        this.tenants.forEach(Tenant::writeWhatWasSent);
        this.kept.tellLate();
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
        this.own.begin();
        if (!this.roles.tryWatch() || !this.roles.tryEnter()) {
            throw new IllegalStateException("The loop was watched before it began");
        }
        ioHandler().initialize();
        this.leadership.begin();
        while (true) {
            turn(NEVER, OWN_QUANTUM_NANOS);
            runCompletions();
            if (isShuttingDown()) {
                ioHandler().prepareToDestroy();
                if (confirmShutdown()) {
                    this.kept.end();
                    return;
                }
            }
            else if (mayRest()) {
                this.own.restUntil(Math.min(firstTimerNanos(), now() + TICK_NANOS));
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
        this.leadership.beginToLook(now());
        while (true) {
            runCompletions();
            boolean called = this.own.sleep();
            long now = now();
            boolean quiet = this.leadership.areCallersQuiet(now);
            if ((called || quiet || isShuttingDown() || now >= this.nextTimerNanos) && this.roles.tryWatch()) {
                this.roles.enter();
                if (quiet) {
                    this.leadership.end();
                }
                this.own.restsNoMore();
                return;
            }
            restOn(now);
        }
    }

    /** Who gives up the watch after this sees how long it is. */
    private void restOn(long now) {
        long tick = now + TICK_NANOS;
        this.own.restUntil(tick);
        long timer = this.nextTimerNanos;
        if (this.roles.watcher() == null && timer < tick) {
            this.own.restUntil(timer);
        }
    }

    long now() {
        return ticker().nanoTime();
    }

    // Callers

    /**
     * Waits until there is news for a caller, and does the loop's work meanwhile where
     * that is faster. Returns early where the thread is interrupted, or the time is over.
     */
    void await(SyncCaller caller, Awaited awaited, long deadlineNanos) {
        this.leadership.arrived();
        int seat = callersMayWatch() ? this.roles.sit(caller) : LoopRoles.NO_SEAT;
        try {
            if (seat == LoopRoles.NO_SEAT) {
                awaited.writeLater();
            }
            else if (caller.hasStoppedDriving() || !tryDrive(caller, awaited, true)) {
                writeOrLeaveIt(caller, awaited);
            }
            park(caller, awaited, deadlineNanos, seat);
        }
        finally {
            if (seat != LoopRoles.NO_SEAT) {
                this.roles.stand(seat);
            }
            this.leadership.left();
            this.roles.lookAfter();
        }
    }

    private void park(SyncCaller caller, Awaited awaited, long deadlineNanos, int seat) {
        while (!caller.hasNews() && !caller.thread().isInterrupted()) {
            if (seat != LoopRoles.NO_SEAT && !caller.hasStoppedDriving() && callersMayWatch()
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
            news = hasQueued() || timer < this.selectorWait.watchUntilNanos();
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
        this.leadership.drives();
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

    /**
     * Does what is due at the moment, and waits for nothing: for a thread that is the
     * loop from time to time, where no own thread begins. Returns when the first timer is
     * due, or {@link #NEVER}.
     */
    long poll() {
        if (!this.roles.tryWatch()) {
            throw new IllegalStateException("Another thread watches the loop");
        }
        this.roles.enter();
        try {
            turn(now(), OWN_QUANTUM_NANOS);
            runCompletions();
        }
        finally {
            leave();
        }
        return this.nextTimerNanos;
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
                caller.stopDriving();
                return;
            }
        }
    }

    /** Somebody whose requests go through a loop. */
    public interface Tenant {

        /** Returns whether a reply is to be expected. Any thread asks. */
        boolean isPending();

        /** Has what was sent written, if some is not; called with the turn. */
        void writeWhatWasSent();

        /**
         * Returns whether there is work that is nothing for callers: a connection is made
         * or closed. Any thread asks.
         */
        boolean needsOwnThread();

    }

}
