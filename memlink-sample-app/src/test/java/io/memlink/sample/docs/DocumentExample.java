package io.memlink.sample.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of code in a page of the project. Immutable.
 *
 * @param page the page
 * @param line the line on which the block begins
 * @param language what stands behind the fence
 * @param code the block
 */
record DocumentExample(Path page, long line, String language, String code) {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern BLOCK = Pattern.compile("^ *```(\\w+)\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** Its examples are tests, and are among those of their module. */
    private static final String TESTED_ELSEWHERE = "testing.md";

    /** Returns the blocks of a language in the README and in all pages of docs. */
    static List<DocumentExample> all(String language) {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.sorted())
                .filter((page) -> page.toString().endsWith(".md") && !page.endsWith(TESTED_ELSEWHERE))
                .flatMap(DocumentExample::of)
                .filter((example) -> example.language().equals(language))
                .toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Stream<DocumentExample> of(Path page) {
        try {
            String text = Files.readString(page);
            return BLOCK.matcher(text)
                .results()
                .map((block) -> new DocumentExample(page, text.substring(0, block.start()).lines().count() + 1,
                        block.group(1), block.group(2)));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public String toString() {
        return ROOT.relativize(this.page) + ", line " + this.line;
    }

}
