package io.memlink.value.suite;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A class that changed between two deployments is a miss or what a load would give, never
 * another value, and as written down.
 */
class ClassChangeTests {

    @ParameterizedTest
    @ValueSource(strings = { "format", "jdk" })
    void changesOfClassesAreWhatIsWrittenDown(String name) throws Exception {
        List<String> written;
        try (var in = getClass().getResourceAsStream("/value/class-changes-" + name + ".txt")) {
            written = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
        List<String> now = ClassChanges.all()
            .stream()
            .map((each) -> ClassChangeTable.line(Subject.named(name), each))
            .toList();
        assertThat(now).hasSizeGreaterThan(100).isEqualTo(written);
        // Serialization of the JDK believes that what was sorted still is.
        assertThat(now)
            .filteredOn((line) -> Subject.named(name).isStrict() || !line.matches(".*(TreeSet|comparator's).*"))
            .allSatisfy((line) -> assertThat(line).matches("(equal|miss|refused) +(equal|miss|refused|-) .*"));
    }

    @Test
    void whatIsOfTheSameShapeIsNotMissed() {
        assertThat(ClassChanges.all()).filteredOn((each) -> each.expect() == ClassChange.Expect.SAME)
            .allSatisfy((each) -> assertThat(ClassChangeTable.line(Subject.FORMAT, each)).matches("equal +equal .*"));
    }

}
