package io.memlink.spring.cache;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.memlink.spring.cache.MemlinkCacheConfiguration.OnError;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the failures of a cache: they are counted, logged, but not more than
 * one line in five seconds, and thrown where that is asked for. Safe for use by many
 * threads.
 */
final class Failures {

    private static final Logger logger = LoggerFactory.getLogger(MemlinkCache.class);

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String cache;

    private final CacheSettings settings;

    private final MemlinkCacheStatistics statistics;

    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

    private final LongAdder unlogged = new LongAdder();

    Failures(String cache, CacheSettings settings, MemlinkCacheStatistics statistics) {
        this.cache = cache;
        this.settings = settings;
        this.statistics = statistics;
    }

    /** Goes on as if there were no entry, unless failures are to be thrown. */
    void degrade(String operation, Throwable failure) {
        note(operation, failure);
        if (this.settings.configuration().onError() == OnError.THROW) {
            throw asRuntimeException(failure);
        }
    }

    void note(String operation, Throwable failure) {
        this.statistics.add(Count.FAILURES);
        this.unlogged.increment();
        long next = this.nextNanos.get();
        long now = System.nanoTime();
        if (now - next >= 0 && this.nextNanos.compareAndSet(next, now + INTERVAL_NANOS)) {
            logger.warn("Cache {} does without memcached: {} failed (failures since the last message: {}): {}",
                    this.cache, operation, this.unlogged.sumThenReset(), unwrap(failure).toString());
        }
    }

    /** Waits, and throws what a future failed with rather than what wraps it. */
    static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        }
        catch (CompletionException ex) {
            throw asRuntimeException(ex);
        }
    }

    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return (failure instanceof CompletionException && cause != null) ? cause : failure;
    }

    static Throwable causeOf(Throwable failure) {
        return Objects.requireNonNull(failure.getCause(), "cause");
    }

    static RuntimeException asRuntimeException(Throwable failure) {
        Throwable cause = unwrap(failure);
        return (cause instanceof RuntimeException runtime) ? runtime : new IllegalStateException(cause);
    }

}
