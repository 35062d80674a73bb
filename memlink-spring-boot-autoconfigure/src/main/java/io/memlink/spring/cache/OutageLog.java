package io.memlink.spring.cache;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of the times at which the caches of one client could not reach its servers: one
 * line when such a time begins, whichever cache notices it, and one when it is over. In
 * between, one line for all caches says which of them cannot be used, whenever that has
 * changed. What happens to the servers is in the client's own log. Safe for use by many
 * threads.
 */
final class OutageLog {

    /** An outage is over when nothing has failed for so long. */
    static final Duration QUIET = Duration.ofSeconds(30);

    /** How often an outage is looked at, which bounds the lines about it. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger logger = LoggerFactory.getLogger(MemlinkCache.class);

    private final Supplier<List<String>> unusable;

    private final LongSupplier nanoClock;

    private final Consumer<Runnable> afterInterval;

    private final AtomicBoolean outage = new AtomicBoolean();

    private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();

    private volatile long beganNanos;

    private volatile long lastNanos;

    /** The caches that were said to be unusable; changed by one look after another. */
    private volatile List<String> known = List.of();

    private volatile boolean closed;

    /**
     * Creates a log.
     * @param unusable asks for the names of the caches that cannot be used, in any order
     * that stays
     */
    OutageLog(Supplier<List<String>> unusable) {
        this(unusable, System::nanoTime,
                (task) -> CompletableFuture.delayedExecutor(INTERVAL.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(task));
    }

    /**
     * Creates a log.
     * @param unusable asks for the names of the caches that cannot be used
     * @param nanoClock the time
     * @param afterInterval runs a task when {@link #INTERVAL} has passed
     */
    OutageLog(Supplier<List<String>> unusable, LongSupplier nanoClock, Consumer<Runnable> afterInterval) {
        this.unusable = unusable;
        this.nanoClock = nanoClock;
        this.afterInterval = afterInterval;
    }

    /** Looks no more. */
    void close() {
        this.closed = true;
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
            look();
        }
    }

    private void look() {
        tellWhichCannotBeUsed();
        boolean quiet = this.nanoClock.getAsLong() - this.lastNanos >= QUIET.toNanos();
        if (quiet && this.known.isEmpty()) {
            end();
        }
        else if (!this.closed) {
            this.afterInterval.accept(this::look);
        }
    }

    private void tellWhichCannotBeUsed() {
        List<String> before = this.known;
        List<String> now = askOr(before);
        if (now.equals(before)) {
            return;
        }
        this.known = now;
        if (now.isEmpty()) {
            logger.info("Caches that can be used again, so that all can: {}", before);
        }
        else {
            logger.warn("Caches that cannot be used, since most backends with a copy of their generation cannot be: {}",
                    now);
        }
    }

    private List<String> askOr(List<String> before) {
        try {
            return this.unusable.get();
        }
        catch (RuntimeException ex) {
            // A client that was closed meanwhile, which is no reason to fail a read.
            return before;
        }
    }

    private void end() {
        long last = this.lastNanos;
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
