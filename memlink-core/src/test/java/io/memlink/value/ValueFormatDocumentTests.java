package io.memlink.value;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.memlink.value.Kind.JdkTypes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The document says what the code does. */
class ValueFormatDocumentTests {

    private static String document() throws IOException {
        return Files.readString(Path.of("..", "docs", "value-format.md"));
    }

    @Test
    void tagsAreThoseOfTheDocument() throws IOException {
        Map<Integer, String> documented = Pattern
            .compile("(?m)^\\| (\\d+) \\| `([^`]+)`[^|]*\\|.*\\| *(shared[^|]*|) *\\|$")
            .matcher(document())
            .results()
            .collect(Collectors.toMap((row) -> Integer.valueOf(row.group(1)),
                    (row) -> (row.group(2) + " " + row.group(3)).strip(), (one, other) -> one, TreeMap::new));
        Map<Integer, String> actual = new TreeMap<>();
        for (int tag = 0; tag < Kind.SHORT_TEXT; tag++) {
            Kind kind = Kind.of(tag);
            if (kind != null) {
                actual.put(tag, (kind.name + " " + switch (kind.sharing) {
                    case NONE -> "";
                    case OPEN -> "shared, open";
                    case CLOSED -> "shared";
                }).strip());
            }
        }
        assertThat(documented).isEqualTo(actual);
    }

    @Test
    void typesAreThoseOfTheDocument() throws IOException {
        String types = document().substring(document().indexOf("### Types"), document().indexOf("## Kinds of the JDK"));
        Map<Integer, String> documented = Pattern.compile("(\\d+) `(\\w+)`")
            .matcher(types)
            .results()
            .collect(Collectors.toMap((row) -> Integer.valueOf(row.group(1)), (MatchResult row) -> row.group(2),
                    (one, other) -> one, TreeMap::new));
        Map<Integer, String> actual = new TreeMap<>();
        for (int code = 1; code <= JdkTypes.count(); code++) {
            actual.put(code, JdkTypes.type(code).getSimpleName());
        }
        assertThat(documented).isEqualTo(actual);
    }

}
