package io.memlink.benchmarks.picture;

/**
 * A bar for each series at each place, with its number, and a thin line from least to
 * most.
 */
final class BarChart implements Chart {

    private static final int WIDTH = 340;

    private static final int TOP = 30;

    private static final int BAR = 11;

    private static final int STEP = 15;

    private static final int GROUP = 24;

    @Override
    public int height(Panel panel) {
        int bars = panel.series().stream().mapToInt((series) -> series.points().size()).sum();
        return TOP + bars * STEP + panel.labels().size() * GROUP;
    }

    @Override
    public void draw(Panel panel, Svg svg) {
        Scale scale = Scale.linear(panel.most());
        svg.words("h", 0, 18, panel.title());
        int y = TOP;
        for (String label : panel.labels()) {
            svg.words("", 0, y + 14, label);
            y += GROUP - 4;
            for (Series series : panel.series()) {
                for (Series.Point point : series.points()) {
                    if (point.label().equals(label)) {
                        draw(series, point, scale, y, svg);
                        y += STEP;
                    }
                }
            }
            y += 4;
        }
    }

    private static void draw(Series series, Series.Point point, Scale scale, int y, Svg svg) {
        long end = scale.at(point.value(), WIDTH);
        svg.add("<g class='", Colours.of(series.name()).name(), "'><path class='f' d='M0 ", y, "h", end, "v", BAR, "h-",
                end, "z'/></g>");
        long least = scale.at(point.least(), WIDTH);
        long most = scale.at(point.most(), WIDTH);
        if (most > least) {
            svg.add("<path class='w' d='M", least, " ", y + BAR / 2, "H", most, "'/>");
        }
        svg.words("", Math.max(end, most) + 5, y + BAR - 1, Scale.text(point.value()));
    }

}
