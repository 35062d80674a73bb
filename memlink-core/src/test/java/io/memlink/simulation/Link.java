package io.memlink.simulation;

import java.util.ArrayList;
import java.util.List;

/** The way between a client and a server, in both directions. */
final class Link {

    /** Those whose bytes wait until the way is open again. */
    private final List<Runnable> waiting = new ArrayList<>();

    private int cutThere;

    private int cutBack;

    private int slowed;

    /** Milliseconds that are added to each way, at most. */
    private double extraMillis;

    boolean isCut(boolean there) {
        return (there ? this.cutThere : this.cutBack) > 0;
    }

    /** Lets nothing pass any more in one direction, or in both. */
    void cut(boolean there, boolean back) {
        this.cutThere += there ? 1 : 0;
        this.cutBack += back ? 1 : 0;
    }

    void mend(boolean there, boolean back) {
        this.cutThere -= there ? 1 : 0;
        this.cutBack -= back ? 1 : 0;
        List<Runnable> ready = List.copyOf(this.waiting);
        this.waiting.clear();
        ready.forEach(Runnable::run);
    }

    void whenMended(Runnable action) {
        this.waiting.add(action);
    }

    void slow(double extraMillis) {
        this.slowed++;
        this.extraMillis = extraMillis;
    }

    void slowNoMore() {
        this.slowed--;
        this.extraMillis = (this.slowed == 0) ? 0 : this.extraMillis;
    }

    long latencyNanos(Chance chance) {
        long usual = chance.seldomMany(0.05, 2);
        return (this.extraMillis > 0) ? usual + chance.millis(0, this.extraMillis) : usual;
    }

}
