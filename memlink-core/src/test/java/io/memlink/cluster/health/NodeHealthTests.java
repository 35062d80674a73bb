package io.memlink.cluster.health;

import java.util.ArrayList;
import java.util.List;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.placement.Backend;
import io.memlink.time.ManualTimers;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The states of a backend, by a clock that is moved.
 */
class NodeHealthTests {

    private static final MemlinkException TIMEOUT = new MemlinkTimeoutException(Outcome.UNKNOWN, "too late");

    private static final MemlinkException REFUSED = new MemlinkConnectionException(Reason.REFUSED, Outcome.NOT_SENT,
            "nobody listens", null);

    private final ManualTimers timers = new ManualTimers();

    private final FakeBackend backend = new FakeBackend();

    private final NodeHealth health = new NodeHealth(Backend.parse("cache-1:11211"), this.timers, this.backend);

    /** Plays the connections: answers probes and takes what was missed, or does not. */
    private final class FakeBackend implements NodeHealth.Actions {

        private final List<String> changes = new ArrayList<>();

        private final List<Long> probesAt = new ArrayList<>();

        private boolean answers = true;

        private boolean mayEject = true;

        private boolean settled = true;

        private @Nullable MemlinkException notTold;

        @Override
        public void stateChanged(State before, State after, @Nullable MemlinkException cause) {
            this.changes.add(before + " > " + after);
        }

        @Override
        public boolean mayEject() {
            return this.mayEject;
        }

        @Override
        public void probe(int turn, long delayNanos) {
            NodeHealthTests.this.timers.schedule(() -> {
                if (NodeHealthTests.this.health.isTurn(turn)) {
                    this.probesAt.add(NodeHealthTests.this.timers.nanoTime() / 1_000_000);
                    NodeHealthTests.this.health.probed(turn, this.answers ? null : TIMEOUT);
                }
            }, delayNanos);
        }

        @Override
        public boolean isSettled() {
            return this.settled;
        }

        @Override
        public void settle(int turn) {
            NodeHealthTests.this.timers.schedule(() -> NodeHealthTests.this.health.settled(turn, this.notTold), 0);
        }

    }

    private State state() {
        return this.health.state();
    }

    private void connect() {
        this.health.reachable();
        assertThat(state()).isEqualTo(State.UP);
        this.backend.changes.clear();
    }

