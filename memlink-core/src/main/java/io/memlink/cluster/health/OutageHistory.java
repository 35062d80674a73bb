package io.memlink.cluster.health;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * A record of how often a backend became unusable lately in one way, which decides how
 * long it stays so at least: 200 ms, twice as long with each time in the last minute, up
 * to a bound. Confined to the timers of its cluster.
 */
final class OutageHistory {

    private static final long BASE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** More of them make no difference. */
    private static final int MAX_REMEMBERED = 8;

    private final Deque<Long> times = new ArrayDeque<>();

    /** Remembers that it is so again, and returns how long it has to last at least. */
    long add(long nowNanos, long capNanos) {
        Long oldest = this.times.peek();
        while (oldest != null && (nowNanos - oldest >= MEMORY_NANOS || this.times.size() == MAX_REMEMBERED)) {
            this.times.remove();
            oldest = this.times.peek();
        }
        this.times.add(nowNanos);
        return Math.min(capNanos, BASE_NANOS << (this.times.size() - 1));
    }

}
