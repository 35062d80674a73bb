package io.memlink.link.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The moment at which deadlines are looked at, in an event loop whose clock is moved.
 */
class DeadlineTimerTests {

    private final MockTicker ticker = Ticker.newMockTicker();

    private final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(this.ticker).build();

    /** When deadlines were looked at. */
    private final List<Long> checks = new ArrayList<>();

    private final List<Throwable> failures = new ArrayList<>();

    private final DeadlineTimer timer = new DeadlineTimer(this.channel.eventLoop(), TimeUnit.SECONDS.toNanos(1),
            (now) -> {
                this.checks.add(now);
                return DeadlineTimer.NONE;
            }, this.failures::add);

    @AfterEach
    void close() {
        this.channel.close();
        assertThat(this.failures).isEmpty();
    }

    private void armFor(long millis) {
        this.timer.arm(this.ticker.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void pass(long millis) {
        this.ticker.advance(millis, TimeUnit.MILLISECONDS);
        this.channel.runScheduledPendingTasks();
    }

    @Test
    void looksWhenTheFirstIsDue() {
        armFor(100);
        pass(99);
        assertThat(this.checks).isEmpty();
        pass(1);
        assertThat(this.checks).hasSize(1);
        assertThat(this.timer.isArmed()).isFalse();
    }

    /** What came meanwhile may lie in the socket, and is read first. */
    @Test
    void whereTheJvmStoodStillRepliesAreReadFirst() {
        armFor(100);
        pass(500);
        assertThat(this.checks).isEmpty();
        pass(1);
        assertThat(this.checks).hasSize(1);
    }

    @Test
    void waitsAsLongAsTheyKeepComingButNotForLong() {
        armFor(100);
        pass(500);
        for (int i = 0; i < 99; i++) {
            this.timer.replyRead();
            pass(1);
            assertThat(this.checks).isEmpty();
        }
        this.timer.replyRead();
        pass(1);
        assertThat(this.checks).hasSize(1);
    }

}
