package io.memlink.link.flow;

import java.util.concurrent.atomic.AtomicInteger;

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

    private static final int BITS = 8;

    private static final int COUNT = (1 << BITS) - 1;

    private final Lanes lanes = new Lanes();

    /** How many are pending on two connections, from after they entered. */
    private final AtomicInteger pending = new AtomicInteger();

    private volatile boolean violated;

    private void enter(int wanted) {
        int lane = this.lanes.enter(AFFINITY, wanted);
        int pending = this.pending.addAndGet(1 << (lane * BITS));
        if (first(pending) > 0 && second(pending) > 0) {
            this.violated = true;
        }
    }

    private static int first(int pending) {
        return pending & COUNT;
    }

    private static int second(int pending) {
        return pending >>> BITS;
    }

    /** One that would use the first connection. */
    @Operation
    public void enterFirst() {
        enter(0);
    }

    /** One that would use the second. */
    @Operation
    public void enterSecond() {
        enter(1);
    }

    /** One that is pending leaves, if there is one. */
    @Operation
    public void leave() {
        int before = this.pending.get();
        while (before != 0) {
            int one = (first(before) > 0) ? 1 : 1 << BITS;
            if (this.pending.compareAndSet(before, before - one)) {
                this.lanes.leave(AFFINITY);
                return;
            }
            before = this.pending.get();
        }
    }

    /** After all of that. */
    @Validate
    public void hasAllOnOneConnection() {
        int pending = this.pending.get();
        int all = first(pending) + second(pending);
        if (this.violated || all != this.lanes.requests()) {
            throw new IllegalStateException(all + " pending, violated: " + this.violated + ", " + this.lanes);
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
