package io.memlink.link.loop;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.memlink.link.loop.LoopSample.Doing;
import io.memlink.time.LogLimit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch over event loops that finds those that somebody keeps from their work, and
 * names the culprit in the log. A thread of its own, since a loop that is blocked cannot
 * tell; it asks each loop ten times a second for a sign of life, and adds nothing to the
 * way of a request. A loop is blocked that gives none between two looks, at both of which
 * it is in a task that has run or waited meanwhile. The same task sees to what callers
 * were to see to that do something else.
 */
public final class LoopWatchdog implements Runnable {

    static final long PERIOD_MILLIS = 100;

    private static final Logger logger = LoggerFactory.getLogger(LoopWatchdog.class);

    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private final Queue<Watched> watched = new ConcurrentLinkedQueue<>();

    private final LogLimit logLimit = new LogLimit(LOG_INTERVAL);

    private final Pauses pauses = new Pauses(System::nanoTime, TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS));

    private final Thread thread;

    private volatile boolean stopped;

    /** Creates a watchdog that watches nothing. */
    public LoopWatchdog(Threads threads) {
        this.thread = threads.watchdog(this);
    }

    /**
     * Returns when threads of the JVM were kept waiting.
     * @return what is known, as long as a loop is watched
     */
    public Pauses pauses() {
        return this.pauses;
    }

    /** Watches a loop from now on; once is enough. */
    public synchronized void watch(DrivenLoop loop) {
        if (this.stopped || this.watched.stream().anyMatch((known) -> known.loop == loop)) {
            return;
        }
        Watched added = new Watched(loop);
        added.ask();
        this.watched.add(added);
        if (this.thread.getState() == Thread.State.NEW) {
            this.thread.start();
        }
    }

    /** Ends the watch. */
    public synchronized void stop() {
        this.stopped = true;
        LockSupport.unpark(this.thread);
    }

    @Override
    public void run() {
        while (!this.stopped) {
            this.pauses.sleep();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS));
            // Where this thread was kept waiting as well, the whole JVM was.
            boolean paused = this.pauses.wake();
            try {
                inspect(paused);
            }
            catch (Throwable ex) {
                // The next round looks again.
            }
        }
    }

    /** Asks nothing of loops that are being stopped. */
    private synchronized void inspect(boolean paused) {
        if (!this.stopped) {
            this.watched.forEach((each) -> inspect(each, paused));
        }
    }

    private void inspect(Watched each, boolean paused) {
        LoopSample before = each.silent;
        LoopSample now = each.ask();
        if (before != null && now != null && !paused) {
            Doing doing = now.since(before);
            if (doing != null) {
                each.loop.blocked().add(before.atNanos(), now.atNanos());
                report(now, doing);
            }
        }
    }

    private void report(LoopSample sample, Doing doing) {
        if (this.logLimit.permits()) {
            Throwable where = new Throwable("what the event loop is doing");
            where.setStackTrace(sample.stack().toArray(StackTraceElement[]::new));
            logger.warn(
                    "{} has been blocked for more than {} ms by {}, which {}; blocking code does not belong on an"
                            + " event loop: have futures completed by an executor (callbackExecutor)",
                    sample.thread().getName(), PERIOD_MILLIS, sample.culprit().orElseThrow(), doing, where);
        }
    }

    /** A loop, and whether it has answered. */
    private static final class Watched {

        private final DrivenLoop loop;

        private volatile boolean answered = true;

        /** What it did when it was looked at last, unless it has answered. */
        private @Nullable LoopSample silent;

        Watched(DrivenLoop loop) {
            this.loop = loop;
        }

        /**
         * Asks again; returns what a loop does that has not yet answered, {@code null}
         * where it does nothing.
         */
        @Nullable LoopSample ask() {
            if (!this.answered) {
                Thread holder = this.loop.holder();
                this.silent = (holder != null) ? LoopSample.of(holder) : null;
                return this.silent;
            }
            this.silent = null;
            this.answered = false;
            try {
                this.loop.execute(this::answer);
            }
            catch (RejectedExecutionException ex) {
                // It has ended, and is asked no more.
            }
            return null;
        }

        private void answer() {
            this.answered = true;
            this.loop.seeToWhatWasLeft();
        }

    }

}
