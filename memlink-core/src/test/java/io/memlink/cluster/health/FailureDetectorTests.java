package io.memlink.cluster.health;

import java.util.List;
import java.util.concurrent.CancellationException;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkProtocolException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.time.ManualTimers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which results of requests show a backend to be unhealthy, by a clock that is moved.
 */
class FailureDetectorTests {

    private final ManualTimers timers = new ManualTimers();

    private final FailureDetector detector = new FailureDetector(this.timers::nanoTime);

    private static MemlinkException timeout() {
        return new MemlinkTimeoutException(Outcome.UNKNOWN, "too late");
    }

    private static MemlinkException lost() {
        return new MemlinkConnectionException(MemlinkConnectionException.Reason.LOST, Outcome.UNKNOWN, "lost", null);
    }

    private MemlinkException after(long millis, Throwable failure) {
        this.timers.millis(millis);
        return this.detector.count(failure);
    }

    @Test
    void fiveTimeoutsInARowAreAnIllness() {
        for (int i = 0; i < 4; i++) {
            assertThat(after(500, timeout())).isNull();
        }
        MemlinkException last = timeout();
        assertThat(after(500, last)).isSameAs(last);
    }

    @Test
    void whatCouldNotBeSentInTimeSaysNothingAboutTheBackend() {
        MemlinkException unsent = new MemlinkTimeoutException(Outcome.NOT_SENT, "waited too long");
        for (int i = 0; i < 100; i++) {
            assertThat(after(100, unsent)).isNull();
        }
        for (int i = 0; i < 4; i++) {
            assertThat(after(500, timeout())).isNull();
            assertThat(after(1, unsent)).isNull();
        }
        MemlinkException last = timeout();
        assertThat(after(500, last)).isSameAs(last);
    }

    @Test
    void countsAnewAfterAnIllness() {
        for (int i = 0; i < 5; i++) {
            after(500, timeout());
        }
        for (int i = 0; i < 4; i++) {
            assertThat(after(500, timeout())).isNull();
        }
        assertThat(after(500, timeout())).isNotNull();
    }

    @Test
    void anAnswerInBetweenEndsTheRow() {
        for (int i = 0; i < 4; i++) {
            after(30, timeout());
        }
        assertThat(after(1, null)).isNull();
        for (int i = 0; i < 4; i++) {
            assertThat(after(30, timeout())).isNull();
        }
    }

    @Test
    void aRefusalIsAnAnswerToo() {
        for (int i = 0; i < 4; i++) {
            after(30, timeout());
        }
        after(1, new MemlinkServerException(MemlinkServerException.Reason.TOO_LARGE, "\"SERVER_ERROR too large\""));
        assertThat(after(30, timeout())).isNull();
    }

    @Test
    void whatExpiresTogetherCountsOnce() {
        for (int pause = 0; pause < 4; pause++) {
            this.timers.millis(3000);
            for (int i = 0; i < 1000; i++) {
                assertThat(this.detector.count(timeout())).isNull();
            }
        }
    }

    @Test
    void whatEndsTogetherCountsOnceHoweverLongItTakesToTell() {
        for (MemlinkException shared : List.of(timeout(), lost())) {
            for (int i = 0; i < 4000; i++) {
                assertThat(after(1, shared)).isNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 5, 20 })
    void aRowSpansATenthOfASecond(int apartMillis) {
        long spanned = 0;
        while (after(apartMillis, timeout()) == null) {
            spanned += apartMillis;
        }
        assertThat(spanned).isBetween(100L, 200L);
    }

    @Test
    void halfOfTwentyResultsInFiveSecondsAreAnIllness() {
        MemlinkException failure = null;
        MemlinkException last = null;
        int results = 0;
        while (failure == null) {
            last = (results++ % 2 == 0) ? lost() : null;
            failure = after(60, last);
        }
        assertThat(failure).isSameAs(last);
        assertThat(results).isEqualTo(21);
    }

    @Test
    void lessThanHalfIsNone() {
        for (int i = 0; i < 3000; i++) {
            assertThat(after(10, (i % 3 == 0) ? lost() : null)).isNull();
        }
    }

    @Test
    void failuresThatAreFarApartAreNone() {
        for (int i = 0; i < 100; i++) {
            assertThat(after(600, (i % 2 == 0) ? lost() : null)).isNull();
        }
    }

    @Test
    void oneConnectionThatTakesManyRequestsWithItIsNone() {
        this.timers.millis(100);
        for (int i = 0; i < 2000; i++) {
            assertThat(this.detector.count(lost())).isNull();
        }
    }

    @Test
    void whatIsNotTheBackendsFaultIsNotCounted() {
        MemlinkException notSent = new MemlinkConnectionException(MemlinkConnectionException.Reason.REFUSED,
                Outcome.NOT_SENT, "no connection", null);
        for (int i = 0; i < 200; i++) {
            assertThat(after(50, new MemlinkOverloadedException("full"))).isNull();
            assertThat(after(50, new CancellationException())).isNull();
            assertThat(after(50, notSent)).isNull();
            assertThat(after(50, new MemlinkServerException(MemlinkServerException.Reason.NOT_NUMERIC,
                    "\"CLIENT_ERROR not numeric\"")))
                .isNull();
        }
    }

    @Test
    void violationsAndErrorsOfTheServerAreCounted() {
        assertThat(FailureDetector.signOf(new MemlinkProtocolException("what?")))
            .isEqualTo(FailureDetector.Sign.FAILURE);
        assertThat(FailureDetector.signOf(new MemlinkServerException(MemlinkServerException.Reason.SERVER_FAILURE,
                Outcome.UNKNOWN, "\"SERVER_ERROR backend failure\"")))
            .isEqualTo(FailureDetector.Sign.FAILURE);
        assertThat(FailureDetector
            .signOf(new MemlinkServerException(MemlinkServerException.Reason.OTHER, "\"CLIENT_ERROR bad token\"")))
            .isEqualTo(FailureDetector.Sign.WELL);
    }

}
