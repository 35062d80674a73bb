package io.memlink.benchmarks.soak.rivals;

import java.util.concurrent.TimeUnit;

import io.memlink.benchmarks.soak.KeyTruth;
import org.jspecify.annotations.Nullable;

/**
 * What may be read of one key. A change that has failed may have been made nevertheless,
 * or be made late: nothing is known of the key then, until a change was acknowledged that
 * began {@value #DOUBT_SECONDS} s later, which is longer than any fault. Readers need no
 * lock; whoever changes it holds that of its truth.
 */
final class RivalKey {

    /** The promise that what was stored is there. */
    static final String MISSED = "no miss of what was stored";

    private static final int DOUBT_SECONDS = 15;

    private static final long DOUBT_NANOS = TimeUnit.SECONDS.toNanos(DOUBT_SECONDS);

    final KeyTruth truth;

    private final RivalServers servers;

    private volatile Known known = new Known(0, false, 0);

    private long doubted = System.nanoTime() - 2 * DOUBT_NANOS;

    RivalKey(String key, RivalServers servers) {
        this.truth = new KeyTruth(key, 1);
        this.servers = servers;
    }

    /**
     * What is known.
     *
     * @param floor the version of the last acknowledged change, or 0
     * @param present whether that change was a set
     * @param epoch when it was made, as servers count their losses
     */
    record Known(long floor, boolean present, int epoch) {
    }

    /** Makes a change that gets a version. */
    interface Change {

        void make(long version) throws Exception;

    }

    /** Returns what is known; asked for before the key is read. */
    Known known() {
        return this.known;
    }

    /** Sets or deletes the key, and learns from it. */
    void change(boolean set, Change change) throws Exception {
        long begin = System.nanoTime();
        int epoch = this.servers.epoch();
        long version = this.truth.nextVersion();
        boolean done = false;
        try {
            change.make(version);
            done = true;
        }
        finally {
            if (!done) {
                this.doubted = System.nanoTime();
            }
            this.known = (done && begin - this.doubted > DOUBT_NANOS)
                    ? new Known(version, set && this.servers.keep(epoch), epoch) : new Known(0, false, 0);
        }
    }

    /** Returns the promise that is broken by what was read, or null. */
    @Nullable String brokenBy(byte @Nullable [] bytes, Known before) {
        if (bytes != null) {
            return this.truth.brokenBy(bytes, before.floor());
        }
        boolean there = before.present() && this.truth.issued() == before.floor()
                && this.servers.epoch() == before.epoch();
        return there ? MISSED : null;
    }

}
