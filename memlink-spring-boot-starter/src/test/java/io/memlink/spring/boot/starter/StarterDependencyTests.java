package io.memlink.spring.boot.starter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StarterDependencyTests {

    private static final Pattern ARTIFACT = Pattern
        .compile("\\s*([a-z0-9.]+:[a-z0-9-]+):jar:.*:(compile|runtime)\\b.*");

    @Test
    void bringsWhatAnApplicationNeedsAndNothingElse() throws IOException {
        List<String> brought = Files.readAllLines(Path.of("target/dependencies.txt"))
            .stream()
            .map(ARTIFACT::matcher)
            .filter(Matcher::matches)
            .map((artifact) -> artifact.group(1))
            .distinct()
            .sorted()
            .toList();
        assertThat(brought).isEqualTo(Files.readAllLines(Path.of("src/test/resources/dependencies.txt")));
    }

}
