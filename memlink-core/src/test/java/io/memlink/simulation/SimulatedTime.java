package io.memlink.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.Ticker;

/** The time of a simulation, and what is going to happen. */
final class SimulatedTime implements Ticker, InstantSource {

    static final long NEVER = Long.MAX_VALUE;

    private static final long START_NANOS = TimeUnit.HOURS.toNanos(1);

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Event> agenda = new PriorityQueue<>();

    private long nanos = START_NANOS;

    private long events;

    /**
     * Something that is going to happen; of two at the same time, the older one first.
     */
    private record Event(long nanos, long number, Runnable action) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            int order = Long.compare(this.nanos, other.nanos);
            return (order != 0) ? order : Long.compare(this.number, other.number);
        }

    }

    void after(long delayNanos, Runnable action) {
        at(this.nanos + Math.max(0, delayNanos), action);
    }

    void at(long nanos, Runnable action) {
        this.agenda.add(new Event(Math.max(nanos, this.nanos), this.events++, action));
    }

    /** Returns when the next event is due. */
    long nextNanos() {
        Event next = this.agenda.peek();
        return (next != null) ? next.nanos : NEVER;
    }

    void advanceTo(long nanos) {
        this.nanos = Math.max(this.nanos, nanos);
    }

    /** Runs the next event where it is due; returns whether it was. */
    boolean runNext() {
        if (nextNanos() > this.nanos) {
            return false;
        }
        this.agenda.remove().action.run();
        return true;
    }

    long elapsedNanos() {
        return this.nanos - START_NANOS;
    }

    @Override
    public long initialNanoTime() {
        return START_NANOS;
    }

    @Override
    public long nanoTime() {
        return this.nanos;
    }

    @Override
    public void sleep(long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("Nobody sleeps in a simulation");
    }

    @Override
    public Instant instant() {
        return START.plusNanos(elapsedNanos());
    }

}
