package io.memlink.benchmarks.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * From values to pixels: linear from nothing, or logarithmic where the largest value is a
 * large multiple of the least. Immutable.
 */
final class Scale {

    private static final double LARGE_MULTIPLE = 25;

    private final boolean logarithmic;

    private final double from;

    private final double to;

    private final double step;

    private Scale(boolean logarithmic, double from, double to, double step) {
        this.logarithmic = logarithmic;
        this.from = from;
        this.to = to;
        this.step = step;
    }

    static Scale of(double least, double most) {
        if (most / least > LARGE_MULTIPLE) {
            return new Scale(true, Math.pow(10, Math.floor(Math.log10(least))),
                    Math.pow(10, Math.ceil(Math.log10(most))), 10);
        }
        return linear(most);
    }

    static Scale linear(double most) {
        double rough = Math.max(most, 1e-9) / 4;
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = 10 * decade;
        for (double factor : new double[] { 5, 2.5, 2, 1 }) {
            if (factor * decade >= rough) {
                step = factor * decade;
            }
        }
        return new Scale(false, 0, step * Math.ceil(most / step - 1e-9), step);
    }

    boolean isLogarithmic() {
        return this.logarithmic;
    }

    /** Returns where a value lies, from 0 to the length. */
    long at(double value, int length) {
        double share = this.logarithmic
                ? Math.log(Math.max(value, this.from) / this.from) / Math.log(this.to / this.from) : value / this.to;
        return Math.round(share * length);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        double tick = this.from;
        while (tick <= this.to * 1.001) {
            ticks.add(tick);
            tick = this.logarithmic ? tick * this.step : tick + this.step;
        }
        return ticks;
    }

    /** Returns a number with at most three digits that count. */
    static String text(double value) {
        if (value >= 999_500) {
            return digits(value / 1e6) + "M";
        }
        return (value >= 9_995) ? digits(value / 1e3) + "k" : digits(value);
    }

    private static String digits(double value) {
        if (value == 0) {
            return "0";
        }
        String text = String.format(Locale.ROOT, (value >= 100) ? "%.0f" : (value >= 10) ? "%.1f" : "%.2f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

}
