package io.memlink.value.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The verdicts that are written down, one a line: verdict, kind and name of the value.
 * Started by hand, prints the table as it is now, for one subject by name, with the
 * reasons if asked.
 */
final class VerdictTable {

    private VerdictTable() {
    }

    /** What is written down for a subject, by the id of the value. */
    static Map<String, Verdict> of(Subject subject) {
        Map<String, Verdict> table = new TreeMap<>();
        String resource = "/value/verdicts-" + subject.name() + ".txt";
        try (InputStream in = VerdictTable.class.getResourceAsStream(resource)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                .filter((line) -> !line.isBlank() && !line.startsWith("#"))
                .forEach((line) -> table.put(line.substring(line.indexOf(' ')).trim(),
                        Verdict.valueOf(line.substring(0, line.indexOf(' ')))));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return table;
    }

    public static void main(String[] args) {
        Subject subject = Subject.named(args[0]);
        Map<Verdict, Integer> counts = new TreeMap<>();
        StringBuilder lines = new StringBuilder();
        for (ValueCase value : Values.all()) {
            RoundTrip trip = RoundTrip.of(subject, value);
            counts.merge(trip.verdict(), 1, Integer::sum);
            lines.append(String.format("%-10s %s", trip.verdict(), value.id()));
            lines.append((args.length > 1) ? " :: " + trip.why() : "").append('\n');
        }
        System.out.println("# " + Values.all().size() + " values: " + counts);
        System.out.print(lines);
    }

}
