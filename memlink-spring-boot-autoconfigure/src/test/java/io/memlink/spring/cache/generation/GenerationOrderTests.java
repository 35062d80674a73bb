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

    private List<CompletableFuture<Long>> asked() {
        return this.copies.asked(0);
    }

    @Test
    void allThatComeWhileAQuestionIsUnderWayShareTheNextOne() {
        operate("put");
        CompletableFuture<String> get = operate("get");
        CompletableFuture<String> evict = operate("evict");
        assertThat(asked()).hasSize(1);
        asked().get(0).complete(NUMBER);
        assertThat(this.begun).containsExactly("put");
        assertThat(asked()).hasSize(2);
        asked().get(1).complete(NUMBER);
        assertThat(this.begun).containsExactly("put", "get", "evict");
        assertThat(get).isCompletedWithValue("get");
        assertThat(evict).isCompletedWithValue("evict");
        assertThat(asked()).hasSize(2);
    }

    @Test
    void howeverManyWaitForTheFirstAnswer() {
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            operate(String.valueOf(i));
        }
        assertThat(this.begun).isEmpty();
        asked().get(0).complete(NUMBER);
        asked().get(1).complete(NUMBER);
        assertThat(this.begun).hasSize(count).isEqualTo(IntStream.range(0, count).mapToObj(String::valueOf).toList());
    }

    @Test
    void whereWhatComesLastCouldBeginAtOnce() {
        operate("put");
        operate("evict");
        asked().get(0).complete(NUMBER);
        operate("get");
        assertThat(this.begun).containsExactly("put");
        asked().get(1).complete(NUMBER);
        assertThat(this.begun).containsExactly("put", "evict");
        asked().get(2).complete(NUMBER);
        assertThat(this.begun).containsExactly("put", "evict", "get");
    }

    @Test
    void whereWhatWasBeforeHasItsResult() {
        operate("put").thenRun(() -> operate("get"));
        asked().get(0).complete(NUMBER);
        assertThat(this.begun).containsExactly("put", "get");
    }

    @Test
    void whereThatBeforeHasBegunInAGenerationThatIsOver() {
        operate("first");
        asked().get(0).complete(NUMBER);
        operate("put");
        operate("get");
        assertThat(this.begun).containsExactly("first", "put", "get");
        asked().get(1).complete(NUMBER + 1);
        operate("evict");
        assertThat(this.begun).containsExactly("first", "put", "get", "put");
        asked().get(2).complete(NUMBER + 1);
        asked().get(3).complete(NUMBER + 1);
        assertThat(this.begun).containsExactly("first", "put", "get", "put", "get", "evict");
    }

    @Test
    void whatHasBegunBeforeIsDoneAgainInTheOneThatWasFoundBefore() {
        List<String> done = new ArrayList<>();
        operate("first");
        asked().get(0).complete(NUMBER);
        for (String name : List.of("put", "evict")) {
            this.generation.apply((text) -> {
                done.add(name + " in " + text);
                return CompletableFuture.completedFuture(text);
            });
        }
        asked().get(1).complete(NUMBER + 1);
        asked().get(2).complete(NUMBER + 1);
        String before = GenerationNumber.text(NUMBER);
        String after = GenerationNumber.text(NUMBER + 1);
        assertThat(done).containsExactly("put in " + before, "evict in " + before, "put in " + after,
                "evict in " + after);
    }

    @Test
    void whereTheFirstQuestionFails() {
        CompletableFuture<String> put = operate("put");
        operate("get");
        asked().get(0).completeExceptionally(new IllegalStateException("lost"));
        assertThat(put).isCompletedExceptionally();
        asked().get(1).complete(NUMBER);
        assertThat(this.begun).containsExactly("get");
    }

    @Test
    void whereOneOfThemCannotBegin() {
        CompletableFuture<String> put = this.generation.apply((text) -> {
            throw new IllegalStateException("cannot begin");
        });
        operate("get");
        asked().get(0).complete(NUMBER);
        asked().get(1).complete(NUMBER);
        assertThat(put).isCompletedExceptionally();
        assertThat(this.begun).containsExactly("get");
    }

    @Test
    void whatWaitsForAQuestionBeginsBeforeWhatWaitsForALaterClear() {
        Generation generation = new Generation(() -> this.copies, () -> true, Duration.ofSeconds(1),
                new SteppedTime(() -> 0));
        for (String name : List.of("before both", "between", "after both")) {
            generation.apply((text) -> {
                this.begun.add(name);
                return CompletableFuture.completedFuture(name);
            });
            generation.next();
        }
        assertThat(this.begun).isEmpty();
        asked().get(0).complete(NUMBER);
        assertThat(this.begun).containsExactly("before both", "between", "after both");
    }

    @Test
    void whatWaitsForAQuestionIsOverWithTheFirstClearBehindIt() {
        Generation generation = new Generation(() -> this.copies, () -> true, Duration.ofSeconds(1),
                new SteppedTime(() -> 0));
        CompletableFuture<String> begunIn = generation.apply(CompletableFuture::completedFuture);
        generation.next();
        String cleared = GenerationNumber.text(this.copies.raised());
        this.copies.holdRaises();
        generation.next();
        asked().get(0).complete(NUMBER);
        assertThat(begunIn.join()).isNotEqualTo(cleared);
    }

    @Test
    void whatSharesAQuestionThatWasNotSentIsOverWithAClear() {
        List<String> waited = new ArrayList<>();
        for (String name : List.of("asks", "shares the next question")) {
            this.generation.apply((text) -> {
                waited.add(name);
                assertThat(text).isNotEqualTo(GenerationNumber.text(this.copies.raised()));
                return CompletableFuture.completedFuture(text);
            });
        }
        CompletableFuture<Void> clear = this.generation.next();
        CompletableFuture<String> get = operate("get");
        assertThat(waited).isEmpty();
        assertThat(this.begun).isEmpty();
        asked().get(0).complete(NUMBER);
        assertThat(waited).containsExactly("asks", "shares the next question");
        asked().stream().skip(1).toList().forEach((question) -> question.complete(this.copies.raised()));
        assertThat(this.begun).containsExactly("get");
        assertThat(get).isCompleted();
        assertThat(clear).isCompleted();
    }

}
