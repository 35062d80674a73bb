package io.memlink.cluster.health;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.time.ManualTimers;
import io.memlink.time.Timers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a backend that lets a request time out is taken for hung, by a clock that is
 * moved.
 */
class HangCheckTests {

    private static final MemlinkException TIMEOUT = new MemlinkTimeoutException(Outcome.UNKNOWN, "too late");

    private final ManualTimers timers = new ManualTimers();

    private final List<CompletableFuture<Object>> pings = new ArrayList<>();

    private final List<MemlinkException> hung = new ArrayList<>();

    private final HangCheck check = new HangCheck(this.timers, () -> 2, (connection) -> {
        CompletableFuture<Object> ping = new CompletableFuture<>();
        this.pings.add(ping);
        return ping;
    }, this.hung::add);

    @Test
    void oneTimeoutAndSilenceOnAllConnectionsAreEnough() {
        this.check.count(TIMEOUT);
        this.check.count(TIMEOUT);
        assertThat(this.pings).as("one question to each connection").hasSize(2);
        this.pings.get(0).completeExceptionally(TIMEOUT);
        this.pings.get(1)
            .completeExceptionally(new MemlinkConnectionException(Reason.LOST, Outcome.UNKNOWN, "lost", null));
        this.timers.millis(299);
        assertThat(this.hung).isEmpty();
        this.timers.millis(1);
        assertThat(this.hung).containsExactly(TIMEOUT);
        this.check.count(TIMEOUT);
        assertThat(this.pings).as("asked anew").hasSize(4);
    }

    @Test
    void aSignOfLifeOnAnyConnectionIsEnough() {
        this.check.count(TIMEOUT);
        this.pings.get(1).complete("MN");
        this.timers.millis(1000);
        this.check.count(TIMEOUT);
        this.check.count(null);
        this.timers.millis(1000);
        this.check.count(TIMEOUT);
        this.check.answered();
        this.timers.millis(1000);
        assertThat(this.hung).isEmpty();
    }

    @Test
    void aQuestionThatCannotBeAskedProvesNothing() {
        this.check.count(TIMEOUT);
        this.pings.get(0).completeExceptionally(new MemlinkOverloadedException("full"));
        this.timers.millis(1000);
        assertThat(this.hung).isEmpty();
    }

    @Test
    void whatCouldNotBeSentInTimeIsNoReasonToAsk() {
        this.check.count(new MemlinkTimeoutException(Outcome.NOT_SENT, "waited too long"));
        assertThat(this.pings).isEmpty();
    }

    @Test
    void aQuestionThatCouldNotBeWrittenInTimeIsNoSignOfLife() {
        this.check.count(TIMEOUT);
        this.pings.get(0).completeExceptionally(new MemlinkTimeoutException(Outcome.NOT_SENT, "waited too long"));
        this.timers.millis(300);
        assertThat(this.hung).containsExactly(TIMEOUT);
    }

    @Test
    void aJvmThatStandsStillWaitsOnceMore() {
        List<Runnable> due = new ArrayList<>();
        HangCheck late = new HangCheck(new LateTimers(this.timers, due), () -> 1,
                (connection) -> new CompletableFuture<>(), this.hung::add);
        late.count(TIMEOUT);
        this.timers.millis(10_000);
        due.remove(0).run();
        assertThat(this.hung).isEmpty();
        late.answered();
        this.timers.millis(300);
        due.remove(0).run();
        assertThat(this.hung).isEmpty();
    }

    @Test
    void nothingIsAskedAsLongAsNothingTimesOut() {
        this.check.count(null);
        this.check.count(new MemlinkOverloadedException("full"));
        assertThat(this.pings).isEmpty();
    }

    /** Runs tasks when the test does. */
    private record LateTimers(ManualTimers clock, List<Runnable> due) implements Timers {

        @Override
        public long nanoTime() {
            return this.clock.nanoTime();
        }

        @Override
        public void execute(Runnable task) {
            this.due.add(task);
        }

        @Override
        public void schedule(Runnable task, long delayNanos) {
            this.due.add(task);
        }

    }

}
