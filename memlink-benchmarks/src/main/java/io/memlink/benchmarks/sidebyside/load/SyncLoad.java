package io.memlink.benchmarks.sidebyside.load;

import io.memlink.benchmarks.sidebyside.contender.Contender;

/** Callers that wait for each answer. */
class SyncLoad extends Load {

    SyncLoad(Contender client, Items items, Workload workload) {
        super(client, items, workload);
    }

    @Override
    void call() {
        while (isRunning()) {
            callOnce();
        }
    }

    final void callOnce() {
        int index = anyIndex();
        long start = System.nanoTime();
        try {
            if (nextIsStore()) {
                client().setNow(items().key(index), items().value(index));
            }
            else if (!items().isRight(index, client().getNow(items().key(index)))) {
                wrong();
            }
            succeeded(start);
        }
        catch (Exception ex) {
            failed();
        }
    }

}
