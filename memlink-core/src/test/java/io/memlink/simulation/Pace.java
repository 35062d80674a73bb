package io.memlink.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes until something happens that clients do not decide: the next call,
 * the next fault, the end of one. That is told in the time of a busy simulation, in which
 * all happens at once. In a slow one, moments in that time are stretched to minutes or
 * hours, between which it is as busy as ever; whatever falls into such a moment happens
 * in quiet, and what spans one lasts long. No time inside of clients and servers changes.
 */
final class Pace {

    /** As busy as can be. */
    static final Pace BUSY = new Pace(List.of(), 1, 1);

    private static final double SLOW = 0.3;

    /** What a slow simulation may take, roughly. */
    private static final List<Integer> MINUTES = List.of(10, 60, 6 * 60, 24 * 60, 3 * 24 * 60);

    private static final int DAY_SECONDS = (int) TimeUnit.DAYS.toSeconds(1);

    /** How many seconds of how long values live become one. */
    private static final List<Integer> LIVES = List.of(1, 60, 3600, 2 * DAY_SECONDS);

    /** By the busy time at which they begin, and by the time. */
    private final TreeMap<Long, Stretch> byBusy = new TreeMap<>();

    private final TreeMap<Long, Stretch> byTime = new TreeMap<>();

    private final int factor;

    private final int lives;

    /**
     * A part in which time passes at one rate.
     *
     * @param busy when it begins, in busy time
     * @param time when it begins
     * @param rate how much time passes in a moment of busy time
     */
    private record Stretch(long busy, long time, double rate) {

        long time(long busy) {
            return this.time + (long) ((busy - this.busy) * this.rate);
        }

        long busy(long time) {
            return this.busy + (long) ((time - this.time) / this.rate);
        }

    }

    private Pace(List<Stretch> stretches, int factor, int lives) {
        this.factor = factor;
        this.lives = lives;
        stretches.forEach((each) -> {
            this.byBusy.put(each.busy(), each);
            this.byTime.put(each.time(), each);
        });
    }

    /** Returns the pace of a simulation that takes some busy time. */
    static Pace of(Chance chance, long untilNanos) {
        if (!chance.hits(SLOW)) {
            return BUSY;
        }
        long nanos = TimeUnit.MINUTES.toNanos(chance.pick(MINUTES));
        int slow = chance.from(3, 30);
        List<Stretch> stretches = new ArrayList<>();
        Stretch last = new Stretch(0, 0, 1);
        stretches.add(last);
        for (int i = 0; i < slow; i++) {
            long busy = last.busy() + Math.max(1, chance.millis(0, 2.0 * untilNanos / slow / 1e6 - 60));
            long length = chance.millis(10, 50);
            double rate = Math.max(1, 2 * chance.nextDouble() * nanos / slow / length);
            Stretch quiet = new Stretch(busy, last.time(busy), rate);
            stretches.add(quiet);
            last = new Stretch(busy + length, quiet.time(busy + length), 1);
            stretches.add(last);
        }
        return new Pace(stretches, (int) Math.max(1, nanos / untilNanos), chance.pick(LIVES));
    }

    /** Returns when something is that happens at a busy time. */
    long time(long busyNanos) {
        return this.byBusy.isEmpty() ? busyNanos : this.byBusy.floorEntry(busyNanos).getValue().time(busyNanos);
    }

    /** Returns how long something takes that begins at a time. */
    long length(long timeNanos, long busyNanos) {
        if (this.byTime.isEmpty()) {
            return busyNanos;
        }
        long busy = this.byTime.floorEntry(timeNanos).getValue().busy(timeNanos);
        return Math.max(0, time(busy + busyNanos) - timeNanos);
    }

    /** Returns how many times as long a simulation is as a busy one. */
    int factor() {
        return this.factor;
    }

    /**
     * Returns how many seconds a value lives for each that one in a busy simulation does.
     */
    int lives() {
        return this.lives;
    }

    @Override
    public String toString() {
        return this.byBusy.isEmpty() ? "busy" : "slow (" + this.factor + ", values " + this.lives + ")";
    }

}
