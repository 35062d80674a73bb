package io.memlink.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that stands still until it is moved. Safe for use by many threads.
 */
public final class TestClock implements InstantSource {

    private volatile Instant now;

    public TestClock(long epochSecond) {
        this.now = Instant.ofEpochSecond(epochSecond);
    }

    @Override
    public Instant instant() {
        return this.now;
    }

    public void advance(Duration duration) {
        this.now = this.now.plus(duration);
    }

}
