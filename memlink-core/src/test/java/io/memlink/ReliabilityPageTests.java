package io.memlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the page on reliability to the tests: each promise names some, and they exist.
 */
class ReliabilityPageTests {

    private static final String PAGE = "docs/reliability.md";

    /** A test class, and maybe one of its methods. */
    private static final Pattern NAMED = Pattern.compile("`(\\w+Tests)(?:\\.(\\w+))?`");

    @Test
    void eachPromiseNamesTests() throws IOException {
        List<List<String>> promises = ProjectDocument.read(PAGE).section("Promises").rows();
        assertThat(promises).hasSizeGreaterThan(20);
        assertThat(promises).allSatisfy((row) -> assertThat(row).hasSize(3).last().asString().containsPattern(NAMED));
    }

    @Test
    void theTestsThatAreNamedExist() throws IOException {
        Map<String, Path> classes = testClasses();
        List<MatchResult> named = NAMED.matcher(ProjectDocument.read(PAGE).text()).results().toList();
        assertThat(named).hasSizeGreaterThan(40);
        for (MatchResult test : named) {
            assertThat(classes).as(test.group()).containsKey(test.group(1));
            if (test.group(2) != null) {
                assertThat(classes.get(test.group(1))).as(test.group())
                    .content()
                    .containsPattern("\\bvoid " + test.group(2) + "\\(");
            }
        }
    }

    private static Map<String, Path> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            return files.filter((file) -> file.toString().endsWith("Tests.java"))
                .collect(
                        Collectors.toMap((file) -> file.getFileName().toString().replace(".java", ""), (file) -> file));
        }
    }

}
