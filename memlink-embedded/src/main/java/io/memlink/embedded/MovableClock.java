package io.memlink.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that runs ahead of another one. Safe for use by many threads.
 */
final class MovableClock implements InstantSource {

    // A thousand years, with which everything can be computed.
    private static final Duration FURTHEST = Duration.ofDays(365_000);

    private final InstantSource clock;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    MovableClock(InstantSource clock) {
        this.clock = clock;
    }

    void advance(Duration time) {
        this.ahead.accumulateAndGet(time, MovableClock::sum);
    }

    private static Duration sum(Duration ahead, Duration time) {
        if (time.compareTo(FURTHEST.minus(ahead)) > 0) {
            throw new IllegalArgumentException("time: " + time + " (expected: at most " + FURTHEST.minus(ahead) + ")");
        }
        return ahead.plus(time);
    }

    void reset() {
        this.ahead.set(Duration.ZERO);
    }

    @Override
    public Instant instant() {
        return this.clock.instant().plus(this.ahead.get());
    }

}
