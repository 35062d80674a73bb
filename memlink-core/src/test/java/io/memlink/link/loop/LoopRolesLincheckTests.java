package io.memlink.link.loop;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.Interleavings;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Callers that drive, callers that only write, one that sits and waits, tasks, the own
 * thread, and a change of who is to watch: one thread at a time is the loop, and what is
 * due is watched, or somebody was told to.
 */
public class LoopRolesLincheckTests {

    private final AtomicInteger tasks = new AtomicInteger();

    private final AtomicBoolean ownCalled = new AtomicBoolean();

    private final AtomicBoolean callersWatch = new AtomicBoolean(true);

    private final AtomicInteger inTurn = new AtomicInteger();

    private final AtomicInteger inWatch = new AtomicInteger();

    private volatile boolean violated;

    private final Waiter waiter = new Waiter();

    private final LoopRoles roles = new LoopRoles(2, new LoopRoles.Duties() {

        @Override
        public boolean callersMayWatch() {
            return LoopRolesLincheckTests.this.callersWatch.get();
        }

        @Override
        public boolean isDue() {
            return !callersMayWatch() || LoopRolesLincheckTests.this.tasks.get() > 0;
        }

        @Override
        public void callOwnThread() {
            LoopRolesLincheckTests.this.ownCalled.set(true);
        }

    });

    /** Does what is to be done with the turn. */
    private void beTheLoop() {
        if (this.inTurn.incrementAndGet() != 1) {
            this.violated = true;
        }
        this.inTurn.decrementAndGet();
    }

    /** Waits, handles what has come, runs the tasks, and leaves. */
    private void watch() {
        if (this.inWatch.incrementAndGet() != 1) {
            this.violated = true;
        }
        this.roles.enter();
        beTheLoop();
        this.roles.exit();
        this.roles.enter();
        beTheLoop();
        this.tasks.set(0);
        this.inWatch.decrementAndGet();
        this.roles.unwatch();
        this.roles.exit();
        this.roles.lookAfter();
    }

    /**
     * A caller that watches where it can, else writes where it can, else leaves a task.
     */
    @Operation
    public void call() {
        if (this.callersWatch.get() && this.roles.tryWatch()) {
            watch();
        }
        else if (this.roles.tryEnter()) {
            beTheLoop();
            this.roles.exit();
        }
        else {
            task();
        }
        this.roles.lookAfter();
    }

    /** A task of any other thread. */
    @Operation
    public void task() {
        this.tasks.incrementAndGet();
        if (this.roles.watcher() == null) {
            this.ownCalled.set(true);
        }
    }

    /** The own thread, which sleeps unless it was called. */
    @Operation(nonParallelGroup = "own")
    public void own() {
        if (this.ownCalled.getAndSet(false) && this.roles.tryWatch()) {
            watch();
        }
    }

    /** A caller sits down, and parks where it cannot watch. */
    @Operation(nonParallelGroup = "waiter")
    public void sit() {
        if (this.waiter.seat == LoopRoles.NO_SEAT) {
            this.waiter.woken = false;
            this.waiter.waits = true;
            this.waiter.seat = this.roles.sit(this.waiter);
            tryToWatch();
        }
    }

    /** The one that sits looks again, where it was woken. */
    @Operation(nonParallelGroup = "waiter")
    public void look() {
        if (this.waiter.seat != LoopRoles.NO_SEAT && this.waiter.woken) {
            this.waiter.woken = false;
            tryToWatch();
        }
    }

    private void tryToWatch() {
        if (this.callersWatch.get() && this.roles.tryWatch()) {
            watch();
            stand();
        }
        else {
            this.roles.lookAfter();
        }
    }

    /** The one that sits is interrupted, or was answered. */
    @Operation(nonParallelGroup = "waiter")
    public void stand() {
        if (this.waiter.seat != LoopRoles.NO_SEAT) {
            this.waiter.waits = false;
            this.roles.stand(this.waiter.seat);
            this.waiter.seat = LoopRoles.NO_SEAT;
            this.roles.lookAfter();
        }
    }

    /** There are many callers, so the own thread is to watch. */
    @Operation
    public void beMany() {
        this.callersWatch.set(false);
        this.roles.lookAfter();
    }

    /** After all of that. */
    @Validate
    public void watchesWhatIsDueOrHasToldSomebody() {
        if (this.violated) {
            throw new IllegalStateException("two had one role");
        }
        if (this.roles.watcher() != null || this.roles.holder() != null) {
            throw new IllegalStateException("not given up: " + this.roles);
        }
        boolean due = this.tasks.get() > 0 || !this.callersWatch.get();
        boolean sits = this.waiter.seat != LoopRoles.NO_SEAT;
        boolean told = this.ownCalled.get() || (sits && this.waiter.woken);
        if ((due || sits) && !told) {
            throw new IllegalStateException("due, and nobody told: tasks " + this.tasks + ", sits " + sits);
        }
    }

    private static final class Waiter implements LoopRoles.Seated {

        private int seat = LoopRoles.NO_SEAT;

        private volatile boolean waits;

        private volatile boolean woken;

        @Override
        public boolean mayWatch() {
            return this.waits;
        }

        @Override
        public void wake() {
            this.woken = true;
        }

    }

    @Test
    void holdsForEachPairOfTransitions() {
        Interleavings.ofTwoThreads().iterations(15).invocationsPerIteration(300).check(LoopRolesLincheckTests.class);
    }

    @Test
    void holdsUnderStress() {
        Interleavings.underStress()
            .actorsPerThread(4)
            .iterations(15)
            .invocationsPerIteration(1000)
            .check(LoopRolesLincheckTests.class);
    }

}
