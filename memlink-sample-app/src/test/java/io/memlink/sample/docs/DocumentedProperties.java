package io.memlink.sample.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The properties that the page of the configuration lists, which is generated.
 */
final class DocumentedProperties {

    private static final List<String> NAMES = names();

    private DocumentedProperties() {
    }

    private static List<String> names() {
        try {
            return Pattern.compile("^\\| `([a-z.<>-]+)` \\|", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("..", "docs", "configuration.md")))
                .results()
                .map((row) -> row.group(1).replaceAll("<\\w+>", "*"))
                .toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Returns whether there is such a property; lists may be numbered. */
    static boolean isKnown(String property) {
        String name = property.replaceAll("\\[[0-9]+]$", "")
            .replaceFirst("^memlink\\.clients\\.[^.]+\\.", "memlink.")
            .replaceFirst("^memlink\\.cache\\.caches\\.[^.]+\\.", "memlink.cache.caches.*.");
        return NAMES.contains(name);
    }

}
