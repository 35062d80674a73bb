package io.memlink.spring.boot.autoconfigure.startup;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EditDistanceTests {

    @ParameterizedTest
    @CsvSource({ "'','',0", "pool,pool,0", "pool,pol,1", "pool,pools,1", "pool,poll,1", "pool,polo,1", "'',pool,4",
            "jitter,timer,3" })
    void countsLettersLeftOutAddedMistakenAndExchanged(String a, String b, int distance) {
        assertThat(EditDistance.between(a, b)).isEqualTo(distance);
        assertThat(EditDistance.between(b, a)).isEqualTo(distance);
    }

}