    @Test
    void requestsWaitForTheFirstConnection() {
        assertThat(state()).isEqualTo(State.CONNECTING);
        assertThat(this.health.refusal()).isNull();
        this.health.reachable();
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void aBackendThatCannotBeDialedIsDownAndFailsForThatReason() {
        connect();
        this.health.unreachable(REFUSED);
        assertThat(state()).isEqualTo(State.DOWN);
        assertThat(this.health.refusal()).isSameAs(REFUSED);
        assertThat(this.health.lastFailure()).isSameAs(REFUSED);
        this.timers.millis(60_000);
        assertThat(this.backend.probesAt).as("nobody to probe").isEmpty();
    }

    @Test
    void itIsUsedAgainAfterTwoGoodProbesAndWhatItMissed() {
        connect();
        this.health.unreachable(REFUSED);
        this.timers.millis(5000);
        this.health.reachable();
        assertThat(state()).isEqualTo(State.DOWN);
        this.timers.millis(51);
        assertThat(this.backend.probesAt).hasSize(2);
        assertThat(this.backend.changes).containsExactly("UP > DOWN", "DOWN > RETURNING", "RETURNING > UP");
        assertThat(this.health.refusal()).isNull();
    }

    @Test
    void aConnectionAloneProvesNothing() {
        connect();
        this.health.unreachable(REFUSED);
        this.backend.answers = false;
        this.health.reachable();
        this.timers.millis(10_000);
        assertThat(state()).isEqualTo(State.DOWN);
        this.backend.answers = true;
        this.timers.millis(850);
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void probesFollowWithinTheCapOfABackendThatIsDown() {
        connect();
        this.health.unreachable(REFUSED);
        this.backend.answers = false;
        this.health.reachable();
        this.timers.millis(20_000);
        List<Long> at = this.backend.probesAt;
        assertThat(at.get(1) - at.get(0)).isBetween(25L, 50L);
        assertThat(at.get(2) - at.get(1)).isBetween(50L, 100L);
        assertThat(at.get(at.size() - 1) - at.get(at.size() - 2)).isBetween(400L, 800L);
    }

    @Test
    void anIllBackendIsEjectedAndProbed() {
        connect();
        this.health.suspected(TIMEOUT);
        assertThat(state()).isEqualTo(State.EJECTED);
        assertThat(this.health.refusal()).asInstanceOf(InstanceOfAssertFactories.type(MemlinkConnectionException.class))
            .satisfies((refusal) -> {
                assertThat(refusal.reason()).isEqualTo(Reason.EJECTED);
                assertThat(refusal.outcome()).isEqualTo(Outcome.NOT_SENT);
                assertThat(refusal).hasMessageContaining("cache-1:11211").hasMessageContaining("too late");
                assertThat(refusal.getStackTrace()).isEmpty();
            });
        this.timers.millis(250);
        assertThat(this.backend.probesAt).hasSizeGreaterThanOrEqualTo(3);
        assertThat(this.backend.changes).containsExactly("UP > EJECTED", "EJECTED > RETURNING", "RETURNING > UP");
    }

    @Test
    void probesOfAnEjectedBackendFollowWithinTwoSeconds() {
        connect();
        this.backend.answers = false;
        this.health.suspected(TIMEOUT);
        this.timers.millis(60_000);
        List<Long> at = this.backend.probesAt;
        assertThat(at.get(at.size() - 1) - at.get(at.size() - 2)).isBetween(1000L, 2000L);
    }

    @Test
    void eachEjectionInAMinuteLastsTwiceAsLongAtLeast() {
        connect();
        for (int expectedMillis : new int[] { 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000 }) {
            this.health.suspected(TIMEOUT);
            this.timers.millis(expectedMillis - 1);
            assertThat(state()).isEqualTo(State.EJECTED);
            this.timers.millis(1);
            assertThat(state()).isEqualTo(State.UP);
        }
        this.timers.millis(60_000);
        this.health.suspected(TIMEOUT);
        this.timers.millis(200);
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void aBackendThatIsDownAgainAndAgainIsStillUsedWithinASecond() {
        connect();
        for (int i = 0; i < 10; i++) {
            this.health.unreachable(REFUSED);
            this.timers.millis(1);
            this.health.reachable();
            this.timers.millis(800);
            assertThat(state()).isEqualTo(State.UP);
        }
    }

    @Test
    void theFirstEjectionOfABackendThatWasRestartedOftenIsShort() {
        connect();
        for (int i = 0; i < 5; i++) {
            this.health.unreachable(REFUSED);
            this.health.reachable();
            this.timers.millis(800);
            assertThat(state()).isEqualTo(State.UP);
        }
        this.health.suspected(TIMEOUT);
        this.timers.millis(200);
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void aRestartAfterManyEjectionsKeepsItOutNoLonger() {
        connect();
        for (int i = 0; i < 3; i++) {
            this.health.suspected(TIMEOUT);
            this.timers.millis(800);
            assertThat(state()).isEqualTo(State.UP);
        }
        this.health.unreachable(REFUSED);
        this.health.reachable();
        this.timers.millis(200);
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void connectionsThatAreRenewedOftenDoNotBeginProbesAnew() {
        connect();
        this.health.suspected(TIMEOUT);
        for (int i = 0; i < 100; i++) {
            this.timers.millis(10);
            this.health.reachable();
        }
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void aNewConnectionEndsThePauseAfterAFailedProbe() {
        connect();
        this.backend.answers = false;
        this.health.suspected(TIMEOUT);
        this.timers.millis(60_000);
        this.backend.answers = true;
        this.health.reachable();
        this.timers.millis(100);
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void soItDoesAfterAFailedSettlement() {
        connect();
        this.backend.answers = false;
        this.health.suspected(TIMEOUT);
        this.timers.millis(60_000);
        this.backend.settled = false;
        this.backend.notTold = TIMEOUT;
        this.health.absolve();
        this.timers.millis(0);
        assertThat(state()).isEqualTo(State.EJECTED);
        this.backend.answers = true;
        this.backend.notTold = null;
        this.health.reachable();
        this.timers.millis(100);
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void isNotEjectedWhereTooManyAre() {
        connect();
        this.backend.mayEject = false;
        this.health.suspected(TIMEOUT);
        assertThat(state()).isEqualTo(State.UP);
        assertThat(this.health.lastFailure()).isSameAs(TIMEOUT);
    }

    @Test
    void isUsedAgainAtOnceWhereTooManyAreEjected() {
        connect();
        this.backend.answers = false;
        this.health.suspected(TIMEOUT);
        this.health.absolve();
        assertThat(state()).isEqualTo(State.UP);
        this.timers.millis(10_000);
        assertThat(this.backend.changes).containsExactly("UP > EJECTED", "EJECTED > UP");
    }

    @Test
    void oneThatMissedSomethingIsToldFirstWhereTooManyAreEjected() {
        connect();
        this.backend.answers = false;
        this.health.suspected(TIMEOUT);
        this.backend.settled = false;
        this.health.absolve();
        assertThat(this.health.refusal()).isNotNull();
        this.timers.millis(0);
        assertThat(this.backend.changes).containsExactly("UP > EJECTED", "EJECTED > RETURNING", "RETURNING > UP");
    }

    @Test
    void oneThatMissedSomethingBeforeItsFirstConnectionIsToldBeforeItIsUp() {
        this.backend.settled = false;
        this.health.reachable();
        this.health.reachable();
        assertThat(state()).isEqualTo(State.CONNECTING);
        this.timers.millis(0);
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void oneThatCannotBeToldAtItsFirstConnectionIsDown() {
        this.backend.settled = false;
        this.backend.notTold = TIMEOUT;
        this.health.reachable();
        this.timers.millis(0);
        assertThat(state()).isEqualTo(State.DOWN);
        assertThat(this.health.refusal()).extracting(MemlinkException::outcome).isEqualTo(Outcome.NOT_SENT);
        this.backend.notTold = null;
        this.timers.millis(1000);
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void oneWhoseJournalIsLostWhileItIsUsedIsSettledAnew() {
        connect();
        this.backend.settled = false;
        this.health.unsettle();
        assertThat(this.health.refusal()).hasMessageContaining("journal overflowed");
        this.timers.millis(0);
        assertThat(this.backend.changes).containsExactly("UP > EJECTED", "EJECTED > RETURNING", "RETURNING > UP");
    }

    @Test
    void anEjectedBackendThatLosesItsConnectionsIsDown() {
        connect();
        this.backend.answers = false;
        this.health.suspected(TIMEOUT);
        this.health.unreachable(REFUSED);
        assertThat(state()).isEqualTo(State.DOWN);
        this.timers.millis(10_000);
        this.backend.answers = true;
        this.health.reachable();
        this.timers.millis(100);
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void anEjectedBackendThatIsRestartedIsUsedWithinASecond() {
        connect();
        for (int i = 0; i < 5; i++) {
            this.health.suspected(TIMEOUT);
            this.timers.millis(10_000);
            assertThat(state()).isEqualTo(State.UP);
        }
        this.health.suspected(TIMEOUT);
        assertThat(state()).isEqualTo(State.EJECTED);
        this.health.unreachable(REFUSED);
        this.health.reachable();
        this.timers.millis(1000);
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void aBackendThatCannotBeToldWhatItMissedIsNotUsed() {
        connect();
        this.backend.notTold = TIMEOUT;
        this.health.suspected(TIMEOUT);
        this.timers.millis(5000);
        assertThat(this.health.refusal()).isNotNull();
        assertThat(this.backend.changes).contains("RETURNING > EJECTED").doesNotContain("RETURNING > UP");
        this.backend.notTold = null;
        this.timers.millis(2500);
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void aBackendThatIsLostWhileItReturnsIsDown() {
        connect();
        this.health.unreachable(REFUSED);
        this.timers.millis(1000);
        this.health.reachable();
        this.timers.millis(50);
        this.backend.changes.clear();
        this.health.unreachable(REFUSED);
        this.timers.millis(10_000);
        assertThat(state()).isEqualTo(State.DOWN);
    }

    @Test
    void isDrainedByHandUntilItIsRestoredWhateverHappens() {
        connect();
        this.health.drain();
        assertThat(state()).isEqualTo(State.DRAINED);
        assertThat(this.health.refusal()).hasMessageContaining("drained by hand");
        this.health.unreachable(REFUSED);
        this.health.reachable();
        this.timers.millis(60_000);
        assertThat(state()).isEqualTo(State.DRAINED);
        this.health.restore();
        this.timers.millis(150);
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void isNotKeptOutOnceItIsRestored() {
        connect();
        for (int i = 0; i < 6; i++) {
            this.health.eject();
            this.timers.millis(1);
            this.health.restore();
            this.timers.millis(150);
            assertThat(state()).isEqualTo(State.UP);
        }
        this.health.eject();
        this.health.drain();
        this.health.restore();
        this.timers.millis(150);
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void isEjectedByHandUntilProbesFindItWell() {
        connect();
        this.backend.answers = false;
        this.health.eject();
        assertThat(state()).isEqualTo(State.EJECTED);
        assertThat(this.health.refusal()).hasMessageContaining("ejected by hand");
        this.timers.millis(60_000);
        assertThat(state()).isEqualTo(State.EJECTED);
        this.backend.answers = true;
        this.timers.millis(10_000);
        assertThat(state()).isEqualTo(State.UP);
        this.health.drain();
        this.health.eject();
        assertThat(state()).isEqualTo(State.DRAINED);
    }

    @Test
    void nothingGoesOnAfterItHasLeft() {
        connect();
        this.backend.answers = false;
        this.health.suspected(TIMEOUT);
        this.health.retire();
        int probes = this.backend.probesAt.size();
        this.health.reachable();
        this.health.unreachable(REFUSED);
        this.timers.millis(10_000);
        assertThat(this.backend.probesAt).hasSize(probes);
    }

}
