package io.memlink.link.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import io.memlink.link.loop.KeptOutcomes.Kept;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeptOutcomesTests {

    private final List<Runnable> background = new ArrayList<>();

    private final KeptOutcomes outcomes = new KeptOutcomes(this::execute);

    private final Answered answered = new Answered();

    private boolean busy;

    private void execute(Runnable task) {
        if (this.busy) {
            throw new RejectedExecutionException();
        }
        this.background.add(task);
    }

    @Test
    void isToldByOthersWhereItsCallerDoesNotCome() {
        this.outcomes.keep(this.answered);
        this.outcomes.tellLate();
        assertThat(this.background).isEmpty();
        this.outcomes.tellLate();
        assertThat(this.answered.told).isZero();
        this.background.forEach(Runnable::run);
        assertThat(this.answered.told).isOne();
        this.outcomes.tellLate();
        assertThat(this.background).hasSize(1);
    }

    @Test
    void isForgottenWhereItDoes() {
        Kept kept = this.outcomes.keep(this.answered);
        kept.forget();
        this.outcomes.tellLate();
        this.outcomes.tellLate();
        assertThat(this.background).isEmpty();
        assertThat(kept).extracting("answered").isNull();
    }

    @Test
    void isToldLaterWhereNoThreadIsFree() {
        this.outcomes.keep(this.answered);
        this.busy = true;
        this.outcomes.tellLate();
        this.outcomes.tellLate();
        this.busy = false;
        this.outcomes.tellLate();
        this.outcomes.tellLate();
        assertThat(this.background).hasSize(1);
    }

    @Test
    void allAreToldWhenTheLoopEndsAndFromThenOn() {
        this.outcomes.keep(this.answered);
        this.outcomes.tellLate();
        this.outcomes.keep(this.answered);
        this.outcomes.end();
        assertThat(this.answered.told).isEqualTo(2);
        this.outcomes.keep(this.answered);
        assertThat(this.answered.told).isEqualTo(3);
    }

    private static final class Answered implements Awaited {

        private int told;

        @Override
        public DrivenLoop loop() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void writeLater() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void writeUnlessWith(Awaited other) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isAnswered() {
            return true;
        }

        @Override
        public void finish() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void keep() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void tell() {
            this.told++;
        }

        @Override
        public void abandon() {
            throw new UnsupportedOperationException();
        }

    }

}
