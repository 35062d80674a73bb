package io.memlink.link.flow;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.Interleavings;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * A connection is retired, while callers enter, are refused for want of room and leave:
 * once the last of them has left, the connection is closed, and never before.
 */
public class ConnectionGateLincheckTests {

    private final Budget whole = new Budget("client", 1, 100, null);

    private final AtomicInteger entered = new AtomicInteger();

    private final AtomicBoolean retired = new AtomicBoolean();

    private final AtomicBoolean drainScheduled = new AtomicBoolean();

    private boolean closed;

    private boolean closedTooEarly;

    private final ConnectionGate gate = new ConnectionGate(2, 100, this.whole, () -> this.drainScheduled.set(true));

    /**
     * A caller, of whom one at a time has a permit of the client. Whether it is refused
     * depends on others that are, so it is no result.
     */
    @Operation
    public void enter() {
        if (this.gate.enter(10) == null) {
            this.entered.incrementAndGet();
        }
    }

    /** The reply of a request that is inside, if there is one, is read. */
    @Operation
    public void leave() {
        int entered = this.entered.get();
        while (entered > 0 && !this.entered.compareAndSet(entered, entered - 1)) {
            entered = this.entered.get();
        }
        if (entered > 0) {
            this.gate.leave(10);
        }
    }

    /** The loop retires the connection. */
    @Operation(nonParallelGroup = "loop")
    public void retire() {
        this.retired.set(true);
        this.gate.shut();
        closeIfIdle();
    }

    /** The loop drains what was scheduled. */
    @Operation(nonParallelGroup = "loop")
    public void drain() {
        if (this.drainScheduled.getAndSet(false)) {
            closeIfIdle();
        }
    }

    private void closeIfIdle() {
        if (!this.closed && this.gate.isShut() && this.gate.isEmpty()) {
            this.closed = true;
            this.closedTooEarly = this.whole.requests() != 0 && this.entered.get() > 0;
        }
    }

    /** After all of that, and whatever was scheduled. */
    @Validate
    public void closesARetiredConnectionWhenTheLastRequestHasLeft() {
        drain();
        boolean empty = this.entered.get() == 0;
        if (this.closed != (this.retired.get() && empty)) {
            throw new IllegalStateException("retired " + this.retired + ", inside " + this.entered + ", closed "
                    + this.closed + ", " + this.gate);
        }
        if (this.closedTooEarly) {
            throw new IllegalStateException("closed with requests inside");
        }
        if (this.gate.requests() != this.entered.get() || this.whole.requests() != this.entered.get()) {
            throw new IllegalStateException("permits: " + this.gate + ", " + this.whole);
        }
    }

    @Test
    void holdsForEachPairOfTransitions() {
        Interleavings.ofTwoThreads()
            .iterations(25)
            .invocationsPerIteration(300)
            .check(ConnectionGateLincheckTests.class);
    }

    @Test
    void holdsUnderStress() {
        Interleavings.underStress()
            .iterations(25)
            .invocationsPerIteration(2000)
            .check(ConnectionGateLincheckTests.class);
    }

}
