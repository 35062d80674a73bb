package io.memlink.spring.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.memlink.MemlinkClient;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/**
 * The generation of a cache: a number that is part of each of its keys, so that counting
 * it up clears the cache at once. It is an item beside the entries, which all
 * applications share, and is read again when what is known of it is too old. Safe for use
 * by many threads; never blocks.
 * <p>
 * A generation that the server has lost is replaced by one that was never used: it begins
 * with the time and ends in chance, and grows by one with each clear, which is slower
 * than time.
 */
final class Generation {

    /** How long a clear by another application may go unnoticed. */
    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int RANDOM_BITS = 20;

    private final MemlinkClient client;

    private final String key;

    private final LongSupplier nanoClock;

    private volatile @Nullable KnownGeneration known;

    Generation(MemlinkClient client, String key) {
        this(client, key, System::nanoTime);
    }

    Generation(MemlinkClient client, String key, LongSupplier nanoClock) {
        this.client = client;
        this.key = key;
        this.nanoClock = nanoClock;
    }

    /**
     * Does something in the generation as it is, or was within the last second. What is
     * done by one thread begins in its order.
     */
    <T extends @Nullable Object> CompletableFuture<T> apply(Function<String, CompletableFuture<T>> operation) {
        return current().then(operation);
    }

    private KnownGeneration current() {
        KnownGeneration known = this.known;
        return (known != null && known.isValid(this.nanoClock.getAsLong(), MAX_AGE_NANOS)) ? known : refresh();
    }

    private synchronized KnownGeneration refresh() {
        KnownGeneration known = this.known;
        // Somebody else may have asked meanwhile.
        return (known != null && known.isPending()) ? known : ask(0);
    }

    /** Makes all entries unreachable; this application sees it at once. */
    synchronized CompletableFuture<String> next() {
        return ask(1).text();
    }

    private KnownGeneration ask(long delta) {
        long now = this.nanoClock.getAsLong();
        CompletableFuture<String> text = this.client.increment(this.key, delta, unused(), Expiration.never())
            .thenApply((number) -> Long.toUnsignedString(number, Character.MAX_RADIX));
        KnownGeneration asked = new KnownGeneration(text, now);
        this.known = asked;
        return asked;
    }

    private static long unused() {
        long random = ThreadLocalRandom.current().nextLong(1L << RANDOM_BITS);
        return System.currentTimeMillis() << RANDOM_BITS | random;
    }

}
