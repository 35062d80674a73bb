package io.memlink.time;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogLimitTests {

    private final ManualTimers clock = new ManualTimers();

    private final LogLimit limit = new LogLimit(Duration.ofSeconds(5), this.clock::nanoTime);

    @Test
    void permitsOneMessageInAnInterval() {
        assertThat(this.limit.permits()).isTrue();
        this.clock.advance(Duration.ofSeconds(5).minusNanos(1));
        assertThat(this.limit.permits()).isFalse();
        this.clock.advance(Duration.ofNanos(1));
        assertThat(this.limit.permits()).isTrue();
        assertThat(this.limit.permits()).isFalse();
    }

    @Test
    void countsWhatWasLeftOutSinceItWasAsked() {
        for (int i = 0; i < 4; i++) {
            this.limit.permits();
        }
        assertThat(this.limit.takeSkipped()).isEqualTo(3);
        assertThat(this.limit.takeSkipped()).isZero();
    }

}
