package io.memlink.check;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Checks of settings, and how a refusal reads.
 */
class RequireTests {

    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    @Test
    void takesTheEndsOfARange() {
        assertThat(Require.within("threads", 1, 1, 8)).isEqualTo(1);
        assertThat(Require.within("bytes", 8L, 1L, 8L)).isEqualTo(8);
        assertThat(Require.within("age", Duration.ofHours(1), Duration.ZERO, Duration.ofHours(1)))
            .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void namesTheSettingTheValueAndTheRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> Require.within("threads", 9, 1, 8))
            .withMessage("threads: 9 (expected: 1 to 8)");
        assertThatIllegalArgumentException().isThrownBy(() -> Require.within("threads", 0, 1, Integer.MAX_VALUE))
            .withMessage("threads: 0 (expected: 1 or more)");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Require.within("bytes", Long.MIN_VALUE, 1024, Long.MAX_VALUE))
            .withMessage("bytes: -9223372036854775808 (expected: 1024 or more)");
    }

    @Test
    void comparesTimesThatNoNumberOfNanosecondsHolds() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Require.within("timeout", LONGEST, Duration.ofMillis(1), Duration.ofHours(1)))
            .withMessage("timeout: " + LONGEST + " (expected: 1 ms to 1 hour)");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Require.within("timeout", LONGEST.negated(), Duration.ZERO, Duration.ofSeconds(90)))
            .withMessage("timeout: " + LONGEST.negated() + " (expected: zero to 90 seconds)");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Require.zeroOrWithin("age", LONGEST, Duration.ofSeconds(1), Duration.ofDays(365)))
            .withMessage("age: " + LONGEST + " (expected: zero, or 1 second to 365 days)");
    }

    @Test
    void namesWhatIsMissing() {
        assertThatNullPointerException()
            .isThrownBy(
                    () -> Require.present("names", Arrays.<@org.jspecify.annotations.Nullable String>asList("a", null)))
            .withMessage("names: [a, null] (expected: no null among them)");
    }

    @Test
    void namesWhatComesTwice() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Require.distinct("names", List.of("a", "b", "a"), Function.identity()))
            .withMessage("names: [a, b, a] (expected: different ones, but a comes twice)");
    }

}
