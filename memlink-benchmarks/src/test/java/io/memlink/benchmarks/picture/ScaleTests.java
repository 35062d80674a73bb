package io.memlink.benchmarks.picture;

import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** From values to pixels. */
class ScaleTests {

    @Test
    void aLinearScaleBeginsWithNothingAndEndsAboveTheMost() {
        Scale scale = Scale.of(20, 87);
        assertThat(scale.isLogarithmic()).isFalse();
        assertThat(scale.ticks()).containsExactly(0.0, 25.0, 50.0, 75.0, 100.0);
        assertThat(scale.at(50, 200)).isEqualTo(100);
    }

    @Test
    void valuesThatAreFarApartGetDecades() {
        Scale scale = Scale.of(3, 870);
        assertThat(scale.isLogarithmic()).isTrue();
        assertThat(scale.ticks()).containsExactly(1.0, 10.0, 100.0, 1000.0);
        assertThat(scale.at(10, 300)).isEqualTo(100);
        assertThat(scale.at(0, 300)).isZero();
    }

    @Test
    void numbersAreShort() {
        assertThat(DoubleStream.of(0, 0.254, 7.5, 44.83, 1234, 9994, 12_345, 250_000, 1_250_000).mapToObj(Scale::text))
            .containsExactly("0", "0.25", "7.5", "44.8", "1234", "9994", "12.3k", "250k", "1.25M");
    }

}
