package io.memlink.simulation;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Everything that happens, in the order of its moments. What is broken is kept until the
 * simulation looks, since it may be noticed where exceptions are caught.
 */
abstract class Chronicle {

    private final SimulatedTime time;

    private final Trace trace;

    private long moment;

    private int calls;

    private @Nullable Violation violation;

    Chronicle(SimulatedTime time, Trace trace) {
        this.time = time;
        this.trace = trace;
    }

    final SimulatedTime time() {
        return this.time;
    }

    final Trace trace() {
        return this.trace;
    }

    /** Returns the next moment: later than all before, even at the same time. */
    final long next() {
        return ++this.moment;
    }

    final long moment() {
        return this.moment;
    }

    final void broken(String what) {
        if (this.violation == null) {
            this.violation = new Violation(what);
            this.trace.note("VIOLATION " + what);
        }
    }

    final @Nullable Violation violation() {
        return this.violation;
    }

    /** Returns the number of the next call. */
    final int nextCall() {
        return this.calls++;
    }

    final int calls() {
        return this.calls;
    }

    /** A client sends elsewhere from now on, some keys at least. */
    abstract void routesChange(int client);

    // What servers do

    /** A server has answered, be it to somebody who does not listen any more. */
    final void executed(Machine machine, Session session, Supplier<String> what) {
        this.trace.detail(() -> machine + " " + session.number() + ": " + what.get());
    }

    /** A server has stored something. */
    abstract void stored(Machine machine, String key, Stored stored);

    /** A server has counted. */
    void counted(Machine machine, String key, Counted counted) {
        throw new IllegalStateException(key);
    }

    /** A server has deleted an item. */
    abstract void deleted(Machine machine, String key);

    /** A server has begun anew, with nothing. */
    void restarted(Machine machine) {
        next();
        this.trace.note(machine + " begins anew");
    }

    /** A server has dropped items. */
    void evicted(Machine machine) {
        next();
    }

    /**
     * What a server has stored.
     *
     * @param data what it was sent
     * @param before what was there before
     * @param after what is there now
     */
    record Stored(byte[] data, byte @Nullable [] before, byte @Nullable [] after) {
    }

    /**
     * How a server has counted.
     *
     * @param number what it has added or begun with
     * @param after what is there now
     * @param existed whether there was something before
     */
    record Counted(long number, long after, boolean existed) {
    }

}
