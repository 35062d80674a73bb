package io.memlink.time;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TrampolineTests {

    private final Trampoline trampoline = new Trampoline();

    private int ran;

    private void chain(int length) {
        this.ran++;
        if (length > 1) {
            this.trampoline.execute(() -> chain(length - 1));
        }
    }

    @Test
    void aChainOfAnyLengthNeedsNoStack() {
        this.trampoline.execute(() -> chain(1_000_000));
        assertThat(this.ran).isEqualTo(1_000_000);
    }

    @Test
    void tasksRunInTheirOrderWhateverOneThrows() {
        List<Integer> order = new ArrayList<>();
        this.trampoline.execute(() -> {
            order.add(1);
            this.trampoline.execute(() -> {
                order.add(3);
                throw new StackOverflowError();
            });
            this.trampoline.execute(() -> order.add(4));
            order.add(2);
        });
        assertThat(order).containsExactly(1, 2, 3, 4);
    }

}
