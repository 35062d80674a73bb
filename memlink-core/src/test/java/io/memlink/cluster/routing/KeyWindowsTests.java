package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.memlink.cluster.routing.KeyWindows.Again;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.time.ManualTimers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Operations on many keys, against backends whose bounds and members change. */
class KeyWindowsTests {

    private static final BulkLimits LIMITS = new BulkLimits(4, 1000, Duration.ofMillis(500));

    private final ManualTimers timers = new ManualTimers();

    private final BulkShare share = new BulkShare(LIMITS);

    /** What the backend takes beside what others hold. */
    private int free = Integer.MAX_VALUE;

    /** A key whose value no bound has room for. */
    private int tooLarge = -1;

    private Object membership = "both";

    /** Whether nothing is done later any more. */
    private boolean closed;

    private final class Operation implements KeyWindows.Traffic {

        private final Map<Integer, CompletableFuture<Again>> underWay = new LinkedHashMap<>();

        private final List<Integer> done = new ArrayList<>();

        private final List<MemlinkException> failures = new ArrayList<>();

        private final List<Object> lanes = new ArrayList<>();

        private Throwable broken;

        private int bytes = 1;

        Operation begin(int keys) {
            new KeyWindows(this, keys, 1, LIMITS).begin();
            return this;
        }

        @Override
        public Object membership() {
            return KeyWindowsTests.this.membership;
        }

        @Override
        public Object lane(int position) {
            if ("broken".equals(KeyWindowsTests.this.membership)) {
                throw new StackOverflowError("of the locator");
            }
            return "both".equals(KeyWindowsTests.this.membership) && position % 2 == 1 ? "odd" : "even";
        }

        @Override
        public BulkShare share(Object lane) {
            return KeyWindowsTests.this.share;
        }

        @Override
        public int bytes(int position) {
            return (position == KeyWindowsTests.this.tooLarge) ? 2000 : this.bytes;
        }

        @Override
        public CompletableFuture<Again> send(Object lane, int[] positions) {
            this.lanes.add(lane);
            if (KeyWindowsTests.this.free == 0 || positions[0] == KeyWindowsTests.this.tooLarge) {
                return CompletableFuture
                    .completedFuture(new Again(positions, new MemlinkOverloadedException("full"), null));
            }
            KeyWindowsTests.this.free--;
            CompletableFuture<Again> sent = new CompletableFuture<>();
            this.underWay.put(positions[0], sent);
            return sent;
        }

        void answer() {
            int first = this.underWay.keySet().iterator().next();
            CompletableFuture<Again> sent = this.underWay.remove(first);
            this.done.add(first);
            KeyWindowsTests.this.free++;
            sent.complete(Again.NOTHING);
        }

        @Override
        public void giveUp(int position, MemlinkException failure) {
            this.failures.add(failure);
        }

        @Override
        public void broken(Throwable failure) {
            this.broken = failure;
        }

        @Override
        public void later(Runnable step, long nanos) {
            if (KeyWindowsTests.this.closed) {
                step.run();
                return;
            }
            KeyWindowsTests.this.timers.schedule(step, nanos);
        }

        @Override
        public long nanoTime() {
            return KeyWindowsTests.this.timers.nanoTime();
        }

    }

    @Test
    void whatIsRefusedAtABoundIsSentWhenSomethingOfTheOperationHasEnded() {
        this.free = 2;
        Operation operation = new Operation().begin(100);
        while (!operation.underWay.isEmpty()) {
            assertThat(operation.underWay).hasSizeLessThanOrEqualTo(2);
            operation.answer();
            this.timers.millis(50);
        }
        assertThat(operation.done).hasSize(100).doesNotHaveDuplicates();
        assertThat(operation.failures).isEmpty();
    }

    @Test
    void whatIsTooLargeForABoundHoldsUpNoOther() {
        this.tooLarge = 0;
        Operation operation = new Operation().begin(21);
        while (operation.failures.isEmpty()) {
            while (!operation.underWay.isEmpty()) {
                operation.answer();
            }
            this.timers.millis(50);
        }
        assertThat(operation.done).hasSize(20).doesNotContain(0);
        assertThat(operation.failures).hasSize(1);
    }

