package io.memlink.benchmarks.soak;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A row, the cache that it is in, and who changes it. Immutable, but for what is known of
 * its versions.
 */
final class CachedRow {

    private static final int KINDS = 4;

    private static final int PUT = 3;

    final int number;

    final KeyTruth truth;

    private final AtomicLongArray own;

    CachedRow(int number, int applications) {
        this.number = number;
        this.truth = new KeyTruth("row:" + number, applications);
        this.own = new AtomicLongArray(applications);
    }

    byte[] value(long version) {
        return new NamedValue(this.truth.key, version).bytes();
    }

    /** Returns whether whoever evicts it waits until the server has done so. */
    boolean isAcknowledged() {
        return this.number % KINDS != 1;
    }

    /**
     * Returns whether it is put too, and then changed by one application only. "Two
     * changes by two applications are stored in the order in which they reach the server,
     * which need not be that of their transactions" (caching.md).
     */
    boolean isPut() {
        return this.number % KINDS == PUT;
    }

    boolean isChangedBy(int application) {
        return !isPut() || application == owner();
    }

    /**
     * An application has evicted or put it, and reads nothing that is older from now on.
     */
    void changed(int application, long version) {
        this.own.accumulateAndGet(application, version, Math::max);
        this.truth.known(application, version);
    }

    /** Returns the latest version that the application itself has made true. */
    long changedBy(int application) {
        return this.own.get(application);
    }

    /** Returns who changes it, if it is put. */
    int owner() {
        return (this.number / KINDS) % CacheRounds.APPLICATIONS;
    }

}
