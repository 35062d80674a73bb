package io.memlink.link.loop;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

import io.netty.channel.EventLoop;

/**
 * The timer that checks a connection when its next deadline has passed; one for all its
 * requests. Confined to the event loop.
 * <p>
 * A timer that runs late tells that the whole JVM, or this loop, stood still. The replies
 * may lie in the socket then, so they are given the chance to be read before anything
 * expires.
 */
public final class DeadlineTimer implements Runnable {

    /** What the check returns when there is nothing to wait for. */
    public static final long NONE = Long.MAX_VALUE;

    private static final long MIN_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How long a check is put off while replies keep coming. */
    private static final long MAX_POSTPONED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final EventLoop loop;

    /** Expires what is due at the given time, and returns when the next is due. */
    private final LongUnaryOperator check;

    private final Consumer<Throwable> failed;

    /** No request made after a check is due earlier than this. */
    private final long maxDelayNanos;

    private boolean armed;

    private long dueNanos;

    private boolean replyRead;

    private boolean postponed;

    private long postponedSinceNanos;

    /**
     * Creates a timer that waits for nothing.
     * @param failed told what was thrown by a check, or because no next one can be
     * scheduled: the deadlines are watched by nobody then
     */
    public DeadlineTimer(EventLoop loop, long maxDelayNanos, LongUnaryOperator check, Consumer<Throwable> failed) {
        this.loop = loop;
        this.maxDelayNanos = maxDelayNanos;
        this.check = check;
        this.failed = failed;
    }

    /** Makes sure that a check will run soon enough for a deadline. */
    public void arm(long deadlineNanos) {
        if (!this.armed && deadlineNanos != NONE) {
            long delayNanos = Math.min(deadlineNanos - this.loop.ticker().nanoTime(), this.maxDelayNanos);
            schedule(Math.max(delayNanos, MIN_DELAY_NANOS));
        }
    }

    public boolean isArmed() {
        return this.armed;
    }

    /** Tells that bytes came. */
    public void replyRead() {
        this.replyRead = true;
    }

    @Override
    public void run() {
        this.armed = false;
        try {
            check();
        }
        catch (Throwable ex) {
            this.failed.accept(ex);
        }
    }

    private void check() {
        long now = this.loop.ticker().nanoTime();
        if (isLate(now)) {
            this.postponedSinceNanos = this.postponed ? this.postponedSinceNanos : now;
            this.postponed = true;
            this.replyRead = false;
            schedule(MIN_DELAY_NANOS);
            return;
        }
        this.postponed = false;
        arm(this.check.applyAsLong(now));
    }

    private boolean isLate(long now) {
        if (!this.postponed) {
            return now - this.dueNanos > LATE_NANOS;
        }
        return this.replyRead && now - this.postponedSinceNanos < MAX_POSTPONED_NANOS;
    }

    private void schedule(long delayNanos) {
        this.dueNanos = this.loop.ticker().nanoTime() + delayNanos;
        this.loop.schedule(this, delayNanos, TimeUnit.NANOSECONDS);
        this.armed = true;
    }

}
