package io.memlink.loading;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.memlink.loading.Flight.Landing;
import io.memlink.meta.Key;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which loads may be joined.
 */
class FlightsTests {

    private static final Key KEY = Key.of("key");

    private final Flights flights = new Flights();

    private Flight blind(long calledNanos, @Nullable Flight vain) {
        return this.flights.unstored(KEY, calledNanos, calledNanos, true, vain);
    }

    @Test
    void aChangeKeepsLaterCallersFromJoining() {
        Flight leased = this.flights.lease(KEY, 7, 0);
        Flight blind = blind(1, null);
        assertThat(this.flights.leased(KEY, 7)).isSameAs(leased);
        assertThat(blind(2, null)).isSameAs(blind);
        this.flights.forget(KEY);
        assertThat(this.flights.isEmpty()).isTrue();
        assertThat(this.flights.leased(KEY, 7)).isNull();
        assertThat(blind(3, null)).isNotSameAs(blind);
    }

    /** That of another client, which won it after a deletion. */
    @Test
    void nobodyJoinsALoadWhoseLeaseIsAnother() {
        Flight leased = this.flights.lease(KEY, 7, 0);
        assertThat(this.flights.leased(KEY, 8)).isNull();
        assertThat(this.flights.leased(KEY, 7)).isSameAs(leased);
    }

    @Test
    void theEndOfALoadLeavesItsSuccessor() {
        Flight before = this.flights.lease(KEY, 7, 0);
        Flight after = this.flights.lease(KEY, 8, 1);
        before.end(null, null);
        assertThat(this.flights.leased(KEY, 8)).isSameAs(after);
        after.end(null, null);
        assertThat(this.flights.isEmpty()).isTrue();
    }

    @Test
    void nobodyJoinsAgainWhatItHasWaitedForInVain() {
        Flight vain = blind(1, null);
        Flight next = blind(2, vain);
        assertThat(next).isNotSameAs(vain);
        assertThat(blind(3, vain)).isSameAs(next);
    }

    @Test
    void whoJoinsALoadThatHasEndedIsToldAtOnce() {
        Flight flight = this.flights.lease(KEY, 7, 0);
        IllegalStateException failure = new IllegalStateException("of the loader");
        flight.end(null, failure);
        AtomicReference<@Nullable Landing> told = new AtomicReference<>();
        flight.join(told::set);
        assertThat(told).hasValue(new Landing(null, failure));
    }

    @Test
    void whoJoinsWhileTheOthersAreToldIsToldOnce() {
        Flight flight = this.flights.lease(KEY, 7, 0);
        AtomicInteger told = new AtomicInteger();
        flight.join((landing) -> flight.join((later) -> told.incrementAndGet()));
        flight.end(null, null);
        assertThat(told).hasValue(1);
    }

    @Test
    void aWaitThatIsOverLeavesItsLoad() {
        Flight flight = this.flights.lease(KEY, 7, 0);
        AtomicReference<@Nullable Landing> told = new AtomicReference<>(new Landing(null, null));
        Wait wait = new Wait(told::set);
        wait.on(flight);
        wait.end();
        assertThat(told).hasValue(null);
        assertThat(flight.leave(wait)).as("it has left already").isFalse();
    }

}
