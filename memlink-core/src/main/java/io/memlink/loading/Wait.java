package io.memlink.loading;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.memlink.loading.Flight.Landing;
import org.jspecify.annotations.Nullable;

/**
 * The wait of one caller, which ends once: with the load it joined, when its time is
 * over, or when the client is closed. What is left of it after that holds nothing. Safe
 * for use by many threads.
 */
final class Wait implements Flight.Waiter {

    private final AtomicReference<@Nullable Consumer<@Nullable Landing>> next;

    private volatile @Nullable Flight flight;

    /** Begins a wait; what is next is told how the load ended, if it did. */
    Wait(Consumer<@Nullable Landing> next) {
        this.next = new AtomicReference<>(next);
    }

    void on(Flight flight) {
        this.flight = flight;
        flight.join(this);
    }

    @Override
    public void landed(Landing landing) {
        end(landing);
    }

    /** Ends the wait in vain. */
    void end() {
        Flight flight = this.flight;
        if (flight != null) {
            flight.leave(this);
        }
        end(null);
    }

    private void end(@Nullable Landing landing) {
        Consumer<@Nullable Landing> next = this.next.getAndSet(null);
        this.flight = null;
        if (next != null) {
            next.accept(landing);
        }
    }

    boolean hasEnded() {
        return this.next.get() == null;
    }

}
