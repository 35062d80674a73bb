package io.memlink.benchmarks.sidebyside.load;

import io.memlink.benchmarks.sidebyside.contender.Contender;

/**
 * One caller that waits for each answer, while asynchronous calls begin at a fixed rate.
 * Counts the calls of both, but only the latencies of the caller that waits.
 */
final class MixedLoad extends SyncLoad {

    private final Load background;

    MixedLoad(Contender client, Items items, Workload workload) {
        super(client, items, workload);
        this.background = new OpenLoad(client, items, workload);
    }

    @Override
    public void start() {
        this.background.start();
        super.start();
    }

    @Override
    public void stop() throws InterruptedException {
        super.stop();
        this.background.stop();
    }

    @Override
    public long completedCalls() {
        return super.completedCalls() + this.background.completedCalls();
    }

    @Override
    public long failedCalls() {
        return super.failedCalls() + this.background.failedCalls();
    }

    @Override
    public long wrongValues() {
        return super.wrongValues() + this.background.wrongValues();
    }

}
