package io.memlink.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of the mutants in the documentation: who noticed each of them, and how soon.
 */
final class MutantTable {

    private static final Path PAGE = Mutant.ROOT.resolve("docs/mutants.md");

    private static final Pattern ROW = Pattern
        .compile("^\\| \\[([\\w-]+)]\\(\\S+\\) \\| (.*?) \\| (.*?) \\| (.*?) \\| (.*?) \\|\n", Pattern.MULTILINE);

    private final Map<String, Row> rows = new TreeMap<>();

    private final String text;

    private MutantTable(String text) {
        this.text = text;
        ROW.matcher(text)
            .results()
            .forEach((row) -> this.rows.put(row.group(1),
                    new Row(row.group(2), row.group(3), row.group(4), row.group(5))));
    }

    static MutantTable read() throws IOException {
        return new MutantTable(Files.readString(PAGE));
    }

    /**
     * What is known of a mutant.
     *
     * @param promise what it breaks
     * @param test which test noticed
     * @param seconds after how many seconds, the start of the JVM included
     * @param simulation what became of it in the simulation; empty where nobody has tried
     */
    record Row(String promise, String test, String seconds, String simulation) {

        static final Row NEW = new Row("", "", "", "");

        Row noticed(String promise, String test, String seconds) {
            return new Row(promise, '`' + test + '`', seconds, this.simulation);
        }

        Row simulated(String promise, String simulation) {
            return new Row(promise, this.test, this.seconds, simulation);
        }

    }

    Map<String, Row> rows() {
        return this.rows;
    }

    Row row(String name) {
        return this.rows.getOrDefault(name, Row.NEW);
    }

    void put(String name, Row row) {
        this.rows.put(name, row);
    }

    /** Writes the page, with one row for each of the mutants that there are. */
    void write(Iterable<Mutant> mutants) throws IOException {
        StringBuilder table = new StringBuilder();
        for (Mutant mutant : mutants) {
            Row row = row(mutant.name());
            table.append("| [%s](../mutants/%s.txt) | %s | %s | %s | %s |%n".formatted(mutant.name(), mutant.name(),
                    mutant.promise(), row.test(), row.seconds(), row.simulation()));
        }
        String rest = ROW.matcher(this.text).replaceAll("");
        String head = "|---|---|---|--:|---|\n";
        Files.writeString(PAGE, rest.replaceFirst(Pattern.quote(head), Matcher.quoteReplacement(head + table)));
    }

}
