package io.memlink.benchmarks.sidebyside;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The figures of one run. Travels as one line from the JVM that measured.
 *
 * @param figures all of them
 */
record Measurement(Map<Figure, Double> figures) {

    private static final String MARK = "MEASURED ";

    /** A quantity that is measured. */
    enum Figure {

        CALLS_PER_SECOND("calls/s"), CLIENT_CPU("client CPU us"), SERVER_CPU("server CPU us"), ALLOCATED("bytes"),
        P50("p50 us"), P99("p99 us"), THREADS("threads"), RESIDENT("RSS MB"), BAD("bad");

        private final String title;

        Figure(String title) {
            this.title = title;
        }

        String title() {
            return this.title;
        }

    }

    /** Compares two instants of a load. */
    static Measurement between(Cost start, Cost end, long calls, long bad, double p50Nanos, double p99Nanos) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        double divisor = Math.max(1, calls);
        figures.put(Figure.CALLS_PER_SECOND, calls * 1e9 / (end.wallNanos() - start.wallNanos()));
        figures.put(Figure.CLIENT_CPU, (end.clientCpuNanos() - start.clientCpuNanos()) / 1e3 / divisor);
        figures.put(Figure.SERVER_CPU, (end.serverCpuNanos() - start.serverCpuNanos()) / 1e3 / divisor);
        figures.put(Figure.ALLOCATED, end.allocatedSince(start) / divisor);
        figures.put(Figure.P50, p50Nanos / 1e3);
        figures.put(Figure.P99, p99Nanos / 1e3);
        figures.put(Figure.THREADS, (double) Cost.threads());
        figures.put(Figure.RESIDENT, Cost.residentBytes() / 1e6);
        figures.put(Figure.BAD, (double) bad);
        return new Measurement(figures);
    }

    double get(Figure figure) {
        return this.figures.getOrDefault(figure, Double.NaN);
    }

    /** Returns whether a line of output is one that {@link #toLine} has written. */
    static boolean isLine(String line) {
        return line.startsWith(MARK);
    }

    static Measurement parse(String line) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        Arrays.stream(line.substring(MARK.length()).split(" "))
            .map((pair) -> pair.split("="))
            .forEach((pair) -> figures.put(Figure.valueOf(pair[0]), Double.valueOf(pair[1])));
        return new Measurement(figures);
    }

    String toLine() {
        StringJoiner line = new StringJoiner(" ", MARK, "");
        this.figures.forEach((figure, value) -> line.add(figure + "=" + value));
        return line.toString();
    }

}
