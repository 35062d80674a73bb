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

    @Test
    void countsFromTheBeginningOfWhatFailed() {
        assertThat(Duration.ofNanos(rest(5, 1, Duration.ZERO))).hasMillis(800);
        assertThat(Duration.ofNanos(rest(5, 1, Duration.ofMillis(300)))).hasMillis(500);
        assertThat(Duration.ofNanos(rest(5, 0, Duration.ofMillis(300)))).hasMillis(100);
        assertThat(rest(5, 0, Duration.ofSeconds(2))).isZero();
        assertThat(rest(0, 1, Duration.ofSeconds(2))).isZero();
    }

    @Test
    void thoseWhoseTimeWasOverTogetherDoNotComeBackTogether() {
        assertThat(Duration.ofNanos(rest(5, 1, Duration.ofSeconds(2)))).hasMillis(50);
        assertThat(Duration.ofNanos(rest(5, 0.5, Duration.ofSeconds(2)))).hasMillis(25);
    }

    private static long rest(int failures, double random, Duration spent) {
        return BACKOFF.restNanos(failures, random, spent.toNanos());
    }

}
