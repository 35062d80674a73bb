package io.memlink.error;

import java.util.stream.Stream;

import io.memlink.error.MemlinkConnectionException.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Failures that many calls share, for as long as a backend is down.
 */
class SharedFailureTests {

    static Stream<MemlinkException> shared() {
        Throwable cause = new IllegalStateException("cause");
        return Stream.of(new MemlinkConnectionException(Reason.REFUSED, Outcome.NOT_SENT, "down", cause),
                new MemlinkConnectionException(Reason.EJECTED, Outcome.NOT_SENT, "ejected", null),
                new MemlinkClosedException(Outcome.UNKNOWN, "closed", null),
                new MemlinkProtocolException("closed after a violation", cause),
                new MemlinkTimeoutException(Outcome.UNKNOWN, "late"), new MemlinkOverloadedException("too much"));
    }

    @ParameterizedTest
    @MethodSource("shared")
    void neverChange(MemlinkException shared) {
        Throwable cause = shared.getCause();
        for (int i = 0; i < 100; i++) {
            shared.addSuppressed(new IllegalStateException("close failed"));
        }
        shared.setStackTrace(new Throwable().getStackTrace());
        assertThatIllegalStateException().isThrownBy(() -> shared.initCause(new IllegalStateException()));
        assertThat(shared.getSuppressed()).isEmpty();
        assertThat(shared.getStackTrace()).isEmpty();
        assertThat(shared.getCause()).isSameAs(cause);
    }

}
