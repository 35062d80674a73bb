package io.memlink.cluster.health;

import io.memlink.time.ManualTimers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many requests a backend gets that is used again.
 */
class SlowReturnTests {

    private final ManualTimers timers = new ManualTimers();

    private final SlowReturn slowReturn = new SlowReturn(this.timers::nanoTime);

    @ParameterizedTest
    @CsvSource({ "0, 64", "99, 64", "100, 128", "200, 256", "399, 512", "400, 1024", "499, 1024" })
    void twiceAsManyWithEachTenthOfASecond(int afterMillis, int admitted) {
        this.slowReturn.begin();
        this.timers.millis(afterMillis);
        assertThat(this.slowReturn.admits(admitted - 1)).isTrue();
        assertThat(this.slowReturn.admits(admitted)).isFalse();
    }

    @Test
    void anyNumberAfterHalfASecond() {
        this.slowReturn.begin();
        assertThat(this.slowReturn.isOn()).isTrue();
        this.timers.millis(500);
        assertThat(this.slowReturn.admits(1_000_000)).isTrue();
        assertThat(this.slowReturn.isOn()).isFalse();
    }

}
