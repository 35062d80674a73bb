package io.memlink.spring.cache;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkServerException.Reason;
import io.memlink.spring.cache.EntryLoads.LoaderFailure;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnError;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.time.LogLimit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.interceptor.CacheOperationInvoker.ThrowableWrapper;

/**
 * The treatment of a cache's failures: each is counted, one in five seconds is logged
 * unless it is part of an {@linkplain OutageLog outage}, and those of reads are thrown
 * where the configuration says so. Safe for use by many threads.
 */
final class Failures {

    private static final Logger logger = LoggerFactory.getLogger(MemlinkCache.class);

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final String cache;

    private final CacheSettings settings;

    private final MemlinkCacheStatistics statistics;

    private final OutageLog outages;

    private final LogLimit logLimit = new LogLimit(INTERVAL);

    Failures(String cache, CacheSettings settings, MemlinkCacheStatistics statistics, OutageLog outages) {
        this.cache = cache;
        this.settings = settings;
        this.statistics = statistics;
        this.outages = outages;
    }

    /** Goes on as if there were no entry, unless failures are to be thrown. */
    void degrade(Operation operation, Throwable failure) {
        note(operation, failure);
        if (this.settings.configuration().onError() == OnError.THROW) {
            throw asRuntimeException(failure);
        }
    }

    void note(Operation operation, Throwable failure) {
        this.statistics.add(Count.FAILURES);
        Throwable cause = unwrap(failure);
        if (OutageLog.isOutage(cause)) {
            this.outages.failed(this.cache, described(operation) + remedy(operation), cause);
        }
        else if (this.logLimit.permits()) {
            logger.warn("Cache {}: {} (others not logged since the last message: {}): {}", this.cache,
                    described(operation), this.logLimit.takeSkipped(), shown(cause));
        }
    }

    private String described(Operation operation) {
        boolean miss = operation == Operation.READ && this.settings.configuration().onError() != OnError.THROW;
        return operation.name().toLowerCase(Locale.ROOT) + (miss ? " failed, treated as a miss" : " failed");
    }

    /** What could not be changed now is changed as soon as servers answer. */
    private static String remedy(Operation operation) {
        return switch (operation) {
            case EVICTION -> ", to be made as soon as it can be";
            case CLEAR -> ", to be carried on as soon as it can be";
            case READ, WRITE -> "";
        };
    }

    /**
     * What others throw, transcoders among them, may have keys and values in its text.
     */
    private static String shown(Throwable failure) {
        String type = failure.getClass().getName();
        return type.startsWith("io.memlink.") ? failure + bound(failure) : type;
    }

    /** What says how large an item may be, where one was larger. */
    private static String bound(Throwable failure) {
        boolean tooLarge = failure instanceof MemlinkServerException refusal && refusal.reason() == Reason.TOO_LARGE;
        return tooLarge ? "; memlink.max-item-bytes and the server's -I say how large an item may be" : "";
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

    /** Returns what a method threw, or whatever else a load failed with. */
    static Throwable ofLoad(Throwable failure) {
        Throwable cause = unwrap(failure);
        Throwable thrown = (cause instanceof LoaderFailure) ? causeOf(cause) : cause;
        // What Spring throws in its place, for callers that know of it.
        return (thrown instanceof ThrowableWrapper wrapper) ? wrapper.getOriginal() : thrown;
    }

    static Throwable causeOf(Throwable failure) {
        return Objects.requireNonNull(failure.getCause(), "cause");
    }

    static RuntimeException asRuntimeException(Throwable failure) {
        Throwable cause = unwrap(failure);
        return (cause instanceof RuntimeException runtime) ? runtime : new IllegalStateException(cause);
    }

    /** The operations on a cache that can fail. */
    enum Operation {

        READ, WRITE, EVICTION, CLEAR

    }

}
