package io.memlink.cluster.health;

import java.util.ArrayList;
import java.util.List;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.placement.Backend;
import io.memlink.time.ManualTimers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many backends may be ejected at a time, by a clock that is moved.
 */
class EjectionLimitTests {

    private static final MemlinkException TIMEOUT = new MemlinkTimeoutException(Outcome.UNKNOWN, "too late");

    private final ManualTimers timers = new ManualTimers();

    private final List<NodeHealth> backends = new ArrayList<>();

    private final List<List<Backend>> suspensions = new ArrayList<>();

    private final EjectionLimit limit = new EjectionLimit(this.timers::nanoTime, () -> this.backends,
            this.suspensions::add);

    private int changes;

    private void create(int count) {
        for (int i = 0; i < count; i++) {
            NodeHealth health = new NodeHealth(Backend.parse("cache-" + i), this.timers, new Actions(i));
            health.reachable();
            this.backends.add(health);
        }
        this.changes = 0;
    }

    private long ejected() {
        return this.backends.stream().filter((backend) -> backend.state() == State.EJECTED).count();
    }

    /** A backend that never answers a probe. */
    private final class Actions implements NodeHealth.Actions {

        private final int index;

        private Actions(int index) {
            this.index = index;
        }

        @Override
        public void stateChanged(State before, State after, @Nullable MemlinkException cause) {
            EjectionLimitTests.this.changes++;
        }

        @Override
        public boolean mayEject() {
            return EjectionLimitTests.this.limit.mayEject(EjectionLimitTests.this.backends.get(this.index));
        }

        @Override
        public void probe(int turn, long delayNanos) {
        }

        @Override
        public boolean isSettled() {
            return true;
        }

        @Override
        public void settle(int turn) {
        }

    }

    @ParameterizedTest
    @CsvSource({ "1, 1", "2, 1", "3, 1", "4, 2", "5, 2", "10, 5" })
    void allowsOneOfThreeAndHalfOfMore(int count, int allowed) {
        create(count);
        for (int i = 0; i < allowed; i++) {
            this.backends.get(i).suspected(TIMEOUT);
            assertThat(ejected()).isEqualTo(i + 1);
        }
        assertThat(this.suspensions).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "2, 1", "3, 1", "4, 2", "5, 2", "10, 5" })
    void beyondThatAllAreUsedAgain(int count, int allowed) {
        create(count);
        for (int i = 0; i <= allowed; i++) {
            this.backends.get(i).suspected(TIMEOUT);
        }
        assertThat(ejected()).isZero();
        assertThat(this.suspensions).hasSize(1);
        assertThat(this.suspensions.get(0)).hasSize(allowed + 1);
    }

    @Test
    void noBackendIsEjectedAsLongAsTooManyLookIll() {
        create(4);
        this.backends.forEach((backend) -> backend.suspected(TIMEOUT));
        this.changes = 0;
        for (int i = 0; i < 120; i++) {
            this.timers.millis(500);
            this.backends.get(i % 4).suspected(TIMEOUT);
        }
        assertThat(this.changes).isZero();
        assertThat(this.suspensions).hasSize(1);
    }

    @Test
    void theyAreEjectedAgainTenSecondsAfterTheLastSign() {
        create(3);
        this.backends.forEach((backend) -> backend.suspected(TIMEOUT));
        assertThat(ejected()).isZero();
        this.timers.millis(10_000);
        this.backends.get(0).suspected(TIMEOUT);
        assertThat(ejected()).isOne();
    }

    @Test
    void backendsThatAreDownDoNotCount() {
        create(3);
        this.backends.get(0).unreachable(TIMEOUT);
        this.backends.get(1).unreachable(TIMEOUT);
        this.backends.get(2).suspected(TIMEOUT);
        assertThat(ejected()).isOne();
    }

}
