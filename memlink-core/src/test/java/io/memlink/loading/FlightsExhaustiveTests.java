package io.memlink.loading;

import java.util.ArrayList;
import java.util.List;

import io.memlink.loading.Flight.Landing;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Key;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All orders in which callers of one client can come, go, load and wait, while this
 * client and another one delete the item and leases run out: no caller gets a value that
 * was loaded before a deletion that preceded its call, and each one is told once.
 */
class FlightsExhaustiveTests {

    private static final int LENGTH = 6;

    private static final Key KEY = Key.of("key");

    /** What may happen next. */
    private enum Event {

        CALL, CALL_IN_VAIN, EVICT_HERE, EVICT_ELSEWHERE, LEASE_RUNS_OUT, OLDEST_LOAD_ENDS, NEWEST_LOAD_ENDS,
        WAITER_LEAVES

    }

    @Test
    void noCallerGetsWhatWasLoadedBeforeADeletionThatPrecededItsCall() {
        List<Event> events = new ArrayList<>();
        long joined = run(events);
        assertThat(joined).as("orders in which somebody joined a load").isGreaterThan(10_000);
    }

    private static long run(List<Event> events) {
        if (events.size() == LENGTH) {
            return new World().play(events);
        }
        long joined = 0;
        for (Event event : Event.values()) {
            events.add(event);
            joined += run(events);
            events.remove(events.size() - 1);
        }
        return joined;
    }

    /** The database, the server and one client. */
    private static final class World {

        private final Flights flights = new Flights();

        private final List<Load> loads = new ArrayList<>();

        private final List<Caller> waiting = new ArrayList<>();

        private long now;

        /** Of the database; each deletion follows a change of it. */
        private int version;

        /** Of the lease on the server; zero for none. */
        private long token;

        private long lastToken;

        private long joins;

        long play(List<Event> events) {
            for (Event event : events) {
                this.now++;
                happen(event);
            }
            while (!this.loads.isEmpty()) {
                end(this.loads.get(0));
            }
            for (Caller caller : this.waiting) {
                assertThat(caller.told).as("%s", events).isEqualTo(caller.left ? 0 : 1);
            }
            assertThat(this.flights.isEmpty()).isTrue();
            return (this.joins > 0) ? 1 : 0;
        }

        private void happen(Event event) {
            switch (event) {
                case CALL -> call();
                case CALL_IN_VAIN -> callInVain();
                case EVICT_HERE -> {
                    evict();
                    this.flights.forget(KEY);
                }
                case EVICT_ELSEWHERE -> evict();
                case LEASE_RUNS_OUT -> this.token = 0;
                case OLDEST_LOAD_ENDS -> {
                    if (!this.loads.isEmpty()) {
                        end(this.loads.get(0));
                    }
                }
                case NEWEST_LOAD_ENDS -> {
                    if (!this.loads.isEmpty()) {
                        end(this.loads.get(this.loads.size() - 1));
                    }
                }
                case WAITER_LEAVES -> leave();
            }
        }

        private void evict() {
            this.version++;
            this.token = 0;
        }

        /** Reads from the server; wins, or joins the load of what was read. */
        private void call() {
            if (this.token == 0) {
                this.token = ++this.lastToken;
                this.loads.add(new Load(this.flights.lease(KEY, this.token, this.now), this.version));
                return;
            }
            Flight flight = this.flights.leased(KEY, this.token);
            if (flight != null) {
                join(flight, this.version);
            }
        }

        /** Has called a moment ago, and waited for another client since then. */
        private void callInVain() {
            Flight flight = this.flights.unstored(KEY, this.now - 1, this.now, false, null);
            if (flight.lead()) {
                this.loads.add(new Load(flight, this.version));
            }
            else {
                join(flight, this.version);
            }
        }

        private void join(Flight flight, int version) {
            Caller caller = new Caller(flight, version);
            this.waiting.add(caller);
            this.joins++;
            flight.join(caller);
        }

        private void leave() {
            for (Caller caller : this.waiting) {
                if (!caller.left && caller.told == 0) {
                    caller.left = caller.flight.leave(caller);
                    return;
                }
            }
        }

        private void end(Load load) {
            this.loads.remove(load);
            load.flight().end(new EncodedValue(new byte[] { (byte) load.version() }, 0), null);
            load.flight().end(null, new IllegalStateException("a second end"));
        }

    }

    private record Load(Flight flight, int version) {
    }

    private static final class Caller implements Flight.Waiter {

        private final Flight flight;

        private final int version;

        private int told;

        private boolean left;

        Caller(Flight flight, int version) {
            this.flight = flight;
            this.version = version;
        }

        @Override
        public void landed(Landing landing) {
            this.told++;
            assertThat(landing.failure()).isNull();
            assertThat((int) landing.value().data()[0]).isGreaterThanOrEqualTo(this.version);
        }

    }

}
