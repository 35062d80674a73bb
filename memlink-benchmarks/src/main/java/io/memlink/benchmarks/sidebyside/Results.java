package io.memlink.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.memlink.benchmarks.sidebyside.Measurement.Figure;

/** All rounds of one workload, by contender. Not safe for use by many threads. */
final class Results {

    private final Map<String, List<Measurement>> rounds = new LinkedHashMap<>();

    void add(String contender, Measurement measurement) {
        this.rounds.computeIfAbsent(contender, (name) -> new ArrayList<>()).add(measurement);
    }

    Set<String> contenders() {
        return this.rounds.keySet();
    }

    boolean has(String contender) {
        return this.rounds.containsKey(contender);
    }

    double median(String contender, Figure figure) {
        double[] sorted = sorted(contender, figure);
        int middle = sorted.length / 2;
        return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least(String contender, Figure figure) {
        return sorted(contender, figure)[0];
    }

    double most(String contender, Figure figure) {
        double[] sorted = sorted(contender, figure);
        return sorted[sorted.length - 1];
    }

    private double[] sorted(String contender, Figure figure) {
        return this.rounds.getOrDefault(contender, List.of())
            .stream()
            .mapToDouble((round) -> round.get(figure))
            .sorted()
            .toArray();
    }

}
