package io.memlink.benchmarks.picture;

import java.util.List;

/**
 * One chart of a picture. Immutable.
 *
 * @param title what is shown, with its unit
 * @param labels the places on the axis
 * @param series the values
 */
public record Panel(String title, List<String> labels, List<Series> series) {

    double most() {
        return this.series.stream()
            .flatMap((one) -> one.points().stream())
            .mapToDouble(Series.Point::most)
            .max()
            .orElse(1);
    }

    /** Returns the least that is more than nothing. */
    double least() {
        return this.series.stream()
            .flatMap((one) -> one.points().stream())
            .mapToDouble(Series.Point::least)
            .filter((value) -> value > 0)
            .min()
            .orElse(1);
    }

}
