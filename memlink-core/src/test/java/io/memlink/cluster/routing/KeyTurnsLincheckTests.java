package io.memlink.cluster.routing;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.memlink.Interleavings;
import io.memlink.meta.Key;
import io.memlink.time.Timers;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Operations on one key are called, end, are cancelled and wait for too long, in several
 * threads: one at a time is under way, each call ends, and the key is free afterwards.
 */
public class KeyTurnsLincheckTests {

    private static final Key KEY = Key.of("key");

    private final Queue<Runnable> timeouts = new ConcurrentLinkedQueue<>();

    private final KeyTurns turns = new KeyTurns(new Timeouts(this.timeouts), 1);

    private final Queue<CompletableFuture<String>> calls = new ConcurrentLinkedQueue<>();

    private final AtomicReference<CompletableFuture<String>> underWay = new AtomicReference<>();

    private final AtomicInteger begun = new AtomicInteger();

    private final AtomicBoolean overlapped = new AtomicBoolean();

    /** Time passes when a test says so. */
    private record Timeouts(Queue<Runnable> due) implements Timers {

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void schedule(Runnable task, long delayNanos) {
            this.due.add(task);
        }

    }

    private CompletableFuture<String> operate() {
        CompletableFuture<String> operation = new CompletableFuture<>();
        if (this.begun.incrementAndGet() > 1) {
            this.overlapped.set(true);
        }
        this.underWay.set(operation);
        return operation;
    }

    @Operation
    public void call() {
        this.calls.add(this.turns.take(KEY, this::operate));
    }

    @Operation
    public void end() {
        CompletableFuture<String> operation = this.underWay.getAndSet(null);
        if (operation != null) {
            this.begun.decrementAndGet();
            operation.complete("done");
        }
    }

    @Operation
    public void timeOut() {
        Runnable timeout = this.timeouts.poll();
        if (timeout != null) {
            timeout.run();
        }
    }

    @Operation
    public void cancel() {
        CompletableFuture<String> call = this.calls.peek();
        if (call != null) {
            call.cancel(false);
        }
    }

    /** After all of that, and the end of what was under way. */
    @Validate
    public void eachCallEndsAloneAndTheKeyIsFree() {
        while (this.underWay.get() != null) {
            end();
        }
        if (this.overlapped.get()) {
            throw new IllegalStateException("two operations at once");
        }
        if (!this.calls.stream().allMatch(CompletableFuture::isDone) || !this.turns.isFree(KEY)) {
            throw new IllegalStateException("calls " + this.calls + ", free " + this.turns.isFree(KEY));
        }
    }

    @Test
    void holdsUnderStress() {
        Interleavings.underStress().iterations(20).invocationsPerIteration(500).check(KeyTurnsLincheckTests.class);
    }

}
