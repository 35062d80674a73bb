package io.memlink.cluster.routing;

import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.memlink.LogLines;
import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.placement.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of the lines about requests that failed or took long. */
class RequestLogTests {

    private static final MetaGet REQUEST = MetaGet.value(Key.of("secret"));

    @RegisterExtension
    private final LogLines lines = new LogLines(RequestLog.class);

    private final AtomicLong clock = new AtomicLong();

    private final RequestLog log = new RequestLog(Backend.parse("a=127.0.0.1:1"), this.clock::get, millis(100));

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void fail() {
        this.log.ended(REQUEST, new MemlinkTimeoutException(Outcome.UNKNOWN, "too late for secret"), millis(1),
                millis(499));
    }

    @Test
    void aSlowRequestIsToldWithBothPartsOfItsTime() {
        this.log.ended(REQUEST, null, millis(60), millis(39));
        this.log.ended(REQUEST, null, millis(60), millis(40));
        assertThat(this.lines.list()).hasSize(1);
        ILoggingEvent line = this.lines.list().get(0);
        assertThat(line.getLevel()).isEqualTo(Level.INFO);
        assertThat(line.getFormattedMessage())
            .isEqualTo("get to a=127.0.0.1:1 took 60 ms before and 40 ms after it was written, failure: none");
        assertThat(line.getKeyValuePairs()).extracting((pair) -> pair.key + "=" + pair.value)
            .containsExactly("backend=a", "operation=get", "failure=none", "queuedMillis=60", "wireMillis=40",
                    "skipped=0");
    }

    @Test
    void aFailureIsToldOnceInAWhileWithTheNumberOfTheOthers() {
        for (int i = 0; i < 10; i++) {
            fail();
        }
        assertThat(this.lines.list()).hasSize(1);
        this.clock.addAndGet(RequestLog.INTERVAL.toNanos());
        fail();
        assertThat(this.lines.list()).hasSize(2);
        assertThat(this.lines.list().get(1).getLevel()).isEqualTo(Level.WARN);
        assertThat(this.lines.list().get(1).getFormattedMessage())
            .endsWith("failure: MemlinkTimeoutException (9 such requests before it were not logged)");
    }

    @Test
    void noLineTellsAKey() {
        fail();
        assertThat(this.lines.list().get(0).getFormattedMessage()).doesNotContain("secret");
    }

    @Test
    void whatNoConnectionTookIsInTheLogOfStates() {
        this.log.ended(REQUEST, new MemlinkConnectionException(Reason.LOST, Outcome.NOT_SENT, "down", null), 0, 0);
        assertThat(this.lines.list()).isEmpty();
        this.log.ended(REQUEST, new MemlinkConnectionException(Reason.LOST, Outcome.UNKNOWN, "lost", null), 0, 1);
        assertThat(this.lines.list()).hasSize(1);
    }

    @Test
    void anEndThatSomebodyWantedIsNoFailure() {
        this.log.ended(REQUEST, new CancellationException(), 0, 0);
        this.log.ended(REQUEST, new MemlinkClosedException(Outcome.NOT_SENT, "closed", null), 0, 0);
        assertThat(this.lines.list()).isEmpty();
    }

}
