package io.memlink.benchmarks.parts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Workloads that are measured and drawn together. Immutable.
 *
 * @param name how it is chosen, and what the picture is called
 * @param title of the picture
 * @param axis what the labels are; empty for bars
 * @param labels of the workloads, in the order of the axis
 * @param contenders who takes part
 * @param figures what is drawn
 */
record Part(String name, String title, String axis, Map<String, String> labels, List<String> contenders,
        List<String> figures) {

    /** Those that most parts show. */
    static final List<String> CALLS_AND_TIMES = List.of("calls/s", "client CPU us", "p50 us", "p99 us");

    /** A sweep: the workload of each value is called by the pattern. */
    static Part sweep(String name, String title, String axis, String pattern, String values, String contenders) {
        Map<String, String> labels = new LinkedHashMap<>();
        Stream.of(values.split(",")).forEach((value) -> labels.put(pattern.formatted(value), value));
        return new Part(name, title, axis, labels, List.of(contenders.split(",")), CALLS_AND_TIMES);
    }

    /** A comparison in bars. */
    static Part bars(String name, String title, Map<String, String> labels, String contenders, List<String> figures) {
        return new Part(name, title, "", labels, List.of(contenders.split(",")), figures);
    }

    List<String> workloads() {
        return List.copyOf(this.labels.keySet());
    }

    int runs() {
        return this.labels.size() * this.contenders.size();
    }

}
