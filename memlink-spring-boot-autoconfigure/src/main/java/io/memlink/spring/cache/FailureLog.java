package io.memlink.spring.cache;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the failures of a cache, but not more than one line in five seconds. Safe for use
 * by many threads.
 */
final class FailureLog {

    private static final Logger logger = LoggerFactory.getLogger(MemlinkCache.class);

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String cache;

    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

    private final LongAdder unlogged = new LongAdder();

    FailureLog(String cache) {
        this.cache = cache;
    }

    void log(String operation, Throwable failure) {
        this.unlogged.increment();
        long next = this.nextNanos.get();
        long now = System.nanoTime();
        if (now - next >= 0 && this.nextNanos.compareAndSet(next, now + INTERVAL_NANOS)) {
            logger.warn("Cache {} does without memcached: {} failed (failures since the last message: {}): {}",
                    this.cache, operation, this.unlogged.sumThenReset(), failure.toString());
        }
    }

}
