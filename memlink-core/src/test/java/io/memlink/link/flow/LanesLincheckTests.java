package io.memlink.link.flow;

import java.util.concurrent.atomic.AtomicIntegerArray;

import io.memlink.Interleavings;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Requests of one affinity that want different connections come and go: all that are
 * pending at a time have the same one.
 */
public class LanesLincheckTests {

    private static final int AFFINITY = 7;

    private static final int CONNECTIONS = 3;

    private final Lanes lanes = new Lanes();

    /** How many are pending on each connection, from after they entered. */
    private final AtomicIntegerArray pending = new AtomicIntegerArray(CONNECTIONS);

    private volatile boolean violated;

    private void enter(int wanted) {
        int lane = this.lanes.enter(AFFINITY, wanted);
        this.pending.incrementAndGet(lane);
        for (int other = 0; other < CONNECTIONS; other++) {
            if (other != lane && this.pending.get(other) > 0) {
                this.violated = true;
            }
        }
    }

    /** One that would use the first connection. */
    @Operation
    public void enterFirst() {
        enter(0);
    }

    /** One that would use the last. */
    @Operation
    public void enterLast() {
        enter(CONNECTIONS - 1);
    }

    /** One that is pending leaves, if there is one. */
    @Operation
    public void leave() {
        for (int lane = 0; lane < CONNECTIONS; lane++) {
            int before = this.pending.get(lane);
            if (before > 0 && this.pending.compareAndSet(lane, before, before - 1)) {
                this.lanes.leave(AFFINITY);
                return;
            }
        }
    }

    /** After all of that. */
    @Validate
    public void hasAllOnOneConnection() {
        int all = 0;
        for (int lane = 0; lane < CONNECTIONS; lane++) {
            all += this.pending.get(lane);
        }
        if (this.violated || all != this.lanes.requests()) {
            throw new IllegalStateException("pending " + this.pending + ", " + this.lanes);
        }
    }

    @Test
    void holdsForEachPairOfTransitions() {
        Interleavings.ofTwoThreads().iterations(15).invocationsPerIteration(300).check(LanesLincheckTests.class);
    }

    @Test
    void holdsUnderStress() {
        Interleavings.underStress()
            .actorsPerThread(4)
            .iterations(15)
            .invocationsPerIteration(1000)
            .check(LanesLincheckTests.class);
    }

}
