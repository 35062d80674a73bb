package io.memlink.benchmarks.soak;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The state of one key as far as it is known, from which follows what may be read. One
 * caller at a time changes it, who holds the lock; anybody reads.
 * <p>
 * Versions only rise. A reader takes the floor of its client <em>before</em> it reads,
 * and what it reads must not be below.
 */
final class KeyTruth {

    /** Held by whoever changes the key. */
    final ReentrantLock lock = new ReentrantLock();

    final String key;

    private final AtomicLong issued = new AtomicLong();

    private final AtomicLongArray floors;

    private volatile long doubted = Long.MIN_VALUE;

    KeyTruth(String key, int clients) {
        this.key = key;
        this.floors = new AtomicLongArray(clients);
    }

    /** Begins a change. */
    long nextVersion() {
        return this.issued.incrementAndGet();
    }

    long issued() {
        return this.issued.get();
    }

    /** The change was acknowledged: nobody reads what is older from now on. */
    void acknowledged(long version) {
        for (int client = 0; client < this.floors.length(); client++) {
            known(client, version);
        }
    }

    /** This client reads nothing that is older from now on; others may. */
    void known(int client, long version) {
        this.floors.accumulateAndGet(client, version, Math::max);
    }

    /** Something may still arrive late, or is still owed. */
    void doubt() {
        this.doubted = System.nanoTime();
    }

    /** Returns when the last doubt arose, or {@code Long.MIN_VALUE}. */
    long doubted() {
        return this.doubted;
    }

    long floor(int client) {
        return this.floors.get(client);
    }

}
