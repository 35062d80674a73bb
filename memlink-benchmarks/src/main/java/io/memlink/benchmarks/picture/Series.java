package io.memlink.benchmarks.picture;

import java.util.List;

/**
 * What one of several things reached, under its name in the legend. Immutable.
 *
 * @param name in the legend; the same name has the same colour everywhere
 * @param points in the order of the axis
 */
public record Series(String name, List<Point> points) {

    /**
     * A value and how far it varied.
     *
     * @param label the place on the axis
     * @param value the median
     * @param least the least
     * @param most the most
     */
    public record Point(String label, double value, double least, double most) {

    }

}
