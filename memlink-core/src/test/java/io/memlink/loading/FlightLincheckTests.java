package io.memlink.loading;

import java.util.concurrent.atomic.AtomicIntegerArray;

import io.memlink.Interleavings;
import io.memlink.loading.Flight.Landing;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Callers that join a load and give up waiting, while it ends: each wait ends exactly
 * once.
 */
@Param(name = "caller", gen = IntGen.class, conf = "0:3")
public class FlightLincheckTests {

    private static final int CALLERS = 4;

    private final AtomicIntegerArray joined = new AtomicIntegerArray(CALLERS);

    private final AtomicIntegerArray ended = new AtomicIntegerArray(CALLERS);

    private final Flight flight = new Flight(1, 0, false);

    private final Wait[] waits = new Wait[CALLERS];

    /** Makes the waits, which have not begun. */
    public FlightLincheckTests() {
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            this.waits[i] = new Wait((Landing landing) -> this.ended.incrementAndGet(caller));
        }
    }

    /** A caller that waits. */
    @Operation
    public void join(@Param(name = "caller") int caller) {
        if (this.joined.compareAndSet(caller, 0, 1)) {
            this.waits[caller].on(this.flight);
        }
    }

    /** The time of a caller is over. */
    @Operation
    public void giveUp(@Param(name = "caller") int caller) {
        if (this.joined.get(caller) == 1) {
            this.waits[caller].end();
        }
    }

    /** The loader ends. */
    @Operation
    public void end() {
        this.flight.end(null, null);
    }

    /** After all of that, and the end of the load. */
    @Validate
    public void endsEachWaitOnce() {
        end();
        for (int i = 0; i < CALLERS; i++) {
            if (this.ended.get(i) != this.joined.get(i)) {
                throw new IllegalStateException("wait " + i + " ended " + this.ended.get(i) + " times");
            }
        }
    }

    @Test
    void holdsUnderStress() {
        Interleavings.underStress().iterations(10).invocationsPerIteration(1000).check(FlightLincheckTests.class);
    }

}
