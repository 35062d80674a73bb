package io.memlink.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.memlink.benchmarks.sidebyside.Measurement.Figure;
import io.memlink.benchmarks.sidebyside.load.Workload;

/** Results as a table in Markdown: medians, and where they vary, from least to most. */
final class ResultTable {

    private ResultTable() {
    }

    static String of(Workload workload, Results results, String rounds) {
        StringBuilder table = new StringBuilder("### " + workload.name() + " (" + rounds + ")\n\n| |");
        StringBuilder rule = new StringBuilder("|---|");
        for (Figure figure : Figure.values()) {
            table.append(' ').append(figure.title()).append(" |");
            rule.append("--:|");
        }
        table.append('\n').append(rule).append('\n');
        for (String contender : results.contenders()) {
            List<String> cells = new ArrayList<>(List.of(contender));
            for (Figure figure : Figure.values()) {
                cells.add(cell(results, contender, figure));
            }
            table.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        return table.toString();
    }

    private static String cell(Results results, String contender, Figure figure) {
        double median = results.median(contender, figure);
        return switch (figure) {
            case CALLS_PER_SECOND, CLIENT_CPU -> number(median) + " (" + number(results.least(contender, figure)) + "-"
                    + number(results.most(contender, figure)) + ")";
            // One wrong value in one round is one too many.
            case BAD -> number(results.most(contender, figure));
            default -> number(median);
        };
    }

    static String number(double value) {
        if (value == Math.rint(value) || value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, (value >= 10) ? "%.1f" : "%.2f", value);
    }

}
