package io.memlink.spring.cache.generation;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a generation is called that was asked for.
 */
class KnownGenerationTests {

    private static KnownGeneration asked(long number, double random) {
        return new KnownGeneration(number, random, null, new WaitingOperations(), (asked, failure) -> {
        });
    }

    @Test
    void whatIsOverWithAClearHasNoGenerationInCommonWithWhatIsOverWithTheNext() {
        KnownGeneration put = asked(1, 0.5);
        KnownGeneration get = asked(2, 0.5);
        put.endFrom(10);
        get.endFrom(20);
        assertThat(put.name(9)).isEqualTo(GenerationNumber.text(9));
        assertThat(put.name(30)).isEqualTo(put.name(10)).isNotIn(get.name(30), GenerationNumber.text(30));
    }

    @Test
    void norWithWhatIsOverInAnotherApplication() {
        KnownGeneration here = asked(1, 0.1);
        KnownGeneration there = asked(1, 0.2);
        here.endFrom(10);
        there.endFrom(10);
        assertThat(here.name(30)).isNotEqualTo(there.name(30));
    }

}
