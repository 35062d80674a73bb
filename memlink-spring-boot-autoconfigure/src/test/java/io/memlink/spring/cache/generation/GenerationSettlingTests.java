package io.memlink.spring.cache.generation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody begins in a generation in which changes have yet to be made again.
 */
class GenerationSettlingTests {

    private static final long NUMBER = 100L << 20;

    private final HeldCopies copies = new HeldCopies(1);

    private final Generation generation = new Generation(() -> this.copies, () -> true, Duration.ZERO, new HeldTime());

    private final List<String> done = new ArrayList<>();

    private CompletableFuture<String> read() {
        return this.generation.apply((text) -> {
            this.done.add("read in " + text);
            return CompletableFuture.completedFuture(text);
        });
    }

    @Test
    void notEvenWhoIsCalledMeanwhile() {
        List<CompletableFuture<Long>> asked = this.copies.asked(0);
        read();
        asked.get(0).complete(NUMBER);
        this.generation.changing("key", (text) -> {
            read();
            assertThat(asked).hasSize(2);
            this.done.add("change in " + text);
        });
        this.generation.confirm();
        asked.get(1).complete(NUMBER + 1);
        asked.get(2).complete(NUMBER + 1);
        String before = "read in " + GenerationNumber.text(NUMBER);
        String after = GenerationNumber.text(NUMBER + 1);
        assertThat(this.done).containsExactly(before, "change in " + after, "read in " + after);
    }

    @Test
    void norBeforeTheChangeOfAnOperationThatCouldNotBegin() {
        List<CompletableFuture<Long>> asked = this.copies.asked(0);
        read();
        this.generation.changing("key", (text) -> this.done.add("change in " + text));
        CompletableFuture<Object> change = this.generation.apply((text) -> {
            throw new AssertionError("begun in " + text);
        });
        asked.get(0).complete(NUMBER);
        asked.get(1).completeExceptionally(new IllegalStateException("lost"));
        assertThat(change).isCompletedExceptionally();
        read();
        asked.get(2).complete(NUMBER);
        String text = GenerationNumber.text(NUMBER);
        assertThat(this.done).containsExactly("read in " + text, "change in " + text, "read in " + text);
        read();
        assertThat(this.done).hasSize(4);
    }

    @Test
    void whoWaitsIsServedEvenIfAChangeCannotBeMadeAgain() {
        List<CompletableFuture<Long>> asked = this.copies.asked(0);
        read();
        asked.get(0).complete(NUMBER);
        this.generation.changing("key", (text) -> {
            throw new IllegalStateException("cannot be made");
        });
        CompletableFuture<String> read = read();
        asked.get(1).complete(NUMBER + 1);
        assertThat(read).isCompletedWithValue(GenerationNumber.text(NUMBER + 1));
    }

    @Test
    void nothingIsSentUnderTheLockThatItsAnswerNeeds() {
        List<Boolean> held = new ArrayList<>();
        this.copies.whileSending(() -> held.add(Thread.holdsLock(this.generation)));
        read();
        assertThat(held).containsExactly(false);
        this.copies.whileRaising(() -> held.add(Thread.holdsLock(this.generation)));
        this.generation.next();
        assertThat(held).hasSizeGreaterThan(1).containsOnly(false);
    }

}
