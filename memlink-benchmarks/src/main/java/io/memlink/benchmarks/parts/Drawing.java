package io.memlink.benchmarks.parts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.memlink.benchmarks.picture.Panel;
import io.memlink.benchmarks.picture.Picture;
import io.memlink.benchmarks.picture.Series;
import io.memlink.benchmarks.recorded.RecordedRun;

/**
 * The pictures of recorded runs. Each shows one run, the last one of its part, since
 * figures of several cannot be compared. Immutable.
 */
final class Drawing {

    private static final Map<String, String> TITLES = Map.of("calls/s", "calls per second", "client CPU us",
            "processor time of the client, us per call", "p50 us", "latency, median, us", "p99 us",
            "latency, 99th percentile, us", "started ms", "time until it has started, ms", "heap KB",
            "heap after a collection, KB");

    private final List<RecordedRun> runs;

    Drawing(List<RecordedRun> runs) {
        this.runs = List.copyOf(runs);
    }

    /** Returns the pictures of a part by the names of their files. */
    Map<String, String> pictures(Part part) {
        Map<String, String> pictures = new LinkedHashMap<>();
        Map<String, List<RecordedRun>> byPlacement = this.runs.stream()
            .filter((run) -> isOf(run, part))
            .collect(Collectors.groupingBy((run) -> run.setting().placement(), TreeMap::new, Collectors.toList()));
        byPlacement.forEach((placement, all) -> pictures.put(file(part, placement), picture(part, lastOf(all)).svg()));
        return pictures;
    }

    private static boolean isOf(RecordedRun run, Part part) {
        return part.labels().containsKey(run.workload()) && part.contenders().contains(run.contender());
    }

    private static String file(Part part, String placement) {
        return part.name() + (placement.equals("free") ? "" : "-" + placement) + ".svg";
    }

    private static List<RecordedRun> lastOf(List<RecordedRun> all) {
        String date = all.get(all.size() - 1).setting().date();
        return all.stream().filter((run) -> run.setting().date().equals(date)).toList();
    }

    private static Picture picture(Part part, List<RecordedRun> runs) {
        List<Panel> panels = new ArrayList<>();
        Set<String> settings = new LinkedHashSet<>();
        for (String figure : part.figures()) {
            List<Series> series = new ArrayList<>();
            for (String contender : part.contenders()) {
                List<Series.Point> points = new ArrayList<>();
                for (String workload : part.workloads()) {
                    List<RecordedRun> rounds = runs.stream()
                        .filter((run) -> run.workload().equals(workload) && run.contender().equals(contender))
                        .toList();
                    if (!rounds.isEmpty()) {
                        points.add(point(part.labels().getOrDefault(workload, workload), figure, rounds));
                        settings.add(describe(rounds));
                    }
                }
                if (!points.isEmpty()) {
                    series.add(new Series(contender, points));
                }
            }
            panels.add(new Panel(TITLES.getOrDefault(figure, figure), labels(part, series), series));
        }
        return new Picture(part.title(), String.join("; ", settings), part.axis(), panels);
    }

    /** Returns the labels at which something was measured. */
    private static List<String> labels(Part part, List<Series> series) {
        Set<String> measured = new LinkedHashSet<>();
        series.forEach((one) -> one.points().forEach((point) -> measured.add(point.label())));
        return part.labels().values().stream().filter(measured::contains).toList();
    }

    private static Series.Point point(String label, String figure, List<RecordedRun> rounds) {
        double[] sorted = rounds.stream()
            .mapToDouble((run) -> run.figures().getOrDefault(figure, Double.NaN))
            .sorted()
            .toArray();
        int middle = sorted.length / 2;
        double median = (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Series.Point(label, median, sorted[0], sorted[sorted.length - 1]);
    }

    private static String describe(List<RecordedRun> rounds) {
        RecordedRun.Setting setting = rounds.get(0).setting();
        String count = (rounds.size() == 1) ? "1 round" : "medians (and least to most) of " + rounds.size() + " rounds";
        String length = (setting.measuredSeconds() > 0)
                ? " of " + setting.measuredSeconds() + " s after " + setting.warmSeconds() + " s" : "";
        String pinned = setting.placement().equals("pinned") ? ", client and server on a processor each" : "";
        return setting.date().substring(0, 10) + ", JDK " + setting.jdk() + ", " + count + length + pinned;
    }

}
