package io.memlink.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The alert rules, as Prometheus would load them.
 */
class AlertRulesTests {

    private final List<Map<String, Object>> rules = OperationsFiles.rules();

    @Test
    void areWhatPrometheusLoads() {
        assertThat(this.rules).isNotEmpty().allSatisfy((rule) -> {
            assertThat(rule.keySet()).isSubsetOf("alert", "expr", "for", "labels", "annotations")
                .contains("alert", "expr");
            assertThat(rule.get("alert")).asString().matches("[A-Za-z]+");
            assertThat(rule.getOrDefault("for", "0s")).asString().matches("[0-9]+[smh]");
            assertThat(PromQuery.parse((String) rule.get("expr")).metrics()).isNotEmpty();
            assertThat(rule.get("labels")).asInstanceOf(InstanceOfAssertFactories.MAP)
                .extractingByKey("severity")
                .isIn(Set.of("warning", "critical"));
            assertThat(rule.get("annotations")).asInstanceOf(InstanceOfAssertFactories.MAP).containsKey("summary");
        });
        assertThat(this.rules).extracting((rule) -> rule.get("alert")).doesNotHaveDuplicates();
    }

    @Test
    void areExplainedToWhoIsWoken() throws IOException {
        String explanations = Files.readString(Path.of("..", "docs", "operations.md"));
        assertThat(this.rules).allSatisfy((rule) -> assertThat(explanations).contains("(`" + rule.get("alert") + "`)"));
    }

}
