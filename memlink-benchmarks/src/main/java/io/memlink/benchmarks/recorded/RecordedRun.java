package io.memlink.benchmarks.recorded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One run as a line of comma-separated values. Immutable.
 *
 * @param setting how it was measured
 * @param workload what was asked for
 * @param contender of whom
 * @param transport what moved the bytes
 * @param round counts from 1
 * @param figures what was measured, by names among {@link #FIGURES}
 */
public record RecordedRun(Setting setting, String workload, String contender, String transport, int round,
        Map<String, Double> figures) {

    /** The names of all figures. */
    public static final List<String> FIGURES = List.of("calls/s", "client CPU us", "server CPU us", "bytes", "p50 us",
            "p99 us", "bad", "started ms", "heap KB");

    static final String HEADER = "date,jdk,placement,warm s,measured s,workload,contender,transport,round,"
            + String.join(",", FIGURES);

    private static final int WORDS = 9;

    /**
     * How runs were measured that belong together.
     *
     * @param date when the first of them began, ISO 8601 to the minute
     * @param jdk version of Java
     * @param placement {@code free} or {@code pinned}
     * @param warmSeconds before it was measured
     * @param measuredSeconds of each run
     */
    public record Setting(String date, String jdk, String placement, int warmSeconds, int measuredSeconds) {

    }

    static RecordedRun parse(String line) {
        String[] words = line.split(",", -1);
        if (words.length != WORDS + FIGURES.size()) {
            throw new IllegalArgumentException("line: " + line + " (expected: " + HEADER + ")");
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        for (int i = 0; i < FIGURES.size(); i++) {
            String word = words[WORDS + i];
            if (!word.isEmpty()) {
                figures.put(FIGURES.get(i), Double.valueOf(word));
            }
        }
        Setting setting = new Setting(words[0], words[1], words[2], Integer.parseInt(words[3]),
                Integer.parseInt(words[4]));
        return new RecordedRun(setting, words[5], words[6], words[7], Integer.parseInt(words[8]), figures);
    }

    String toLine() {
        List<String> words = new ArrayList<>(List.of(this.setting.date, this.setting.jdk, this.setting.placement,
                String.valueOf(this.setting.warmSeconds), String.valueOf(this.setting.measuredSeconds), this.workload,
                this.contender, this.transport, String.valueOf(this.round)));
        FIGURES.forEach((name) -> words.add(number(this.figures.get(name))));
        return String.join(",", words);
    }

    private static String number(@Nullable Double value) {
        if (value == null) {
            return "";
        }
        return (value == Math.rint(value)) ? String.valueOf(value.longValue())
                : String.format(Locale.ROOT, "%.2f", value);
    }

}
