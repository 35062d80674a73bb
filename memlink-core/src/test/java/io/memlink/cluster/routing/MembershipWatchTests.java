package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.memlink.discovery.Discovery;
import io.memlink.placement.Backend;
import io.memlink.time.Timers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MembershipWatchTests {

    private static final Duration INTERVAL = Duration.ofSeconds(60);

    private static final List<Backend> ONE = List.of(Backend.parse("cache-1"));

    private static final List<Backend> TWO = List.of(Backend.parse("cache-1"), Backend.parse("cache-2"));

    private final SteppedTimers timers = new SteppedTimers();

    private final List<CompletableFuture<List<Backend>>> questions = new ArrayList<>();

    private final List<List<Backend>> heard = new ArrayList<>();

    private final Discovery discovery = () -> {
        CompletableFuture<List<Backend>> question = new CompletableFuture<>();
        this.questions.add(question);
        return question;
    };

    @Test
    void asksAtOnceAndThenAboutOnceInAnInterval() {
        CompletableFuture<Void> started = watch(this.heard::add).start();
        assertThat(started).isNotDone();
        answer(ONE);
        assertThat(started).isCompleted();
        // The question behind the first one was planned before its answer.
        this.timers.advance(Duration.ofMillis(1200));
        answer(ONE);

        this.timers.advance(Duration.ofSeconds(47));
        assertThat(this.questions).hasSize(2);
        this.timers.advance(Duration.ofSeconds(26));
        assertThat(this.questions).hasSize(3);
        answer(TWO);
        assertThat(this.heard).containsExactly(ONE, ONE, TWO);
    }

    @Test
    void failuresAndEmptyAnswersChangeNothing() {
        watch(this.heard::add).start();
        answer(ONE);
        this.timers.advance(INTERVAL);
        last().completeExceptionally(new IllegalStateException("no name server"));
        this.timers.advance(INTERVAL.multipliedBy(2));
        answer(List.of());
        this.timers.advance(INTERVAL.multipliedBy(2));
        answer(TWO);

        assertThat(this.heard).containsExactly(ONE, TWO);
    }

    @Test
    void listThatIsRefusedIsAskedForAgain() {
        CompletableFuture<Void> started = watch((backends) -> {
            if (backends.size() == 1) {
                throw new IllegalArgumentException("too few");
            }
            this.heard.add(backends);
        }).start();
        answer(ONE);
        assertThat(started).isCompletedExceptionally();
        this.timers.advance(Duration.ofMillis(1200));
        answer(TWO);

        assertThat(this.heard).containsExactly(TWO);
    }

    @Test
    void asksEachSecondUntilThereIsAGoodAnswer() {
        watch(this.heard::add).start();
        for (int i = 1; i <= 5; i++) {
            assertThat(this.questions).hasSize(i);
            last().completeExceptionally(new IllegalStateException("no name server"));
            this.timers.advance(Duration.ofMillis(1200));
        }
        answer(ONE);
        this.timers.advance(Duration.ofMillis(1200));
        answer(ONE);
        int asked = this.questions.size();
        this.timers.advance(Duration.ofSeconds(47));

        assertThat(this.questions).hasSize(asked);
    }

    @Test
    void questionWithoutAnAnswerDoesNotEndTheWatchAndIsNotHeardLater() {
        watch(this.heard::add).start();
        this.timers.advance(Duration.ofMillis(1200));
        answer(TWO);
        this.questions.get(0).complete(ONE);

        assertThat(this.heard).containsExactly(TWO);
    }

    @Test
    void discoveryThatThrowsIsAFailure() {
        MembershipWatch watch = new MembershipWatch(() -> {
            throw new IllegalStateException("no");
        }, this.heard::add, INTERVAL, this.timers);

        assertThat(watch.start()).isCompletedExceptionally();
    }

    @Test
    void nothingIsAskedOrHeardOnceClosed() {
        MembershipWatch watch = watch(this.heard::add);
        watch.start();
        watch.close();
        answer(ONE);
        this.timers.advance(INTERVAL);

        assertThat(this.heard).isEmpty();
        assertThat(this.questions).hasSize(1);
    }

    private MembershipWatch watch(Consumer<List<Backend>> listener) {
        return new MembershipWatch(this.discovery, listener, INTERVAL, this.timers);
    }

    private CompletableFuture<List<Backend>> last() {
        return this.questions.get(this.questions.size() - 1);
    }

    private void answer(List<Backend> backends) {
        last().complete(backends);
    }

    /** Timers whose clock is moved by hand, and whose tasks run in the test's thread. */
    private static final class SteppedTimers implements Timers {

        private final List<Task> tasks = new ArrayList<>();

        private long now;

        @Override
        public long nanoTime() {
            return this.now;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void schedule(Runnable task, long delayNanos) {
            this.tasks.add(new Task(this.now + delayNanos, task));
        }

        void advance(Duration time) {
            this.now += time.toNanos();
            List<Task> due = this.tasks.stream().filter((task) -> task.dueNanos <= this.now).toList();
            this.tasks.removeAll(due);
            due.forEach((task) -> task.action.run());
        }

        private record Task(long dueNanos, Runnable action) {

        }

    }

}
