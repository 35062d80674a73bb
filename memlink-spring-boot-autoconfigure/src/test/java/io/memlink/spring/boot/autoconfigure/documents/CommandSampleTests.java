package io.memlink.spring.boot.autoconfigure.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands and the coordinates that the pages show: what they name is there.
 */
class CommandSampleTests {

    private static final Path ROOT = Path.of("..");

    private static final Pattern IN_XML = Pattern.compile(
            "<groupId>(.*?)</groupId>\\s*<artifactId>(.*?)</artifactId>\\s*(?:<version>(.*?)</version>)?",
            Pattern.DOTALL);

    private static final Pattern IN_GRADLE = Pattern.compile("'([\\w.]+):([\\w-]+):([\\w.-]+)'");

    private static final Pattern VERSION = Pattern
        .compile("<artifactId>memlink-parent</artifactId>\\s*<version>(.*?)<");

    private static List<MatchResult> coordinates() {
        List<MatchResult> coordinates = new ArrayList<>();
        Snippet.in("xml").forEach((snippet) -> IN_XML.matcher(snippet.text()).results().forEach(coordinates::add));
        Snippet.in("groovy")
            .forEach((snippet) -> IN_GRADLE.matcher(snippet.text()).results().forEach(coordinates::add));
        return coordinates;
    }

    @Test
    void theModulesThatAreToBeAddedExistInTheirVersion() throws IOException {
        MatchResult version = VERSION.matcher(Files.readString(ROOT.resolve("pom.xml"))).results().findFirst().get();
        assertThat(coordinates()).hasSizeGreaterThan(3).allSatisfy((coordinate) -> {
            assertThat(coordinate.group(1)).isEqualTo("io.memlink");
            assertThat(ROOT.resolve(coordinate.group(2)).resolve("pom.xml")).exists();
            assertThat(coordinate.group(3)).isEqualTo(version.group(1));
        });
    }

    private static List<String> commands() {
        return Snippet.in("")
            .stream()
            .flatMap((snippet) -> snippet.text().replace("\\\n", " ").lines())
            .map(String::strip)
            .filter((line) -> line.startsWith("./mvnw") || line.startsWith("scripts/"))
            .toList();
    }

    private static List<String> named(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return commands().stream()
            .flatMap((command) -> compiled.matcher(command).results())
            .flatMap((match) -> Stream.of(match.group(1).split(",")))
            .toList();
    }

    @Test
    void theModulesOfCommandsExist() {
        assertThat(named("-pl ([\\w,-]+)")).isNotEmpty()
            .allSatisfy((module) -> assertThat(ROOT.resolve(module).resolve("pom.xml")).exists());
    }

    @Test
    void theTestsOfCommandsExist() throws IOException {
        List<String> sources;
        try (Stream<Path> files = Files.walk(ROOT)) {
            sources = files.map((file) -> file.getFileName().toString())
                .filter((file) -> file.endsWith(".java"))
                .toList();
        }
        assertThat(named("-Dtest='?([\\w,]+)")).isNotEmpty()
            .allSatisfy((test) -> assertThat(sources).contains(test + ".java"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "README.md", "CONTRIBUTING.md", "docs/releasing.md" })
    void theScriptsExist(String page) throws IOException {
        assertThat(Pattern.compile("\\bscripts/([a-z]+)")
            .matcher(Files.readString(ROOT.resolve(page)))
            .results()
            .map((match) -> match.group(1))).isNotEmpty()
            .allSatisfy((script) -> assertThat(ROOT.resolve("scripts").resolve(script)).exists());
    }

}
