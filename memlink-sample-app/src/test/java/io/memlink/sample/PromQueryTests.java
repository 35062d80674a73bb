package io.memlink.sample;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PromQueryTests {

    @Test
    void findsMetricsAmongFunctionsLabelsAndOperators() {
        PromQuery query = PromQuery
            .parse("sum by (a, b) (rate(x_total{a=\"y\",b=~\"z|q\"}[5m])) / 2 > 0.01 and z_up == 0");
        assertThat(query.metrics()).containsExactly("x_total", "z_up");
        assertThat(PromQuery.parse("rate(x_total[$__rate_interval])").metrics()).containsExactly("x_total");
    }

    @ParameterizedTest
    @ValueSource(strings = { "sum(x", "sum(x))", "sum(x]", "x{a=\"b\"", "rat(x[5m])", "x{a=\"b}", "x § 1", "1 > 0" })
    void refusesWhatIsNoQuery(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PromQuery.parse(text)).withMessageContaining("query: ");
    }

}
