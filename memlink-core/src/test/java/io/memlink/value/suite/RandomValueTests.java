package io.memlink.value.suite;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random values come back as they were, or are refused.
 */
class RandomValueTests {

    @Test
    void randomValuesComeBackOrAreRefused() {
        Subject subject = Subject.FORMAT;
        Subject.Session session = subject.open(getClass().getClassLoader(), Values.TRUSTED);
        for (long seed = 1; seed <= 5000; seed++) {
            RoundTrip trip = RandomValueRuns.run(subject, session, seed);
            assertThat(trip.verdict().isFailure()).as("seed %d: %s", seed, trip).isFalse();
        }
    }

}
