package io.memlink.spring.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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

    private volatile @Nullable Known known;

    Generation(MemlinkClient client, String key) {
        this(client, key, System::nanoTime);
    }

    Generation(MemlinkClient client, String key, LongSupplier nanoClock) {
        this.client = client;
        this.key = key;
        this.nanoClock = nanoClock;
    }

    /** Returns the generation as it is, or was within the last second. */
    CompletableFuture<String> current() {
        Known known = this.known;
        if (known != null && this.nanoClock.getAsLong() - known.askedNanos() < MAX_AGE_NANOS
                && !known.text().isCompletedExceptionally()) {
            return known.text();
        }
        return refresh();
    }

    private synchronized CompletableFuture<String> refresh() {
        Known known = this.known;
        if (known != null && !known.text().isDone()) {
            // Somebody has asked already.
            return known.text();
        }
        return ask(0);
    }

    /** Makes all entries unreachable; this application sees it at once. */
    synchronized CompletableFuture<String> next() {
        return ask(1);
    }

    private CompletableFuture<String> ask(long delta) {
        long now = this.nanoClock.getAsLong();
        CompletableFuture<String> text = this.client.increment(this.key, delta, unused(), Expiration.never())
            .thenApply((number) -> Long.toUnsignedString(number, Character.MAX_RADIX));
        this.known = new Known(text, now);
        return text;
    }

    private static long unused() {
        long random = ThreadLocalRandom.current().nextLong(1L << RANDOM_BITS);
        return System.currentTimeMillis() << RANDOM_BITS | random;
    }

    /**
     * What is known of the generation.
     *
     * @param text the generation, perhaps still to come
     * @param askedNanos when the server was asked
     */
    private record Known(CompletableFuture<String> text, long askedNanos) {
    }

}
