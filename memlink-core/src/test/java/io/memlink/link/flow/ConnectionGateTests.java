package io.memlink.link.flow;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is told that nobody is inside a gate that is shut, one step after the other; in all
 * orders of steps, see {@code ConnectionGateLincheckTests}.
 */
class ConnectionGateTests {

    private final AtomicInteger told = new AtomicInteger();

    private final ConnectionGate gate = new ConnectionGate(2, 1000, new Budget("backend", 2, 1000, null),
            this.told::incrementAndGet);

    @Test
    void theLastThatLeavesAShutGateTells() {
        assertThat(this.gate.enter(10)).isNull();
        assertThat(this.gate.enter(10)).isNull();
        this.gate.shut();
        this.gate.leave(10);
        assertThat(this.told).hasValue(0);
        this.gate.leave(10);
        assertThat(this.told).hasValue(1);
    }

    @Test
    void anEmptyGateThatIsShutTellsAtOnce() {
        this.gate.shut();
        assertThat(this.told).hasValue(1);
    }

    @Test
    void nobodyTellsOfAnOpenGate() {
        assertThat(this.gate.enter(10)).isNull();
        this.gate.leave(10);
        assertThat(this.told).hasValue(0);
    }

}
