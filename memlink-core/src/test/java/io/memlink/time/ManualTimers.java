package io.memlink.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A clock that stands still until it is moved, and runs tasks on the way.
 */
public final class ManualTimers implements Timers {

    private final List<Task> tasks = new ArrayList<>();

    private long nowNanos = -Duration.ofHours(1).toNanos();

    private long nextNumber;

    private record Task(long dueNanos, long number, Runnable action) {
    }

    @Override
    public long nanoTime() {
        return this.nowNanos;
    }

    @Override
    public void execute(Runnable task) {
        schedule(task, 0);
    }

    @Override
    public void schedule(Runnable task, long delayNanos) {
        this.tasks.add(new Task(this.nowNanos + Math.max(0, delayNanos), this.nextNumber++, task));
    }

    /** Runs all that is due within a time, each at its moment. */
    public void advance(Duration duration) {
        long untilNanos = this.nowNanos + duration.toNanos();
        Task next = next(untilNanos);
        while (next != null) {
            this.tasks.remove(next);
            this.nowNanos = Math.max(this.nowNanos, next.dueNanos());
            next.action().run();
            next = next(untilNanos);
        }
        this.nowNanos = untilNanos;
    }

    private Task next(long untilNanos) {
        return this.tasks.stream()
            .filter((task) -> task.dueNanos() <= untilNanos)
            .min(Comparator.comparingLong(Task::dueNanos).thenComparingLong(Task::number))
            .orElse(null);
    }

    public void millis(long millis) {
        advance(Duration.ofMillis(millis));
    }

}
