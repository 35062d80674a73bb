package io.memlink.value.suite;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that somebody changed are a miss or a sound value, and cost little memory. Tries
 * more of them with {@code -Dmemlink.test.mutations=1000000}.
 */
class MutationTests {

    private static final int TIMES = Integer.getInteger("memlink.test.mutations", 100_000);

    @ParameterizedTest
    @ValueSource(strings = { "format", "jdk" })
    void changedBytesAreAMissOrASoundValue(String name) {
        Mutations mutations = new Mutations(Subject.named(name), 42);
        mutations.run(TIMES);
        assertThat(mutations.failures).isEmpty();
        assertThat(mutations.outcomes.get("miss")).isGreaterThan(TIMES / 2);
        assertThat(mutations.mostAllocated).isLessThan(8 << 20);
    }

}
