package io.memlink.link.loop;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether callers watch an event loop, or its own thread does.
 */
class LeadershipTests {

    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(Leadership.QUIET_MILLIS);

    private final Leadership leadership = new Leadership(true);

    private void callOneAfterTheOther(int calls) {
        for (int i = 0; i < calls; i++) {
            this.leadership.arrived();
            this.leadership.left();
        }
    }

    private void lead() {
        this.leadership.begin();
        callOneAfterTheOther(Leadership.LONELY_CALLS);
    }

    @Test
    void callersLeadOnceAFewCallsInARowWereAmongFew() {
        this.leadership.begin();
        callOneAfterTheOther(Leadership.LONELY_CALLS - 1);
        assertThat(this.leadership.callersLead()).isFalse();
        callOneAfterTheOther(1);
        assertThat(this.leadership.callersLead()).isTrue();
    }

    @Test
    void aCallAmongManyMakesThemBeginAnew() {
        this.leadership.begin();
        callOneAfterTheOther(Leadership.LONELY_CALLS - 1 - Leadership.MAX_DRIVERS);
        for (int i = 0; i <= Leadership.MAX_DRIVERS; i++) {
            this.leadership.arrived();
        }
        for (int i = 0; i <= Leadership.MAX_DRIVERS; i++) {
            this.leadership.left();
        }
        callOneAfterTheOther(Leadership.LONELY_CALLS - 1);
        assertThat(this.leadership.callersLead()).isFalse();
    }

    @Test
    void asManyAsThereMayBeLeadOnAndOneMoreEndsIt() {
        lead();
        for (int i = 0; i < Leadership.MAX_DRIVERS; i++) {
            this.leadership.arrived();
        }
        assertThat(this.leadership.callersLead()).isTrue();
        this.leadership.arrived();
        assertThat(this.leadership.callersLead()).isFalse();
    }

    @Test
    void nobodyLeadsALoopThatHasNotBegun() {
        callOneAfterTheOther(2 * Leadership.LONELY_CALLS);
        assertThat(this.leadership.callersLead()).isFalse();
    }

    @Test
    void callersNeverLeadWhereTheTransportDoesNotAllowIt() {
        Leadership impossible = new Leadership(false);
        impossible.begin();
        for (int i = 0; i < 2 * Leadership.LONELY_CALLS; i++) {
            impossible.arrived();
            impossible.left();
        }
        assertThat(impossible.callersLead()).isFalse();
    }

    @Test
    void callersAreQuietWhenNoneHasDrivenForAWhile() {
        this.leadership.beginToLook(0);
        assertThat(this.leadership.areCallersQuiet(QUIET_NANOS - 1)).isFalse();
        this.leadership.drives();
        assertThat(this.leadership.areCallersQuiet(QUIET_NANOS)).isFalse();
        assertThat(this.leadership.areCallersQuiet(2 * QUIET_NANOS - 1)).isFalse();
        assertThat(this.leadership.areCallersQuiet(2 * QUIET_NANOS)).isTrue();
    }

}
