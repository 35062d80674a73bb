package io.memlink.benchmarks.soak;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The state of one key as far as it is known, from which follows what may be read. One
 * caller at a time changes it, who holds the lock; anybody reads.
 * <p>
 * Versions only rise. A reader takes the floor of its client <em>before</em> it reads,
 * and what it reads must not be below.
 */
public final class KeyTruth {

    /** The promise that a value is whole. */
    public static final String TORN = "no torn value";

    /** The promise that it was stored under this key. */
    public static final String FOREIGN = "no value of another key";

    /** The promise that it was stored. */
    public static final String INVENTED = "no invented value";

    /** The promise that it is not outdated. */
    public static final String STALE = "nothing older than the last acknowledged change";

    /** Held by whoever changes the key. */
    public final ReentrantLock lock = new ReentrantLock();

    /** Its name. */
    public final String key;

    private final AtomicLong issued = new AtomicLong();

    private final AtomicLongArray floors;

    private volatile long doubted = Long.MIN_VALUE;

    /** A key that so many clients use, and none has changed yet. */
    public KeyTruth(String key, int clients) {
        this.key = key;
        this.floors = new AtomicLongArray(clients);
    }

    /** Begins a change. */
    public long nextVersion() {
        return this.issued.incrementAndGet();
    }

    /** Returns the version of the latest change that was begun. */
    public long issued() {
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

    /**
     * Judges what was read.
     * @param bytes the value
     * @param floor the floor before it was read
     * @return the promise that it breaks, or null
     */
    public @Nullable String brokenBy(byte[] bytes, long floor) {
        NamedValue value = NamedValue.of(bytes);
        if (value == null) {
            return TORN;
        }
        if (!value.key().equals(this.key)) {
            return FOREIGN;
        }
        if (value.version() > issued()) {
            return INVENTED;
        }
        return (value.version() < floor) ? STALE : null;
    }

}
