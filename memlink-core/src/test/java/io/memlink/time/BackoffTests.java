package io.memlink.time;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTests {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50).toNanos(),
            Duration.ofMillis(800).toNanos());

    @Test
    void waitsLongerEachTimeAndNeverLongerThanTheCap() {
        assertThat(BACKOFF.delayNanos(0, 0.5)).isZero();
        assertThat(Duration.ofNanos(BACKOFF.delayNanos(1, 0))).hasMillis(25);
        assertThat(Duration.ofNanos(BACKOFF.delayNanos(1, 1))).hasMillis(50);
        assertThat(Duration.ofNanos(BACKOFF.delayNanos(3, 1))).hasMillis(200);
        assertThat(Duration.ofNanos(BACKOFF.delayNanos(1_000_000, 1))).hasMillis(800);
    }

}
