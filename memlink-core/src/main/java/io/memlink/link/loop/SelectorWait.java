package io.memlink.link.loop;

import java.util.concurrent.TimeUnit;

import io.memlink.link.loop.DrivenLoops.Driving;
import io.netty.channel.IoHandlerContext;

/**
 * The wait of the holder of both roles in the selector, with the turn given up meanwhile.
 * Confined to the holder of the watch, except for what says otherwise.
 * <p>
 * The selector asks whether it may wait; then until when; then once more, after which a
 * wake-up reaches it: that is when the turn is given up. When it is back it asks what is
 * to be measured, before anything is handled: that is when the turn is taken again.
 */
final class SelectorWait implements IoHandlerContext {

    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DrivenLoop loop;

    private final LoopRoles roles;

    /** Whether others may have the turn while the selector waits. */
    private final boolean concurrent;

    private Step step = Step.BEFORE;

    private long untilNanos;

    private long delayNanos;

    /** When the holder of the watch looks by itself. */
    private volatile long watchUntilNanos = DrivenLoop.NEVER;

    private enum Step {

        BEFORE, READY, WAITING, BACK

    }

    SelectorWait(DrivenLoop loop, LoopRoles roles, Driving driving) {
        this.loop = loop;
        this.roles = roles;
        this.concurrent = driving == Driving.CONCURRENT;
    }

    /** Begins to wait until a time at the latest. */
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

    /** The watch is about to be given up. */
    void leave() {
        this.watchUntilNanos = DrivenLoop.NEVER;
    }

    /** Returns when the holder of the watch looks by itself. Any thread may ask. */
    long watchUntilNanos() {
        return this.watchUntilNanos;
    }

    @Override
    public boolean canBlock() {
        switch (this.step) {
            case BEFORE:
                return !this.loop.hasQueued() && !this.loop.hasTimers();
            case READY:
                if (this.loop.hasQueued()) {
                    return false;
                }
                this.step = Step.WAITING;
                if (this.concurrent) {
                    this.roles.exit();
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
            long now = this.loop.now();
            long end = Math.min(Math.min(this.untilNanos, this.loop.firstTimerNanos()), now + LONGEST_WAIT_NANOS);
            this.delayNanos = Math.max(0, end - now);
            this.watchUntilNanos = end;
        }
    }

    @Override
    public long deadlineNanos() {
        ready();
        return this.watchUntilNanos;
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
        if (this.concurrent) {
            this.roles.enter();
        }
    }

}
