package io.memlink.value.suite;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that somebody changed are a miss or a sound value, and cost little memory.
 */
class MutationTests {

    @Test
    void changedBytesAreAMissOrASoundValue() {
        Mutations mutations = new Mutations(Subject.FORMAT, 42);
        mutations.run(100_000);
        assertThat(mutations.failures).isEmpty();
        assertThat(mutations.outcomes.get("miss")).isGreaterThan(50_000);
        assertThat(mutations.mostAllocated).isLessThan(8 << 20);
    }

}
