package io.memlink.spring.cache;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Keys whose last read failed, so that the put that follows is not attempted. Remembers
 * only some of them; forgetting one costs a request. Safe for use by many threads.
 */
final class FailedReads {

    private static final int SLOTS = 256;

    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final AtomicReferenceArray<@Nullable FailedRead> slots = new AtomicReferenceArray<>(SLOTS);

    void add(String key) {
        this.slots.set(slot(key), new FailedRead(key, System.nanoTime()));
    }

    /** Returns whether the last read of a key failed, and forgets that. */
    boolean remove(String key) {
        FailedRead failed = this.slots.get(slot(key));
        return failed != null && failed.key().equals(key) && this.slots.compareAndSet(slot(key), failed, null)
                && System.nanoTime() - failed.nanos() < MAX_AGE_NANOS;
    }

    private static int slot(String key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }

    private record FailedRead(String key, long nanos) {
    }

}
