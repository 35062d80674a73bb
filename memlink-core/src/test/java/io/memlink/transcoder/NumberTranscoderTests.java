package io.memlink.transcoder;

import java.nio.charset.StandardCharsets;

import io.memlink.meta.EncodedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NumberTranscoderTests {

    @Test
    void overlooksTheSpacesThatTheServerLeaves() {
        assertThat(NumberTranscoder.longs().decode(value("9 ", 0))).isEqualTo(9);
    }

    @Test
    void readsNumbersOfObjects() {
        assertThat(NumberTranscoder.longs().decode(value("9", 0x4D4C_0005))).isEqualTo(9);
        assertThat(NumberTranscoder.ints().decode(value("9", 0x4D4C_0006))).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "x", "1x", "1 2", "0x1", "2147483648", "-2147483649", "1e3", "1.0" })
    void readsNothingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> NumberTranscoder.ints().decode(value(text, 0)))
            .withMessageStartingWith("value: ")
            .satisfies((ex) -> assertThat(ex.getCause()).isNull());
    }

    @Test
    void doesNotReadValuesOfOtherTypes() {
        for (int flags : new int[] { 1, 0x4D4C_0002, 0x4D4C_0103 }) {
            assertThatIllegalArgumentException().isThrownBy(() -> NumberTranscoder.longs().decode(value("9", flags)));
        }
    }

    private static EncodedValue value(String text, int flags) {
        return new EncodedValue(text.getBytes(StandardCharsets.UTF_8), flags);
    }

}
