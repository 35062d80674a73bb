package io.memlink.sample;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Prometheus reads from an application at one moment. Immutable.
 *
 * @param samples values by name and labels, as they are written
 */
record Scrape(Map<String, Double> samples) {

    static Scrape parse(String text) {
        Map<String, Double> samples = new HashMap<>();
        text.lines().filter((line) -> !line.startsWith("#") && !line.isBlank()).forEach((line) -> {
            int space = line.lastIndexOf(' ');
            samples.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        });
        return new Scrape(samples);
    }

    Set<String> names() {
        return this.samples.keySet().stream().map(Scrape::name).collect(Collectors.toSet());
    }

    private static String name(String sample) {
        return sample.contains("{") ? sample.substring(0, sample.indexOf('{')) : sample;
    }

    /** Adds up all samples of a name that have labels such as {@code state="up"}. */
    double sum(String name, String... labels) {
        return this.samples.entrySet()
            .stream()
            .filter((sample) -> name(sample.getKey()).equals(name))
            .filter((sample) -> Stream.of(labels).allMatch(sample.getKey()::contains))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    }

}
