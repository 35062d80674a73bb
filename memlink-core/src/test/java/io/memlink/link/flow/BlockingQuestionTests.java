package io.memlink.link.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import io.memlink.link.flow.BlockingQuestion.Waiter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Questions that take their time.
 */
class BlockingQuestionTests {

    private final List<Runnable> queue = new ArrayList<>();

    private final List<String> told = new ArrayList<>();

    private final BlockingQuestion<String> question = new BlockingQuestion<>(this.queue::add, () -> "answer");

    private Waiter<String> waiter(String name) {
        return (answer, failure) -> this.told.add(name + " " + ((failure != null) ? failure.getMessage() : answer));
    }

    @Test
    void asksOnceForAllThatWait() {
        Waiter<String> first = waiter("first");
        this.question.ask(first);
        this.question.ask(first);
        this.question.ask(waiter("second"));
        assertThat(this.queue).hasSize(1);
        this.queue.remove(0).run();
        assertThat(this.told).containsExactlyInAnyOrder("first answer", "second answer");
    }

    @Test
    void givingUpAndAskingAgainLeavesNothingBehind() {
        for (int i = 0; i < 1000; i++) {
            Waiter<String> waiter = waiter("given up");
            this.question.ask(waiter);
            this.question.withdraw(waiter);
        }
        assertThat(this.queue).hasSize(1);
        this.question.ask(waiter("last"));
        this.queue.remove(0).run();
        assertThat(this.told).containsExactly("last answer");
    }

    @Test
    void asksAgainAfterAnAnswer() {
        this.question.ask(waiter("first"));
        this.queue.remove(0).run();
        this.question.ask(waiter("second"));
        this.queue.remove(0).run();
        assertThat(this.told).containsExactly("first answer", "second answer");
    }

    @Test
    void tellsOfWhateverIsThrown() {
        BlockingQuestion<String> broken = new BlockingQuestion<>(Runnable::run, () -> {
            throw new LinkageError("broken");
        });
        broken.ask(waiter("first"));
        BlockingQuestion<String> ended = new BlockingQuestion<>((task) -> {
            throw new RejectedExecutionException("ended");
        }, () -> "answer");
        ended.ask(waiter("second"));
        ended.ask(waiter("third"));
        assertThat(this.told).containsExactly("first broken", "second ended", "third ended");
    }

    @Test
    void aWaiterThatThrowsKeepsTheOthersFromNothing() {
        this.question.ask((answer, failure) -> {
            throw new AssertionError("broken");
        });
        this.question.ask(waiter("second"));
        this.queue.remove(0).run();
        assertThat(this.told).containsExactly("second answer");
    }

}
