package io.memlink.benchmarks.picture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A line for each series, a dot for each median, and a band from least to most. Places on
 * the axis are at equal distances.
 */
final class LineChart implements Chart {

    private static final int LEFT = 48;

    private static final int WIDTH = 356;

    private static final int TOP = 30;

    private static final int HEIGHT = 170;

    private static final int BOTTOM = 46;

    private final String axis;

    LineChart(String axis) {
        this.axis = axis;
    }

    @Override
    public int height(Panel panel) {
        return TOP + HEIGHT + BOTTOM;
    }

    @Override
    public void draw(Panel panel, Svg svg) {
        Scale scale = Scale.of(panel.least(), panel.most());
        svg.words("h", 0, 18, panel.title() + (scale.isLogarithmic() ? ", logarithmic" : ""));
        StringBuilder grid = new StringBuilder();
        for (double tick : scale.ticks()) {
            long y = y(scale, tick);
            grid.append('M').append(LEFT).append(' ').append(y).append('h').append(WIDTH);
            svg.words("e", LEFT - 6, y + 4, Scale.text(tick));
        }
        svg.line("<path class='g' d='", grid, "'/>");
        for (String label : panel.labels()) {
            svg.words("m", x(panel, label), TOP + HEIGHT + 16, label);
        }
        svg.words("m", LEFT + WIDTH / 2, TOP + HEIGHT + 34, this.axis);
        for (Series series : panel.series()) {
            draw(panel, series, scale, svg);
        }
    }

    private void draw(Panel panel, Series series, Scale scale, Svg svg) {
        List<String> medians = new ArrayList<>();
        List<String> most = new ArrayList<>();
        List<String> least = new ArrayList<>();
        for (Series.Point point : series.points()) {
            long x = x(panel, point.label());
            medians.add(x + " " + y(scale, point.value()));
            most.add(x + " " + y(scale, point.most()));
            least.add(x + " " + y(scale, point.least()));
        }
        Collections.reverse(least);
        svg.add("<g class='", Colours.of(series.name()).name(), "'>");
        if (!most.equals(medians)) {
            svg.add("<path class='b' d='M", String.join(" ", most), " ", String.join(" ", least), "z'/>");
        }
        svg.line("<path class='l' d='M", String.join(" ", medians), "'/></g>");
    }

    private static long x(Panel panel, String label) {
        int places = panel.labels().size();
        return LEFT + Math.round((panel.labels().indexOf(label) + 0.5) * WIDTH / places);
    }

    private static long y(Scale scale, double value) {
        return TOP + HEIGHT - scale.at(value, HEIGHT);
    }

}
