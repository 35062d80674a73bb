package io.memlink.value.suite;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each value of the suite has the verdict that is written down, and none of the format
 * has one that is a failure.
 */
class VerdictTests {

    @ParameterizedTest
    @ValueSource(strings = { "format", "jdk" })
    void verdictsAreThoseThatAreWrittenDown(String name) {
        Subject subject = Subject.named(name);
        Map<String, String> now = new TreeMap<>();
        Values.all().forEach((each) -> now.put(each.id(), RoundTrip.of(subject, each).verdict().toString()));
        Map<String, String> written = new TreeMap<>();
        VerdictTable.of(subject).forEach((id, verdict) -> written.put(id, verdict.toString()));
        assertThat(now).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = "format")
    void noVerdictIsAFailure(String name) {
        assertThat(VerdictTable.of(Subject.named(name))).hasSizeGreaterThan(500)
            .allSatisfy((id, verdict) -> assertThat(verdict.isFailure()).as(id).isFalse());
    }

}
