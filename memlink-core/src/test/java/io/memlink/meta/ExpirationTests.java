package io.memlink.meta;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ExpirationTests {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000));

    @ParameterizedTest
    @CsvSource({ "PT0S,-1", "PT0.000000001S,1", "PT1S,1", "PT1.5S,2", "PT59.001S,60", "P30D,2592000",
            "PT2592000.5S,1802592001", "P31D,1802678400", "P3650D,2115360000", "P36500D,2147483647",
            "PT9223372036854775807S,2147483647" })
    void isWholeSecondsAndADateBeyondThirtyDays(Duration timeToLive, int seconds) {
        assertThat(Expiration.after(timeToLive).wireSeconds(CLOCK)).isEqualTo(seconds);
    }

    @Test
    void neverIsNotZero() {
        assertThat(Expiration.never().wireSeconds()).isZero();
        assertThat(Expiration.never()).isNotEqualTo(Expiration.after(Duration.ZERO));
        assertThat(Expiration.never().timeToLive()).isNull();
    }

    @Test
    void refusesThePast() {
        assertThatIllegalArgumentException().isThrownBy(() -> Expiration.after(Duration.ofMillis(-1)))
            .withMessage("timeToLive: PT-0.001S (expected: zero or more)");
    }

    @Test
    void isItsDuration() {
        assertThat(Expiration.after(Duration.ofMinutes(1))).isEqualTo(Expiration.after(Duration.ofSeconds(60)))
            .hasSameHashCodeAs(Expiration.after(Duration.ofSeconds(60)))
            .hasToString("after PT1M");
    }

}
