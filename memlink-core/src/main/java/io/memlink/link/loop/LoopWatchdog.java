package io.memlink.link.loop;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.memlink.time.LogLimit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch over event loops that finds those that somebody keeps from their work, and
 * names the culprit in the log. A thread of its own, since a loop that is blocked cannot
 * tell; it asks each loop ten times a second for a sign of life, and adds nothing to the
 * way of a request.
 */
public final class LoopWatchdog implements Runnable {

    static final long PERIOD_MILLIS = 100;

    private static final Logger logger = LoggerFactory.getLogger(LoopWatchdog.class);

    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    /** Code that is not to blame, but whoever calls it or is called by it. */
    private static final List<String> BLAMELESS = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "io.netty.",
            "io.memlink.");

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
     * Returns when the JVM stood still.
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
        Thread blocked = each.ask();
        if (blocked != null && !paused) {
            StackTraceElement[] stack = blocked.getStackTrace();
            culprit(stack).ifPresent((culprit) -> report(blocked, culprit, stack));
        }
    }

    private void report(Thread blocked, StackTraceElement culprit, StackTraceElement[] stack) {
        if (this.logLimit.permits()) {
            Throwable where = new Throwable("what the event loop is doing");
            where.setStackTrace(stack);
            logger.warn(
                    "{} has been blocked for more than {} ms by {}; blocking code does not belong on an event"
                            + " loop: have futures completed by an executor (callbackExecutor)",
                    blocked.getName(), PERIOD_MILLIS, culprit, where);
        }
    }

    /**
     * Finds nobody while classes are loaded, which happens once and cannot be avoided.
     */
    static Optional<StackTraceElement> culprit(StackTraceElement[] stack) {
        List<StackTraceElement> frames = Stream.of(stack)
            // What called a caller that stands in for the loop is not to blame.
            .takeWhile((frame) -> !frame.getClassName().equals(DrivenLoop.class.getName()))
            .toList();
        if (frames.stream().anyMatch(LoopWatchdog::loadsClasses)) {
            return Optional.empty();
        }
        return frames.stream()
            .filter((frame) -> BLAMELESS.stream().noneMatch(frame.getClassName()::startsWith))
            .findFirst();
    }

    private static boolean loadsClasses(StackTraceElement frame) {
        return frame.getMethodName().equals("<clinit>")
                || frame.getClassName().equals("java.lang.ClassLoader") && frame.getMethodName().equals("loadClass");
    }

    /** A loop, and whether it has answered. */
    private static final class Watched {

        private final DrivenLoop loop;

        private volatile boolean answered = true;

        Watched(DrivenLoop loop) {
            this.loop = loop;
        }

        /** Asks again; returns who keeps a loop from answering that has not yet. */
        @Nullable Thread ask() {
            if (!this.answered) {
                return this.loop.responsible();
            }
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
        }

    }

}
