package io.memlink.link.loop;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The roles of an event loop: who is the loop at this moment, and who waits for its
 * events. Safe for use by many threads. Knows neither sockets nor tasks, so that each of
 * its steps can be tried against each other.
 * <p>
 * An event loop has two roles, each of which one thread has at most:
 * <dl>
 * <dt>the turn</dt>
 * <dd>Who has it <em>is</em> the loop: it alone may encode, write, read and run tasks,
 * and {@code inEventLoop} answers yes to it and to nobody else. It is held for as long as
 * that takes, never while waiting where the transport can do without.</dd>
 * <dt>the watch</dt>
 * <dd>Who has it waits for events, with the turn given up meanwhile, takes the turn when
 * they come, and runs what is queued. Only who has the watch calls the selector.</dd>
 * </dl>
 * The loop has a thread of its own, which takes the watch whenever nobody else should.
 * Callers that wait for a reply sit down in one of a few seats, and take the watch where
 * it is free. <pre>
 *                 tryWatch                     unwatch
 *   unwatched ---------------&gt; watched by T ------------&gt; unwatched, and T looks after it
 *       ^                        |      ^
 *       |                 exit,  |      | enter
 *       |                 waits  v      |
 *       |                     watched by T, and anybody has the turn for a moment
 *       |
 *       +-- looked after: somebody in a seat is woken, or the own thread, or nothing is due
 * </pre>
 */
final class LoopRoles {

    /*
     * 1. One holder of the turn, one of the watch: both are taken by a compare-and-set of
     * nobody, and given up by their holder alone.
     *
     * 2. What is due is never left unwatched. Due are tasks, timers that are earlier than
     * the own thread looks by itself, requests that are pending, and callers in seats.
     * Whoever makes something due does so first and looks at the watch then: where it is
     * free, it sees to it that somebody takes it. Whoever gives up the watch does so
     * first and looks at what is due then. So one of the two sees the other.
     *
     * 3. Somebody in a seat who was woken to take the watch may find that it has been
     * answered meanwhile, or was interrupted. So whoever leaves a seat looks after the
     * watch likewise, whether or not it was woken. A caller leaves its seat first and
     * looks at the watch then; who looks for somebody to wake has given up the watch
     * before.
     *
     * 4. The holder of the watch that comes back from waiting and finds the turn taken
     * leaves its name, and tries once more before it parks; who gives up the turn does so
     * first and looks for the name then. At most one thread waits for the turn, since
     * only the holder of the watch does: everybody else leaves a task instead.
     *
     * 5. Nobody waits for a role while it holds another thread's: the turn is held for a
     * bounded piece of work, and who holds it never waits for the watch. So there is no
     * circle to be deadlocked in.
     */

    /** How often the turn is tried before the holder of the watch parks for it. */
    private static final int SPINS = 20;

    static final int NO_SEAT = -1;

    private final Duties duties;

    private final AtomicReferenceArray<@Nullable Seated> seats;

    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();

    private final AtomicReference<@Nullable Thread> watcher = new AtomicReference<>();

    private volatile @Nullable Thread comingBack;

    LoopRoles(int seats, Duties duties) {
        this.seats = new AtomicReferenceArray<>(seats);
        this.duties = duties;
    }

    /** Takes the turn if it is free. */
    boolean tryEnter() {
        return this.holder.get() == null && this.holder.compareAndSet(null, Thread.currentThread());
    }

    /** Takes the turn, waiting for it; for the holder of the watch alone. */
    void enter() {
        for (int i = 0; i < SPINS; i++) {
            if (tryEnter()) {
                return;
            }
            Thread.onSpinWait();
        }
        this.comingBack = Thread.currentThread();
        boolean interrupted = false;
        while (!tryEnter()) {
            LockSupport.park(this);
            // Or it would not park any more.
            interrupted |= Thread.interrupted();
        }
        this.comingBack = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives up the turn. */
    void exit() {
        this.holder.set(null);
        Thread comingBack = this.comingBack;
        if (comingBack != null) {
            LockSupport.unpark(comingBack);
        }
    }

    @Nullable Thread holder() {
        return this.holder.get();
    }

    /** Takes the watch if it is free. */
    boolean tryWatch() {
        return this.watcher.get() == null && this.watcher.compareAndSet(null, Thread.currentThread());
    }

    /** Gives up the watch; {@link #lookAfter} has to follow, without the turn. */
    void unwatch() {
        this.watcher.set(null);
    }

    @Nullable Thread watcher() {
        return this.watcher.get();
    }

    /** Takes a seat, if there is one; returns its number. */
    int sit(Seated caller) {
        for (int i = 0; i < this.seats.length(); i++) {
            if (this.seats.get(i) == null && this.seats.compareAndSet(i, null, caller)) {
                return i;
            }
        }
        return NO_SEAT;
    }

    /** Leaves a seat; {@link #lookAfter} has to follow. */
    void stand(int seat) {
        this.seats.set(seat, null);
    }

    /** Returns somebody in a seat who would take the watch. */
    @Nullable Seated candidate() {
        for (int i = 0; i < this.seats.length(); i++) {
            Seated caller = this.seats.get(i);
            if (caller != null && caller.mayWatch()) {
                return caller;
            }
        }
        return null;
    }

    /** Sees to it that somebody watches, if nobody does and something is due. */
    void lookAfter() {
        if (this.watcher.get() != null) {
            return;
        }
        Seated next = this.duties.callersMayWatch() ? candidate() : null;
        if (next != null) {
            next.wake();
        }
        else if (this.duties.isDue()) {
            this.duties.callOwnThread();
        }
    }

    /** The duties of those who have the roles. Any thread asks. */
    interface Duties {

        /** Returns whether callers are to watch at all. */
        boolean callersMayWatch();

        /** Returns whether the loop has to be watched, apart from those in seats. */
        boolean isDue();

        /** Has the thread of the loop take the watch, if it is free. */
        void callOwnThread();

    }

    /** A caller that waits for a reply. */
    interface Seated {

        /** Returns whether it still waits, and can take the watch. Any thread asks. */
        boolean mayWatch();

        /** Has it try to take the watch. */
        void wake();

    }

    @Override
    public String toString() {
        return "LoopRoles[holder=" + this.holder + ", watcher=" + this.watcher + "]";
    }

}
