package io.memlink.spring.boot.autoconfigure.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of code on a page of the project.
 *
 * @param page the page
 * @param line where the block begins
 * @param language what the page says it is written in
 * @param text the code, without the indentation of the block
 */
record Snippet(Path page, int line, String language, String text) {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern BLOCK = Pattern.compile("^( *)```(\\w*)\n(.*?)^ *```$",
            Pattern.MULTILINE | Pattern.DOTALL);

    /** Returns the blocks of all pages in a language. */
    static List<Snippet> in(String language) {
        List<Snippet> snippets = new ArrayList<>();
        for (Path page : pages()) {
            try {
                String text = Files.readString(page);
                BLOCK.matcher(text)
                    .results()
                    .filter((block) -> block.group(2).equals(language))
                    .forEach((block) -> snippets.add(of(page, text, block)));
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
        return snippets;
    }

    private static Snippet of(Path page, String text, MatchResult block) {
        int line = (int) text.substring(0, block.start()).lines().count() + 1;
        String code = block.group(3).replaceAll("(?m)^" + block.group(1), "");
        return new Snippet(ROOT.relativize(page), line, block.group(2), code);
    }

    private static List<Path> pages() {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter((file) -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
        return pages;
    }

    @Override
    public String toString() {
        return this.page + ":" + this.line;
    }

}
