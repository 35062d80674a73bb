package io.memlink.spring.cache;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of the times at which the caches of one client could not reach its servers: one
 * line when such a time begins, whichever cache notices it, and one when it is over. What
 * happens to the servers is in the client's own log. Safe for use by many threads.
 */
final class OutageLog {

    /** An outage is over when nothing has failed for so long. */
    static final Duration QUIET = Duration.ofSeconds(30);

    private static final Logger logger = LoggerFactory.getLogger(MemlinkCache.class);

    private final LongSupplier nanoClock;

    private final Consumer<Runnable> afterQuiet;

    private final AtomicBoolean outage = new AtomicBoolean();

    private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();

    private volatile long beganNanos;

    private volatile long lastNanos;

    OutageLog() {
        this(System::nanoTime,
                (task) -> CompletableFuture.delayedExecutor(QUIET.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(task));
    }

    /**
     * Creates a log.
     * @param nanoClock the time
     * @param afterQuiet runs a task when {@link #QUIET} has passed
     */
    OutageLog(LongSupplier nanoClock, Consumer<Runnable> afterQuiet) {
        this.nanoClock = nanoClock;
        this.afterQuiet = afterQuiet;
    }

    /** Returns whether something failed because a server could not be asked in time. */
    static boolean isOutage(Throwable failure) {
        return failure instanceof MemlinkConnectionException || failure instanceof MemlinkTimeoutException
                || failure instanceof MemlinkOverloadedException;
    }

    void failed(String cache, String what, Throwable failure) {
        long now = this.nanoClock.getAsLong();
        this.lastNanos = now;
        this.failures.computeIfAbsent(cache, (name) -> new AtomicLong()).incrementAndGet();
        if (this.outage.compareAndSet(false, true)) {
            this.beganNanos = now;
            logger.warn("Cache {}: {} (more of this, in any cache, is only counted until the outage is over): {}",
                    cache, what, failure.toString());
            this.afterQuiet.accept(this::endIfQuiet);
        }
    }

    private void endIfQuiet() {
        long last = this.lastNanos;
        if (this.nanoClock.getAsLong() - last < QUIET.toNanos()) {
            this.afterQuiet.accept(this::endIfQuiet);
            return;
        }
        Map<String, Long> counts = new TreeMap<>();
        this.failures.forEach((cache, count) -> counts.put(cache, count.getAndSet(0)));
        this.outage.set(false);
        counts.values().removeIf((count) -> count == 0);
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        if (all > 1) {
            logger.info("Caches: nothing has failed for {} s; {} operations had failed within {} s: {}",
                    QUIET.toSeconds(), all, TimeUnit.NANOSECONDS.toSeconds(last - this.beganNanos) + 1, counts);
        }
    }

}
