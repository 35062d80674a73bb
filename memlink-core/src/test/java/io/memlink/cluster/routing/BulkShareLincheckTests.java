package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.Interleavings;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Operations on many keys take what they share and return it: nobody waits for a permit
 * that nobody has, and none is lost or given twice.
 */
public class BulkShareLincheckTests {

    private static final int BYTES = 60;

    private final BulkShare share = new BulkShare(new BulkLimits(2, 100, Duration.ofSeconds(1)));

    private final AtomicInteger held = new AtomicInteger();

    private final AtomicInteger waiting = new AtomicInteger();

    /** One that is called asks again some time, which is another operation here. */
    @Operation
    public void acquire() {
        this.waiting.incrementAndGet();
        if (this.share.acquire(BYTES, this.waiting::decrementAndGet)) {
            this.waiting.decrementAndGet();
            this.held.incrementAndGet();
        }
    }

    @Operation
    public void release() {
        int held = this.held.get();
        while (held > 0 && !this.held.compareAndSet(held, held - 1)) {
            held = this.held.get();
        }
        if (held > 0) {
            this.share.release(BYTES);
        }
    }

    @Validate
    public void whoWaitsIsCalledAndPermitsAreKept() {
        int held = this.held.get();
        if (held > 1) {
            throw new IllegalStateException(held + " have what is there for one");
        }
        if (held == 0 && (this.waiting.get() > 0 || !this.share.isIdle())) {
            throw new IllegalStateException(this.waiting + " wait for nobody, idle " + this.share.isIdle());
        }
    }

    @Test
    void holdsUnderStress() {
        Interleavings.underStress().iterations(25).invocationsPerIteration(1000).check(BulkShareLincheckTests.class);
    }

}
