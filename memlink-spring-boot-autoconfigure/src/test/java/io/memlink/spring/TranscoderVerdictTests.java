package io.memlink.spring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.memlink.spring.TranscoderSettings.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The values of the suite of the value format, which is among the tests of the core, have
 * the verdicts with both kinds of JSON that are written down. Started by hand with the
 * name of a format and a file, writes the table as it is now.
 */
class TranscoderVerdictTests {

    @ParameterizedTest
    @EnumSource(names = { "JSON", "APPLICATION" })
    void verdictsAreThoseThatAreWrittenDown(Format format) throws Exception {
        Map<String, String> changed = new TreeMap<>();
        Map<String, String> written = written(format);
        ValueSuite.of(format).verdicts().forEach((id, verdict) -> {
            String before = written.remove(id);
            if (before == null || !verdict.startsWith(before + " ")) {
                changed.put(id, verdict + " (was: " + before + ")");
            }
        });
        assertThat(changed).isEmpty();
        assertThat(written).as("values that are no more").isEmpty();
    }

    @Test
    void strictJsonIsNeverSilentAndNeverUnreadable() throws IOException {
        assertThat(written(Format.JSON)).hasSizeGreaterThan(500)
            .allSatisfy((id, verdict) -> assertThat(verdict).as(id).isIn("EQUAL", "ORDINARY", "REFUSED"));
    }

    /** The JSON of the mapper is silently wrong on some, but ends in exceptions. */
    @Test
    void noErrorEscapesFromTheMapper() throws IOException {
        assertThat(written(Format.APPLICATION)).hasSizeGreaterThan(500).doesNotContainValue("ERROR");
    }

    private static Map<String, String> written(Format format) throws IOException {
        Map<String, String> table = new TreeMap<>();
        String resource = "/value/verdicts-" + format.name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream in = TranscoderVerdictTests.class.getResourceAsStream(resource)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                .filter((line) -> !line.startsWith("#"))
                .forEach((line) -> table.put(line.substring(line.indexOf(' ')).strip(),
                        line.substring(0, line.indexOf(' '))));
        }
        return table;
    }

    /** Writes the table of a format to a file, with the reasons if asked. */
    public static void main(String[] args) throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        StringBuilder lines = new StringBuilder();
        ValueSuite.of(Format.valueOf(args[0])).verdicts().forEach((id, verdict) -> {
            String word = verdict.substring(0, verdict.indexOf(' '));
            counts.merge(word, 1, Integer::sum);
            lines.append(String.format("%-10s %s%s%n", word, id,
                    (args.length > 2) ? " :: " + verdict.substring(word.length()) : ""));
        });
        int values = counts.values().stream().mapToInt(Integer::intValue).sum();
        Files.writeString(Path.of(args[1]), "# " + values + " values: " + counts + "\n" + lines);
    }

}
