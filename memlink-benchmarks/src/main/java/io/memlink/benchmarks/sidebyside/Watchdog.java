package io.memlink.benchmarks.sidebyside;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that hangs must not hold up the others: prints where it hangs, and ends this
 * JVM. Safe for use by many threads.
 */
final class Watchdog {

    private static final long FOREVER = Long.MAX_VALUE;

    private volatile long deadlineNanos;

    Watchdog(Duration time) {
        expect(time);
        Thread thread = new Thread(this::watch, "watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    /** Expects another call of this, or a pause, within a time. */
    void expect(Duration time) {
        this.deadlineNanos = System.nanoTime() + time.toNanos();
    }

    /** Nothing is expected for now. */
    void pause() {
        this.deadlineNanos = FOREVER;
    }

    private void watch() {
        while (true) {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            long deadlineNanos = this.deadlineNanos;
            if (deadlineNanos != FOREVER && System.nanoTime() - deadlineNanos > 0) {
                printStacks();
                Runtime.getRuntime().halt(1);
            }
        }
    }

    private static void printStacks() {
        for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
            System.err.println(thread.getKey());
            for (StackTraceElement frame : thread.getValue()) {
                System.err.println("    at " + frame);
            }
        }
    }

}
