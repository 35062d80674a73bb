package io.memlink.link.loop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WhereTimeWentTests {

    private final AtomicLong clock = new AtomicLong();

    private final Pauses pauses = new Pauses(this.clock::get, millis(100));

    private final Spans blocked = new Spans();

    private final WhereTimeWent account = new WhereTimeWent(this.pauses, this.blocked);

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Sleeps from now on, and as long as this takes. */
    private void sleep(long millis) {
        this.pauses.sleep();
        this.clock.addAndGet(millis(millis));
        this.pauses.wake();
    }

    @Test
    void aSleepThatIsNotLongIsNoPause() {
        sleep(100);
        sleep(150);
        assertThat(this.pauses.within(0, millis(250))).isZero();
    }

    @Test
    void tellsHowLongTheJvmStoodStillMeanwhile() {
        sleep(500);
        assertThat(this.account.ofWritten(0, millis(1), millis(500), millis(500)))
            .isEqualTo("1 ms here before it was written, 499 ms on the wire and at the server"
                    + "; the JVM stood still or had no processor for 400 ms of it");
    }

    @Test
    void aPauseBeforeTheRequestIsNotItsOwn() {
        sleep(500);
        assertThat(this.account.ofUnwritten(millis(400), millis(900), millis(900)))
            .isEqualTo("500 ms here, and never written; the JVM stood still or had no processor for 100 ms of it");
        assertThat(this.account.ofUnwritten(millis(500), millis(900), millis(900)))
            .isEqualTo("400 ms here, and never written");
    }

    @Test
    void knowsAPauseFromWhichOnlyTheEventLoopIsAwake() {
        this.pauses.sleep();
        this.clock.addAndGet(millis(600));
        assertThat(this.account.ofWritten(0, 0, millis(500), millis(600))).contains("had no processor for 500 ms")
            .doesNotContain("late");
    }

    @Test
    void tellsThatTheEventLoopWasLateWhereTheJvmWasNot() {
        assertThat(this.account.ofWritten(0, 0, millis(500), millis(800)))
            .isEqualTo("0 ms here before it was written, 800 ms on the wire and at the server"
                    + "; its event loop was 300 ms late");
    }

    @Test
    void tellsOfABlockThatIsKnown() {
        this.blocked.add(millis(600), millis(750));
        assertThat(this.account.ofWritten(0, 0, millis(500), millis(800)))
            .endsWith("; a task blocked its event loop for 150 ms of it or more; its event loop was 300 ms late");
        assertThat(this.account.ofWritten(millis(700), millis(700), millis(1200), millis(1200)))
            .endsWith("; a task blocked its event loop for 50 ms of it or more");
        assertThat(this.account.ofUnwritten(millis(800), millis(1300), millis(1300))).endsWith("never written");
    }

    @Test
    void forgetsOldPausesBeforeNewOnes() {
        for (int i = 0; i < 20; i++) {
            sleep(200);
        }
        assertThat(this.pauses.within(0, millis(20 * 200))).isEqualTo(millis(16 * 100));
    }

}
