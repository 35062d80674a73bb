package io.memlink.spring.cache.generation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.memlink.time.Timers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operations begin in their order, whichever question about the generation is answered
 * first.
 */
class GenerationOrderTests {

    private static final long NUMBER = 100L << 20;

    private final HeldCopies copies = new HeldCopies(1);

    private final Generation generation = new Generation(() -> this.copies, () -> true, Duration.ZERO,
            Timers.ofThisJvm());

    private final List<String> begun = new ArrayList<>();

    private CompletableFuture<String> operate(String name) {
        return this.generation.apply((text) -> {
            this.begun.add(name);
            return CompletableFuture.completedFuture(name);
        });
    }

    @Test
    void whereEachAsksForItself() {
        operate("put");
        CompletableFuture<String> get = operate("get");
        assertThat(this.copies.asked(0)).hasSize(2);
        this.copies.asked(0).get(1).complete(NUMBER);
        assertThat(this.begun).isEmpty();
        this.copies.asked(0).get(0).complete(NUMBER);
        assertThat(this.begun).containsExactly("put", "get");
        assertThat(get).isCompletedWithValue("get");
    }

    @Test
    void howeverManyWaitForTheFirstAnswer() {
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            operate(String.valueOf(i));
        }
        List<CompletableFuture<Long>> asked = this.copies.asked(0);
        asked.subList(1, count).forEach((question) -> question.complete(NUMBER));
        assertThat(this.begun).isEmpty();
        asked.get(0).complete(NUMBER);
        assertThat(this.begun).hasSize(count).isEqualTo(IntStream.range(0, count).mapToObj(String::valueOf).toList());
    }

    @Test
    void whereWhatComesLastCouldBeginAtOnce() {
        operate("put");
        operate("evict");
        List<CompletableFuture<Long>> asked = this.copies.asked(0);
        asked.get(0).complete(NUMBER);
        operate("get");
        assertThat(this.begun).containsExactly("put");
        asked.get(1).complete(NUMBER);
        assertThat(this.begun).containsExactly("put", "evict");
        asked.get(2).complete(NUMBER);
        assertThat(this.begun).containsExactly("put", "evict", "get");
    }

    @Test
    void whereWhatWasBeforeHasItsResult() {
        operate("put").thenRun(() -> operate("get"));
        this.copies.asked(0).get(0).complete(NUMBER);
        assertThat(this.begun).containsExactly("put", "get");
    }

    @Test
    void whereThatBeforeHasBegunInAGenerationThatIsOver() {
        List<CompletableFuture<Long>> asked = this.copies.asked(0);
        operate("first");
        asked.get(0).complete(NUMBER);
        operate("put");
        operate("get");
        assertThat(this.begun).containsExactly("first", "put", "get");
        asked.get(2).complete(NUMBER + 1);
        operate("evict");
        assertThat(this.begun).containsExactly("first", "put", "get");
        asked.get(1).complete(NUMBER + 1);
        asked.get(3).complete(NUMBER + 1);
        assertThat(this.begun).containsExactly("first", "put", "get", "put", "get", "evict");
    }

    @Test
    void neverInAGenerationBeforeTheOneBefore() {
        List<String> generations = new ArrayList<>();
        List<CompletableFuture<Long>> asked = this.copies.asked(0);
        for (int i = 0; i < 3; i++) {
            this.generation.apply((text) -> {
                generations.add(text);
                return CompletableFuture.completedFuture(text);
            });
        }
        asked.get(1).complete(NUMBER);
        // Another application has cleared the cache meanwhile.
        asked.get(0).complete(NUMBER + 1);
        asked.get(2).complete(NUMBER);
        assertThat(generations).hasSize(3).containsOnly(GenerationNumber.text(NUMBER + 1));
    }

    @Test
    void whatHasBegunBeforeIsDoneAgainInTheOneThatWasFoundBefore() {
        List<String> done = new ArrayList<>();
        List<CompletableFuture<Long>> asked = this.copies.asked(0);
        operate("first");
        asked.get(0).complete(NUMBER);
        for (String name : List.of("put", "evict")) {
            this.generation.apply((text) -> {
                done.add(name + " in " + text);
                return CompletableFuture.completedFuture(text);
            });
        }
        asked.get(2).complete(NUMBER);
        asked.get(1).complete(NUMBER + 1);
        String before = GenerationNumber.text(NUMBER);
        String after = GenerationNumber.text(NUMBER + 1);
        assertThat(done).containsExactly("put in " + before, "evict in " + before, "put in " + after,
                "evict in " + after);
    }

    @Test
    void whereTheFirstQuestionFails() {
        CompletableFuture<String> put = operate("put");
        operate("get");
        this.copies.asked(0).get(0).completeExceptionally(new IllegalStateException("lost"));
        assertThat(put).isCompletedExceptionally();
        this.copies.asked(0).get(1).complete(NUMBER);
        assertThat(this.begun).containsExactly("get");
    }

    @Test
    void whereTheFirstQuestionFailsWhenTheSecondIsAnswered() {
        CompletableFuture<String> put = operate("put");
        operate("get");
        this.copies.asked(0).get(1).complete(NUMBER);
        this.copies.asked(0).get(0).completeExceptionally(new IllegalStateException("lost"));
        assertThat(put).isCompletedWithValue("put");
        assertThat(this.begun).containsExactly("put", "get");
    }

}
