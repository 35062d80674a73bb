package io.memlink.cluster.routing;

import java.util.List;

import ch.qos.logback.classic.Level;
import io.memlink.LogLines;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.Outcome;
import io.memlink.placement.Backend;
import io.memlink.time.ManualTimers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the log tells of backends that come and go.
 */
class StateLogTests {

    @RegisterExtension
    private final LogLines lines = new LogLines(StateLog.class);

    private final ManualTimers timers = new ManualTimers();

    private final StateLog log = new StateLog(this.timers);

    private final Backend first = Backend.parse("first=127.0.0.1:1");

    private final Backend second = Backend.parse("second=127.0.0.1:2");

    private void change(Backend backend, State before, State after) {
        this.log.stateChanged(backend, before, after, null);
    }

    @Test
    void tellsWhichBackendIsDownAndWhy() {
        this.log.stateChanged(this.first, State.UP, State.DOWN,
                new MemlinkConnectionException(Reason.REFUSED, Outcome.NOT_SENT, "connection refused", null));
        assertThat(this.lines.list()).singleElement().satisfies((line) -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage()).isEqualTo("Backend " + this.first + " is DOWN: connection refused");
            assertThat(line.getKeyValuePairs()).extracting((pair) -> pair.key + "=" + pair.value)
                .containsExactly("backend=first", "state=DOWN", "skipped=0");
        });
    }

    @Test
    void namesTheAddressOnce() {
        this.log.stateChanged(this.first, State.UP, State.DOWN, new MemlinkConnectionException(Reason.REFUSED,
                Outcome.NOT_SENT, "127.0.0.1:1: cannot connect: Connection refused", null));
        assertThat(this.lines.messages())
            .containsExactly("Backend first=127.0.0.1:1 is DOWN: cannot connect: Connection refused");
    }

    @Test
    void writesOneLineInAWhileAndEndsWithTheLastState() {
        change(this.first, State.UP, State.DOWN);
        for (int i = 0; i < 10; i++) {
            change(this.first, State.DOWN, State.RETURNING);
            change(this.first, State.RETURNING, State.UP);
            change(this.first, State.UP, State.DOWN);
        }
        change(this.first, State.RETURNING, State.UP);
        this.timers.millis(4_999);
        assertThat(this.lines.messages()).containsExactly("Backend " + this.first + " is DOWN");
        this.timers.millis(1);
        assertThat(this.lines.messages()).hasSize(2)
            .last()
            .isEqualTo("Backend " + this.first + " is UP (20 changes before it were not logged)");
        this.timers.millis(60_000);
        assertThat(this.lines.messages()).hasSize(2);
        change(this.first, State.UP, State.EJECTED);
        assertThat(this.lines.messages()).hasSize(3).last().isEqualTo("Backend " + this.first + " is EJECTED");
    }

    @Test
    void countsEachBackendForItself() {
        change(this.first, State.CONNECTING, State.UP);
        change(this.second, State.CONNECTING, State.UP);
        assertThat(this.lines.list()).hasSize(2).allMatch((line) -> line.getLevel() == Level.INFO);
        change(this.first, State.UP, State.DOWN);
        change(this.second, State.UP, State.EJECTED);
        assertThat(this.lines.list()).hasSize(4);
    }

    @Test
    void warnsOfLostDeletesAndOfSuspendedEjections() {
        this.log.journalOverflowed(this.first, 7);
        this.log.ejectionsSuspended(List.of(this.first, this.second));
        assertThat(this.lines.list()).hasSize(2).allMatch((line) -> line.getLevel() == Level.WARN);
        assertThat(this.lines.messages().get(0)).contains("7 keys");
        assertThat(this.lines.messages().get(1)).contains(this.first.toString(), this.second.toString());
    }

}
