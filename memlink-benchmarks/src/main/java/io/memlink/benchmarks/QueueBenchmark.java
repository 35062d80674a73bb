package io.memlink.benchmarks;

import java.util.concurrent.TimeUnit;

import io.memlink.link.QueueHarness;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The way of a request from its caller to the event loop and out again, permits and
 * future included, without a network and without other threads.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QueueBenchmark {

    private static final int BATCH = 64;

    private final QueueHarness queue = new QueueHarness();

    /**
     * Submits a batch, takes it out as if it were written, and answers it.
     * @return whether none is left
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public boolean handOver() {
        return this.queue.handOver(BATCH);
    }

}
