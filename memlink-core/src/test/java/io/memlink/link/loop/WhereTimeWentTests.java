package io.memlink.link.loop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WhereTimeWentTests {

    private final AtomicLong clock = new AtomicLong();

    private final Pauses pauses = new Pauses(this.clock::get, millis(100));

    private final WhereTimeWent account = new WhereTimeWent(this.pauses);

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
                    + "; the JVM stood still for 400 ms of it");
    }

    @Test
    void aPauseBeforeTheRequestIsNotItsOwn() {
        sleep(500);
        assertThat(this.account.ofUnwritten(millis(400), millis(900), millis(900)))
            .isEqualTo("500 ms here, and never written; the JVM stood still for 100 ms of it");
        assertThat(this.account.ofUnwritten(millis(500), millis(900), millis(900)))
            .isEqualTo("400 ms here, and never written");
    }

    @Test
    void knowsAPauseFromWhichOnlyTheEventLoopIsAwake() {
        this.pauses.sleep();
        this.clock.addAndGet(millis(600));
        assertThat(this.account.ofWritten(0, 0, millis(500), millis(600))).contains("stood still for 500 ms")
            .doesNotContain("held up");
    }

    @Test
    void tellsThatTheEventLoopWasHeldUpWhereTheJvmWasNot() {
        assertThat(this.account.ofWritten(0, 0, millis(500), millis(800))).contains("800 ms on the wire")
            .endsWith("; its event loop was held up for 300 ms");
    }

    @Test
    void forgetsOldPausesBeforeNewOnes() {
        for (int i = 0; i < 20; i++) {
            sleep(200);
        }
        assertThat(this.pauses.within(0, millis(20 * 200))).isEqualTo(millis(16 * 100));
    }

}
