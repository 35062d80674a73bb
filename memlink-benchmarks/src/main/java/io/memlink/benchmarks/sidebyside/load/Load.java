package io.memlink.benchmarks.sidebyside.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

import io.memlink.benchmarks.sidebyside.contender.Contender;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/**
 * Callers at work, and what became of their calls. Safe for use by many threads.
 */
public abstract class Load {

    private static final long LONGEST_NANOS = 60_000_000_000L;

    private static final long JOIN_MILLIS = 10_000;

    private final Contender client;

    private final Items items;

    private final Workload workload;

    private final LongAdder completed = new LongAdder();

    private final LongAdder failed = new LongAdder();

    private final LongAdder wrong = new LongAdder();

    private final Histogram latencies = new AtomicHistogram(LONGEST_NANOS, 2);

    private final List<Thread> callers = new ArrayList<>();

    private volatile boolean running = true;

    private volatile boolean warmingUp = true;

    Load(Contender client, Items items, Workload workload) {
        this.client = client;
        this.items = items;
        this.workload = workload;
    }

    public static Load of(Contender client, Items items, Workload workload) {
        return switch (workload.kind()) {
            case ASYNC -> new AsyncLoad(client, items, workload);
            case SYNC, VIRTUAL, CACHEABLE -> new SyncLoad(client, items, workload);
            case OPEN -> new OpenLoad(client, items, workload);
            case MIXED -> new MixedLoad(client, items, workload);
            case BURST -> new BurstLoad(client, items, workload);
        };
    }

    public void start() {
        for (int i = 0; i < this.workload.threads(); i++) {
            Thread caller = (this.workload.kind() == Workload.Kind.VIRTUAL) ? VirtualThreads.of(this::call)
                    : new Thread(this::call, "caller-" + i);
            this.callers.add(caller);
            caller.start();
        }
    }

    public void stop() throws InterruptedException {
        this.running = false;
        for (Thread caller : this.callers) {
            caller.join(JOIN_MILLIS);
        }
    }

    /** Calls until this load is stopped. */
    abstract void call();

    final boolean isRunning() {
        return this.running;
    }

    /** Tells the callers that what they do from now on is about to be measured. */
    public final void warmedUp() {
        this.warmingUp = false;
    }

    final boolean isWarmingUp() {
        return this.warmingUp;
    }

    final Contender client() {
        return this.client;
    }

    final Items items() {
        return this.items;
    }

    final Workload workload() {
        return this.workload;
    }

    final int anyIndex() {
        return ThreadLocalRandom.current().nextInt(this.items.count());
    }

    final boolean nextIsStore() {
        return this.workload.setPercent() > 0 && ThreadLocalRandom.current().nextInt(100) < this.workload.setPercent();
    }

    final void succeeded(long startNanos) {
        this.latencies.recordValue(System.nanoTime() - startNanos);
        this.completed.increment();
    }

    final void failed() {
        this.failed.increment();
    }

    final void wrong() {
        this.wrong.increment();
    }

    public long completedCalls() {
        return this.completed.sum();
    }

    public long failedCalls() {
        return this.failed.sum();
    }

    public long wrongValues() {
        return this.wrong.sum();
    }

    public Histogram latencies() {
        return this.latencies;
    }

}
