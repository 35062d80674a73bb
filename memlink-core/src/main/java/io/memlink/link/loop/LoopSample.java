package io.memlink.link.loop;

import java.lang.Thread.State;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What the thread does, at a moment, that is an event loop which gave no sign of life.
 * Two of them tell a loop that is kept from its work by a task from one that only got no
 * processor: that thread is runnable, and neither runs nor waits.
 *
 * @param thread the thread
 * @param state its state
 * @param cpuNanos how long it has run, or a negative number if nobody knows
 * @param atNanos when this was
 * @param stack where it was
 */
record LoopSample(Thread thread, State state, long cpuNanos, long atNanos, List<StackTraceElement> stack) {

    /** Code that is not to blame, but whoever calls it or is called by it. */
    private static final List<String> BLAMELESS = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "io.netty.",
            "io.memlink.");

    static LoopSample of(Thread thread) {
        return new LoopSample(thread, thread.getState(), cpuNanos(thread), System.nanoTime(),
                List.of(thread.getStackTrace()));
    }

    @SuppressWarnings("deprecation") // its successor came with JDK 19
    private static long cpuNanos(Thread thread) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isThreadCpuTimeSupported() ? threads.getThreadCpuTime(thread.getId()) : -1;
    }

    /**
     * Returns what kept the thread since an earlier moment, if that is known and somebody
     * is to blame for it.
     */
    @Nullable Doing since(LoopSample before) {
        if (before.thread != this.thread || before.culprit().isEmpty() || culprit().isEmpty()) {
            return null;
        }
        if (before.cpuNanos >= 0 && this.cpuNanos - before.cpuNanos >= (this.atNanos - before.atNanos) / 2) {
            return Doing.RUNS;
        }
        if (before.isWaiting() && isWaiting()) {
            return Doing.WAITS;
        }
        boolean inSameCall = isInNativeCode() && before.stack.equals(this.stack);
        return inSameCall ? Doing.IS_IN_A_NATIVE_METHOD : null;
    }

    private boolean isWaiting() {
        return this.state == State.WAITING || this.state == State.TIMED_WAITING || this.state == State.BLOCKED;
    }

    private boolean isInNativeCode() {
        return this.stack.get(0).isNativeMethod();
    }

    /**
     * Finds nobody while classes are loaded, which happens once and cannot be avoided.
     */
    Optional<StackTraceElement> culprit() {
        List<StackTraceElement> frames = this.stack.stream()
            // What called a caller that stands in for the loop is not to blame.
            .takeWhile((frame) -> !frame.getClassName().equals(DrivenLoop.class.getName()))
            .toList();
        if (frames.stream().anyMatch(LoopSample::loadsClasses)) {
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

    /** What somebody does who keeps an event loop from its work. */
    enum Doing {

        RUNS("runs"), WAITS("waits"), IS_IN_A_NATIVE_METHOD("is in a native method");

        private final String text;

        Doing(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return this.text;
        }

    }

}
