package io.memlink.loading;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Loads that nobody waits for are few at a time, and none is lost.
 */
class BackgroundLoadsTests {

    private final List<Runnable> ends = new ArrayList<>();

    private final List<String> refused = new ArrayList<>();

    private final BackgroundLoads loads = new BackgroundLoads(Runnable::run, 2, 2);

    private void submit(BackgroundLoads loads, Consumer<Runnable> load) {
        loads.submit(load, () -> this.refused.add("refused"));
    }

    private void submit() {
        submit(this.loads, this.ends::add);
    }

    @Test
    void soManyGoOnOthersWaitAndFurtherOnesAreRefused() {
        for (int i = 0; i < 6; i++) {
            submit();
        }
        assertThat(this.ends).hasSize(2);
        assertThat(this.refused).hasSize(2);
        assertThat(this.loads.status()).isEqualTo(new BackgroundLoadStatus(2, 2, 2));
    }

    @Test
    void whatWaitsBeginsWhenAnotherEnds() {
        for (int i = 0; i < 4; i++) {
            submit();
        }
        this.ends.get(0).run();
        assertThat(this.ends).hasSize(3);
        this.ends.get(0).run();
        assertThat(this.ends).as("an end that is told twice").hasSize(3);
        this.ends.get(1).run();
        this.ends.get(2).run();
        this.ends.get(3).run();
        assertThat(this.loads.status()).isEqualTo(new BackgroundLoadStatus(0, 0, 0));
    }

    @Test
    void aLoadThatThrowsEnds() {
        assertThatIllegalStateException().isThrownBy(() -> submit(this.loads, (end) -> {
            throw new IllegalStateException("of the loader");
        }));
        assertThat(this.loads.status()).isEqualTo(new BackgroundLoadStatus(0, 0, 0));
    }

    @Test
    void whatCannotBeginIsRefusedAndItsTurnIsPassedOn() {
        List<Runnable> tasks = new ArrayList<>();
        BackgroundLoads closing = new BackgroundLoads((task) -> {
            if (tasks.size() == 2) {
                throw new RejectedExecutionException("closed");
            }
            tasks.add(task);
            task.run();
        }, 2, 2);
        for (int i = 0; i < 4; i++) {
            submit(closing, this.ends::add);
        }
        this.ends.get(0).run();
        this.ends.get(1).run();
        assertThat(this.refused).hasSize(2);
        assertThat(closing.status()).isEqualTo(new BackgroundLoadStatus(0, 0, 2));
        submit(closing, this.ends::add);
        assertThat(closing.status()).isEqualTo(new BackgroundLoadStatus(0, 0, 3));
    }

}
