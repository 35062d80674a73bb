package io.memlink.cluster.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.memlink.error.MemlinkTimeoutException;
import io.memlink.meta.Key;
import io.memlink.time.ManualTimers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyTurnsTests {

    private static final Key KEY = Key.of("key");

    private final ManualTimers timers = new ManualTimers();

    private final KeyTurns turns = new KeyTurns(this.timers, 1_000_000_000);

    private final List<String> begun = new ArrayList<>();

    private CompletableFuture<String> take(String name, CompletableFuture<String> operation) {
        return this.turns.take(KEY, () -> {
            this.begun.add(name);
            return operation;
        });
    }

    @Test
    void operationsOnOneKeyBeginWhenThoseBeforeHaveEnded() {
        CompletableFuture<String> first = new CompletableFuture<>();
        take("first", first);
        CompletableFuture<String> second = take("second", CompletableFuture.failedFuture(new StackOverflowError()));
        CompletableFuture<String> third = take("third", CompletableFuture.completedFuture("3"));
        assertThat(this.turns.isFree(KEY)).isFalse();
        assertThat(this.turns.isFree(Key.of("other"))).isTrue();
        assertThat(this.begun).containsExactly("first");
        first.complete("1");
        assertThat(this.begun).containsExactly("first", "second", "third");
        assertThatThrownBy(second::join).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(third).isCompletedWithValue("3");
        assertThat(this.turns.isFree(KEY)).isTrue();
    }

    @Test
    void whoWaitsForTooLongFailsAndKeepsNobodyWaiting() {
        CompletableFuture<String> first = new CompletableFuture<>();
        take("first", first);
        CompletableFuture<String> second = take("second", new CompletableFuture<>());
        this.timers.millis(500);
        CompletableFuture<String> third = take("third", CompletableFuture.completedFuture("3"));
        this.timers.millis(500);
        assertThatThrownBy(second::join).hasCauseInstanceOf(MemlinkTimeoutException.class)
            .hasMessageNotContaining("\"key\"");
        assertThat(third).isNotDone();
        first.complete("1");
        assertThat(third).isCompletedWithValue("3");
        assertThat(this.begun).containsExactly("first", "third");
        assertThat(this.turns.isFree(KEY)).isTrue();
    }

    /**
     * A delete has to be made again, as what was called before it may have stored since.
     */
    @Test
    void whoHasWaitedForTooLongIsToldOnceMoreWhenTheTurnComes() {
        CompletableFuture<String> first = new CompletableFuture<>();
        take("first", first);
        List<Throwable> told = new ArrayList<>();
        this.turns.take(KEY, () -> new CompletableFuture<>(), told::add);
        this.timers.millis(500);
        CompletableFuture<Integer> third = this.turns.take(KEY, () -> CompletableFuture.completedFuture(told.size()));
        assertThat(told).isEmpty();
        this.timers.millis(500);
        assertThat(told).hasSize(1);
        first.complete("1");
        assertThat(told).hasSize(2).hasOnlyElementsOfType(MemlinkTimeoutException.class);
        // Before those behind it begin.
        assertThat(third).isCompletedWithValue(2);
    }

    @Test
    void whatIsThrownEndsTheTurn() {
        CompletableFuture<String> failed = this.turns.take(KEY, () -> {
            throw new StackOverflowError();
        });
        assertThatThrownBy(failed::join).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(this.turns.isFree(KEY)).isTrue();
    }

    @Test
    void thousandsThatWereCancelledWhileTheyWaitedKeepNobodyWaiting() {
        CompletableFuture<String> first = new CompletableFuture<>();
        take("first", first);
        for (int i = 0; i < 100_000; i++) {
            take("cancelled", CompletableFuture.completedFuture("never")).cancel(false);
        }
        CompletableFuture<String> last = take("last", CompletableFuture.completedFuture("last"));
        first.complete("1");
        assertThat(last).isCompletedWithValue("last");
        assertThat(this.begun).containsExactly("first", "last");
        assertThat(this.turns.isFree(KEY)).isTrue();
    }

}
