package io.memlink.benchmarks.soak;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clears of all applications, and for how long each may go unnoticed. Safe for use by
 * many threads.
 * <p>
 * "The application that clears sees it at once, others within clear-lag. [..] What others
 * evict and put before they have seen it, they evict once more when they have"
 * (caching.md). So until then two applications have entries of different generations, and
 * what one of them evicts the other one need not miss.
 */
final class CacheClears {

    /** How long a clear by another application may go unnoticed. */
    static final Duration LAG = Duration.ofSeconds(1);

    /** "If it fails, it is carried on in the background": for no longer than a fault. */
    private static final Duration CARRIED_ON = Duration.ofSeconds(5);

    private final int rounds;

    private final AtomicInteger pending = new AtomicInteger();

    private final AtomicLong noticedNanos = new AtomicLong(System.nanoTime());

    /**
     * Creates them.
     * @param rounds one of which is a clear; none if it is zero
     */
    CacheClears(int rounds) {
        this.rounds = rounds;
    }

    boolean isDue(Random random) {
        return this.rounds > 0 && random.nextInt(this.rounds) == 0;
    }

    void begin() {
        this.pending.incrementAndGet();
    }

    /** A clear ends, done or to be carried on. */
    void end(boolean done) {
        noticedAfter(done ? LAG : CARRIED_ON);
        this.pending.decrementAndGet();
    }

    private void noticedAfter(Duration duration) {
        long then = System.nanoTime() + duration.toNanos();
        this.noticedNanos.accumulateAndGet(then, (one, other) -> (one - other > 0) ? one : other);
    }

    /** Returns whether every application has noticed every clear. */
    boolean areNoticed() {
        return this.pending.get() == 0 && System.nanoTime() - this.noticedNanos.get() > 0;
    }

}
