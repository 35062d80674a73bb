package io.memlink.benchmarks.sidebyside.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.memlink.benchmarks.sidebyside.contender.Contender;

/**
 * Callers that all wake up at the same instants and wait for one answer each. They call
 * without a pause while the load warms up, since a few calls would compile nothing.
 * Latency counts from when a caller begins its call.
 */
final class BurstLoad extends SyncLoad {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    BurstLoad(Contender client, Items items, Workload workload) {
        super(client, items, workload);
    }

    @Override
    void call() {
        while (isRunning() && isWarmingUp()) {
            callOnce();
        }
        // Multiples of the interval, so that callers agree on the instants.
        long due = (Math.floorDiv(System.nanoTime(), INTERVAL_NANOS) + 1) * INTERVAL_NANOS;
        while (isRunning()) {
            long early = due - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(early);
            }
            else {
                callOnce();
                due += INTERVAL_NANOS;
            }
        }
    }

}
