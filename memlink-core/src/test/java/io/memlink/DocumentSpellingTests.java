package io.memlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The words of the pages of the project: each is in the list of words, which is reviewed
 * with every change. With {@code -Dmemlink.docs.write=true} new words are added to it.
 */
class DocumentSpellingTests {

    private static final Path WORDS = Path.of("src", "test", "resources", "documents", "words.txt");

    /** What is no prose: code, the targets of links, tags, and addresses. */
    private static final Pattern NO_PROSE = Pattern
        .compile("(?s)^ *```.*?^ *```$|`[^`]*`|]\\([^)]*\\)|<[^>]*>|\\bhttps?://\\S+|&\\w+;", Pattern.MULTILINE);

    /** Words with digits, capitals within or points are names. */
    private static final Pattern WORD = Pattern.compile("(?<![\\w./@-])[A-Za-z][a-z']*[a-z](?![\\w@]|\\.\\w|/\\w)");

    private static final List<String> ENDINGS = List.of("'s", "s'", "s", "es", "d", "ed", "ing", "ly", "er", "ers", "n",
            "able");

    @Test
    void everyWordIsInTheList() throws IOException {
        Set<String> known = new TreeSet<>(Files.readAllLines(WORDS));
        Set<String> unknown = new TreeSet<>();
        for (ProjectDocument page : ProjectDocument.all()) {
            unknown.addAll(unknown(Files.readString(page.path()), known));
        }
        if (Boolean.getBoolean("memlink.docs.write") && !unknown.isEmpty()) {
            known.addAll(unknown);
            Files.write(WORDS, known);
            unknown.clear();
        }
        assertThat(unknown).as("words that are neither in %s nor derived from one there", WORDS).isEmpty();
    }

    @Test
    void theListIsInOrder() throws IOException {
        List<String> words = Files.readAllLines(WORDS);
        assertThat(words).isSorted().doesNotHaveDuplicates().allMatch((word) -> word.matches("[a-z][a-z']*"));
    }

    private static Set<String> unknown(String text, Set<String> known) {
        return WORD.matcher(NO_PROSE.matcher(text).replaceAll(" "))
            .results()
            .map((match) -> match.group().toLowerCase(Locale.ROOT))
            .filter((word) -> !isKnown(word, known))
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isKnown(String word, Set<String> known) {
        return known.contains(word) || stems(word).stream()
            .anyMatch((stem) -> known.contains(stem) || stems(stem).stream().anyMatch(known::contains));
    }

    private static List<String> stems(String word) {
        List<String> stems = new ArrayList<>();
        for (String ending : ENDINGS) {
            if (word.endsWith(ending) && word.length() > ending.length() + 2) {
                String stem = word.substring(0, word.length() - ending.length());
                stems.add(stem);
                stems.add(stem + "e");
                if (stem.charAt(stem.length() - 1) == stem.charAt(stem.length() - 2)) {
                    stems.add(stem.substring(0, stem.length() - 1));
                }
                if (stem.endsWith("i")) {
                    stems.add(stem.substring(0, stem.length() - 1) + "y");
                }
            }
        }
        return stems;
    }

    @ParameterizedTest
    @ValueSource(strings = { "The serevr answers.", "A [serevr](page.md).", "*Serevr*s", "| serevr |" })
    void aWordThatIsMisspelledIsFound(String text) {
        assertThat(unknown(text, Set.of("the", "server", "answer"))).contains("serevr");
    }

    @ParameterizedTest
    @ValueSource(strings = { "Servers answered.", "`serevr`", "[server](serevr.md)", "https://serevr.example",
            "memlink.serevr.pool", "```\nserevr\n```", "serevr.example", "MemlinkServrer" })
    void namesCodeAndFormsOfKnownWordsAreNot(String text) {
        assertThat(unknown(text, Set.of("the", "server", "answer"))).isEmpty();
    }

}
