package io.memlink.sample.demo;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * One look at a cache: where its answer came from. A thread has at most one at a time;
 * what happens on behalf of the thread is noted in it, possibly by other threads.
 */
final class Look {

    private static final ThreadLocal<@Nullable Look> current = new ThreadLocal<>();

    private volatile Source source = Source.MISS;

    private volatile @Nullable String backend;

    private volatile boolean unreachable;

    private volatile boolean databaseAsked;

    private Look() {
    }

    /** Begins a look of this thread, in place of any that it had. */
    static Look begin() {
        Look look = new Look();
        current.set(look);
        return look;
    }

    /** Returns the look of this thread, if there is one. */
    static @Nullable Look current() {
        return current.get();
    }

    static void end() {
        current.remove();
    }

    /** Looks, and returns what became of it. What the look finds is ignored. */
    static Look at(Callable<?> look) throws Exception {
        Look begun = begin();
        try {
            look.call();
            return begun;
        }
        finally {
            end();
        }
    }

    void answered(String backend, Source source) {
        this.backend = backend;
        this.source = source;
    }

    void unreachable(String backend) {
        this.backend = backend;
        this.unreachable = true;
    }

    void databaseAsked() {
        this.databaseAsked = true;
    }

    /** Returns where the answer came from: whoever asked the database missed. */
    Source source() {
        return this.databaseAsked ? Source.MISS : this.source;
    }

    /** Returns the backend of the key; {@code null} if the cache was not asked. */
    @Nullable String backend() {
        return this.backend;
    }

    /** Returns whether the backend of the key could not be asked. */
    boolean isUnreachable() {
        return this.unreachable;
    }

    /** Sources of an answer. */
    enum Source {

        /** The cache. */
        HIT,

        /** The database, or somebody else who asked it. */
        MISS,

        /** The cache, with an entry that is past its time. */
        STALE

    }

}
