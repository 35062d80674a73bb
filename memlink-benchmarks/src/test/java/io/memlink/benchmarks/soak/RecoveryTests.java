package io.memlink.benchmarks.soak;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The measurement where one fault follows another, by a clock that is moved.
 */
class RecoveryTests {

    private final Verdicts verdicts = new Verdicts();

    private long nanos;

    private final Recovery recovery = new Recovery(this.verdicts, () -> this.nanos);

    private void millis(int millis) {
        this.nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void theNextFaultIsNotMeasuredWithTheOneBefore() {
        this.recovery.over(0, 1, "pause");
        millis(200);
        this.recovery.begins(0, 1);
        assertThat(this.recovery.waiting()).isZero();
        assertThat(this.recovery.overtaken()).isEqualTo(1);
        assertThat(this.recovery.millis().getTotalCount()).isZero();
        assertThat(this.verdicts.counts()).isEmpty();
    }

    @Test
    void whatWasLateWhenTheNextFaultBeganIsLate() {
        this.recovery.over(0, 1, "pause");
        this.recovery.begins(0, 0);
        millis(1200);
        this.recovery.begins(0, 1);
        assertThat(this.recovery.overtaken()).isZero();
        assertThat(this.recovery.millis().getMaxValue()).isGreaterThanOrEqualTo(1200);
        assertThat(this.verdicts.counts()).containsEntry("recovered late", 1L);
    }

}
