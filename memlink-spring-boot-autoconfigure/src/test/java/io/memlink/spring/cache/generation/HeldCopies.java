package io.memlink.spring.cache.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Copies that answer what and when a test wants; they are raised at once. */
final class HeldCopies implements Copies {

    private final List<List<CompletableFuture<Long>>> reads;

    private Runnable whileSending = () -> {
    };

    private Runnable whileRaising = () -> {
    };

    private long raised;

    private boolean holding;

    HeldCopies(int count) {
        this.reads = Stream.<List<CompletableFuture<Long>>>generate(ArrayList::new).limit(count).toList();
    }

    /** Runs something once, while the next read is sent. */
    void whileSending(Runnable task) {
        this.whileSending = task;
    }

    /** Leaves copies that are raised from now on without an answer. */
    void holdRaises() {
        this.holding = true;
    }

    /** Returns the number to which a copy was raised last. */
    long raised() {
        return this.raised;
    }

    /** Runs something whenever a copy is raised. */
    void whileRaising(Runnable task) {
        this.whileRaising = task;
    }

    /** Returns those that have asked a copy and wait, in their order. */
    List<CompletableFuture<Long>> asked(int index) {
        return this.reads.get(index);
    }

    /** Answers all that have asked a copy. */
    void answer(int index, long number) {
        List<CompletableFuture<Long>> asked = List.copyOf(this.reads.get(index));
        this.reads.get(index).clear();
        asked.forEach((read) -> read.complete(number));
    }

    @Override
    public int count() {
        return this.reads.size();
    }

    @Override
    public CompletableFuture<Long> read(int index) {
        Runnable sending = this.whileSending;
        this.whileSending = () -> {
        };
        sending.run();
        CompletableFuture<Long> read = new CompletableFuture<>();
        this.reads.get(index).add(read);
        return read;
    }

    @Override
    public CompletableFuture<Raised> raise(int index, long number, boolean make) {
        this.whileRaising.run();
        this.raised = number;
        return this.holding ? new CompletableFuture<>() : CompletableFuture.completedFuture(new Raised(number, false));
    }

    @Override
    public CompletableFuture<Raised> renew(int index, long number, long read) {
        return CompletableFuture.completedFuture(new Raised(number, false));
    }

    @Override
    public long highestSeen() {
        return GenerationNumber.NONE;
    }

}
