package io.memlink.cluster.health;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * A record of how often a backend became unusable lately, which decides how long it stays
 * so at least: 200 ms, twice as long with each time in the last minute, up to a bound.
 * Confined to the timers of its cluster.
 */
final class EjectionHistory {

    private static final long BASE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** More of them make no difference. */
    private static final int MAX_REMEMBERED = 8;

    private final Deque<Long> ejections = new ArrayDeque<>();

    /** Remembers an ejection, and returns how long it has to last at least. */
    long add(long nowNanos, long capNanos) {
        Long oldest = this.ejections.peek();
        while (oldest != null && (nowNanos - oldest >= MEMORY_NANOS || this.ejections.size() == MAX_REMEMBERED)) {
            this.ejections.remove();
            oldest = this.ejections.peek();
        }
        this.ejections.add(nowNanos);
        return Math.min(capNanos, BASE_NANOS << (this.ejections.size() - 1));
    }

}
