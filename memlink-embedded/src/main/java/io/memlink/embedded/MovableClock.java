package io.memlink.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that runs ahead of another one. Safe for use by many threads.
 */
final class MovableClock implements InstantSource {

    private final InstantSource clock;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    MovableClock(InstantSource clock) {
        this.clock = clock;
    }

    void advance(Duration time) {
        this.ahead.accumulateAndGet(time, Duration::plus);
    }

    void reset() {
        this.ahead.set(Duration.ZERO);
    }

    @Override
    public Instant instant() {
        return this.clock.instant().plus(this.ahead.get());
    }

}
