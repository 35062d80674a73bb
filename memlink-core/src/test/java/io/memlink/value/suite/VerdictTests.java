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

    /**
     * What comes back depends on the hash codes of identity, which differ from run to
     * run.
     */
    private static final String BY_CHANCE = "map | IdentityHashMap of equal texts";

    @ParameterizedTest
    @ValueSource(strings = { "format", "jdk" })
    void verdictsAreThoseThatAreWrittenDown(String name) {
        Subject subject = Subject.named(name);
        Map<String, Verdict> written = VerdictTable.of(subject);
        Map<String, String> changed = new TreeMap<>();
        Values.all().forEach((each) -> {
            RoundTrip now = RoundTrip.of(subject, each);
            boolean asWritten = now.verdict() == written.remove(each.id());
            if (!asWritten && !(subject == Subject.JDK && each.id().equals(BY_CHANCE))) {
                changed.put(each.id(), now.toString());
            }
        });
        assertThat(changed).isEmpty();
        assertThat(written).as("values that are no more").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = "format")
    void noVerdictIsAFailure(String name) {
        assertThat(VerdictTable.of(Subject.named(name))).hasSizeGreaterThan(500)
            .allSatisfy((id, verdict) -> assertThat(verdict.isFailure()).as(id).isFalse());
    }

}