    @Test
    void whatOthersHoldIsWaitedFor() {
        this.free = 0;
        Operation operation = new Operation().begin(10);
        this.timers.millis(300);
        assertThat(operation.failures).isEmpty();
        this.free = 1;
        this.timers.millis(50);
        while (!operation.underWay.isEmpty()) {
            operation.answer();
            this.timers.millis(50);
        }
        assertThat(operation.done).hasSize(10);
        assertThat(operation.failures).isEmpty();
    }

    @Test
    void whatOthersHoldForTooLongFailsEachKeyWithAFailureOfItsOwn() {
        this.free = 0;
        Operation operation = new Operation().begin(10);
        this.timers.millis(1000);
        assertThat(operation.failures).hasSize(10)
            .doesNotHaveDuplicates()
            .allSatisfy((failure) -> assertThat(failure).isInstanceOf(MemlinkOverloadedException.class));
    }

    @Test
    @Timeout(10)
    void soDoesWhatFindsNoRoomOnceTheClientIsClosed() {
        this.free = 0;
        this.closed = true;
        Operation operation = new Operation().begin(10);
        assertThat(operation.failures).hasSize(10);
    }

    @Test
    void soDoesWhatWaitsForItsShareForTooLong() {
        Operation first = new Operation().begin(4);
        List<Operation> others = Stream.generate(() -> new Operation().begin(1)).limit(5).toList();
        this.timers.millis(400);
        first.answer();
        assertThat(others).allMatch((other) -> other.failures.isEmpty());
        this.timers.millis(400);
        first.answer();
        assertThat(others.stream().filter((other) -> other.failures.isEmpty())).hasSize(2)
            .allMatch((other) -> other.underWay.size() == 1);
        assertThat(others.stream().flatMap((other) -> other.failures.stream())).hasSize(3)
            .allSatisfy((failure) -> assertThat(failure).isInstanceOf(MemlinkOverloadedException.class));
        first.answer();
        assertThat(this.share.acquire(1, () -> {
        })).isTrue();
    }

    @Test
    void operationsTogetherTakeNoMoreThanTheirShareAndTakeTurns() {
        Operation first = new Operation().begin(100);
        Operation second = new Operation().begin(10);
        assertThat(first.underWay.size() + second.underWay.size()).isEqualTo(4);
        for (int i = 0; i < 100 && second.done.size() < 10; i++) {
            (first.underWay.isEmpty() ? second : first).answer();
            if (!second.underWay.isEmpty()) {
                second.answer();
            }
            assertThat(first.underWay.size() + second.underWay.size()).isBetween(1, 4);
        }
        assertThat(second.done).hasSize(10);
        assertThat(first.done).hasSizeLessThan(50);
    }

    @Test
    void bytesAreBoundedAndOneThatIsLargerIsSentAlone() {
        Operation operation = new Operation();
        operation.bytes = 400;
        operation.begin(10);
        assertThat(operation.underWay).hasSize(2);
        operation.answer();
        assertThat(operation.underWay).hasSize(2);
        while (!operation.underWay.isEmpty()) {
            operation.answer();
        }
        operation.bytes = 5000;
        operation.begin(3);
        assertThat(operation.underWay).hasSize(1);
        assertThat(this.share.isIdle()).isFalse();
    }

    @Test
    void whatWaitsFollowsTheBackends() {
        Operation operation = new Operation().begin(20);
        this.membership = "one";
        operation.lanes.clear();
        while (!operation.underWay.isEmpty()) {
            operation.answer();
        }
        assertThat(operation.done).hasSize(20);
        assertThat(operation.lanes).hasSize(16).containsOnly("even");
    }

    @Test
    void whatALocatorThrowsEndsTheOperation() {
        Operation operation = new Operation().begin(20);
        this.membership = "broken";
        operation.answer();
        assertThat(operation.broken).isInstanceOf(StackOverflowError.class);
    }

}
