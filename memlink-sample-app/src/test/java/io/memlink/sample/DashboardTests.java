package io.memlink.sample;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard, as Grafana draws it.
 */
class DashboardTests {

    @Test
    void showsRatesOfAsShortATimeAsScrapesAllow() {
        assertThat(OperationsFiles.expressions("dashboard.json")).isNotEmpty()
            .allSatisfy((expression) -> assertThat(expression).doesNotContainPattern("rate\\([^)]*\\[[0-9]"));
    }

}
