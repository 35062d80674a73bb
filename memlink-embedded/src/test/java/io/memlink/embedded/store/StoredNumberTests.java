package io.memlink.embedded.store;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StoredNumberTests {

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = { "0,0", "007,7", " 5,5", "+5,5", "5 a,5",
            "18446744073709551615,-1", "9223372036854775808,-9223372036854775808", "-0,0", "-18446744073709551615,1" })
    void readsWhatStrtoullReads(String text, long number) {
        assertThat(StoredNumber.parse(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "-5", "+", "abc", "5a", "0x10", "1.5", "18446744073709551616",
            "99999999999999999999" })
    void refusesEverythingElse(String text) {
        assertThat(StoredNumber.parse(text.getBytes(StandardCharsets.US_ASCII))).isNull();
    }

}
