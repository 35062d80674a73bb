package io.memlink.benchmarks.sidebyside.load;

import java.util.concurrent.locks.LockSupport;

import io.memlink.benchmarks.sidebyside.contender.Contender;

/**
 * Calls at a fixed rate. Latency counts from when a call was due, so that a client which
 * holds the caller up does not hide it.
 */
final class OpenLoad extends Load {

    OpenLoad(Contender client, Items items, Workload workload) {
        super(client, items, workload);
    }

    @Override
    void call() {
        long intervalNanos = 1_000_000_000L / workload().rate();
        long due = System.nanoTime();
        while (isRunning()) {
            long early = due - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(early);
            }
            else {
                begin(due);
                due += intervalNanos;
            }
        }
    }

    private void begin(long due) {
        int index = anyIndex();
        client().get(items().key(index)).whenComplete((value, failure) -> {
            if (failure != null) {
                failed();
            }
            else {
                succeeded(due);
                if (!items().isRight(index, value)) {
                    wrong();
                }
            }
        });
    }

}
