package io.memlink.spring.cache.generation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.memlink.time.Timers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody begins in a generation in which changes have yet to be made again, whoever is
 * told of it first.
 */
class GenerationSettlingTests {

    private static final long NUMBER = 100L << 20;

    private final HeldCopies copies = new HeldCopies(1);

    private final Generation generation = new Generation(() -> this.copies, () -> true, Duration.ZERO, new NoTime());

    private final List<String> done = new CopyOnWriteArrayList<>();

    private CompletableFuture<String> read() {
        return this.generation.apply((text) -> {
            this.done.add("read in " + text);
            return CompletableFuture.completedFuture(text);
        });
    }

    @Test
    void asLongAsAnotherThreadMakesThem() throws InterruptedException {
        String before = GenerationNumber.text(NUMBER);
        String after = GenerationNumber.text(NUMBER + 1);
        List<CompletableFuture<Long>> asked = this.copies.asked(0);
        read();
        asked.get(0).complete(NUMBER);
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch made = new CountDownLatch(1);
        this.generation.changing("key", (text) -> {
            making.countDown();
            awaitQuietly(made);
            this.done.add("change in " + text);
        });
        read();
        read();
        Thread later = new Thread(() -> asked.get(2).complete(NUMBER + 1), "told of the later question");
        later.start();
        assertThat(making.await(10, TimeUnit.SECONDS)).isTrue();
        Thread earlier = new Thread(() -> asked.get(1).complete(NUMBER + 1), "told of the earlier question");
        earlier.start();
        String beganIn = "read in " + before;
        try {
            Awaitility.await()
                .until(() -> earlier.getState() == Thread.State.BLOCKED
                        || earlier.getState() == Thread.State.TERMINATED);
            assertThat(this.done).containsExactly(beganIn, beganIn, beganIn);
        }
        finally {
            made.countDown();
            later.join();
            earlier.join();
        }
        assertThat(this.done).containsExactly(beganIn, beganIn, beganIn, "change in " + after, "read in " + after,
                "read in " + after);
    }

    @Test
    void norByWhoIsCalledMeanwhile() {
        List<CompletableFuture<Long>> asked = this.copies.asked(0);
        read();
        asked.get(0).complete(NUMBER);
        this.generation.changing("key", (text) -> {
            read();
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
    void norInTheOneBeforeWhereItsOwnQuestionFailed() {
        List<CompletableFuture<Long>> asked = this.copies.asked(0);
        read();
        asked.get(0).complete(NUMBER);
        RuntimeException lost = new IllegalStateException("lost");
        this.generation.changing("key", (text) -> asked.get(1).completeExceptionally(lost));
        CompletableFuture<String> first = read();
        CompletableFuture<String> second = read();
        CompletableFuture<String> third = read();
        asked.get(2).completeExceptionally(lost);
        asked.get(3).complete(NUMBER + 1);
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        assertThat(third).isCompletedWithValue(GenerationNumber.text(NUMBER + 1));
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

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Asks nothing by itself. */
    private static final class NoTime implements Timers {

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
            // Never due.
        }

    }

}
