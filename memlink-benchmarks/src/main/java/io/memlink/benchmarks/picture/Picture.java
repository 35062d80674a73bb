package io.memlink.benchmarks.picture;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Panels two by two, with a title, a legend and a caption. Immutable.
 *
 * @param title what all panels show
 * @param caption how it was measured
 * @param axis what the places on the axis are; empty for bars
 * @param panels at least one
 */
public record Picture(String title, String caption, String axis, List<Panel> panels) {

    private static final int WIDTH = 880;

    private static final int MARGIN = 20;

    private static final int HEAD = 72;

    private static final int COLUMN = 430;

    /** About as wide as a letter of the legend. */
    private static final int LETTER = 7;

    /** Returns it as a file of its own. */
    public String svg() {
        Chart chart = this.axis.isEmpty() ? new BarChart() : new LineChart(this.axis);
        Svg body = new Svg();
        int y = HEAD;
        for (int i = 0; i < this.panels.size(); i += 2) {
            List<Panel> row = this.panels.subList(i, Math.min(i + 2, this.panels.size()));
            int height = 0;
            for (int column = 0; column < row.size(); column++) {
                body.line("<g transform='translate(", MARGIN + column * COLUMN, ",", y, ")'>");
                chart.draw(row.get(column), body);
                body.line("</g>");
                height = Math.max(height, chart.height(row.get(column)));
            }
            y += height + 12;
        }
        int bottom = y + 26;
        Svg svg = new Svg();
        svg.line("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ", WIDTH, " ", bottom, "' role='img'>");
        svg.line("<title>", Svg.escape(this.title), "</title><desc>", Svg.escape(this.caption), "</desc>");
        svg.line("<style>", style(), "</style>");
        if (!this.axis.isEmpty()) {
            dots(svg);
        }
        svg.line("<path class='p' d='M0 0H", WIDTH, "V", bottom, "H0z'/>");
        svg.words("t", MARGIN, 28, this.title);
        legend(svg);
        svg.add(body);
        svg.words("c", MARGIN, bottom - 12, this.caption);
        svg.line("</svg>");
        return svg.toString();
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        this.panels.forEach((panel) -> panel.series().forEach((series) -> names.add(series.name())));
        return names;
    }

    /** What marks the points of lines, by colour. */
    private void dots(Svg svg) {
        for (String name : names()) {
            String colour = Colours.of(name).name();
            svg.line("<marker id='", colour, "' class='", colour, "' viewBox='-3 -3 6 6' markerWidth='3'>",
                    "<circle class='f' r='3'/></marker>");
        }
    }

    private void legend(Svg svg) {
        int x = MARGIN;
        for (String name : names()) {
            svg.add("<path class='d ", Colours.of(name).name(), "' d='M", x + 4, " 51h8'/>");
            svg.words("", x + 20, 55, name);
            x += 20 + LETTER * name.length() + 20;
        }
    }

    private String style() {
        StringBuilder light = new StringBuilder();
        StringBuilder dark = new StringBuilder();
        for (String name : names()) {
            Colours colour = Colours.of(name);
            light.append('.').append(colour.name()).append("{color:").append(colour.light()).append('}');
            if (!this.axis.isEmpty()) {
                light.append(".%s .l{marker:url(#%s)}".formatted(colour.name(), colour.name()));
            }
            dark.append('.').append(colour.name()).append("{color:").append(colour.dark()).append('}');
        }
        return """
                text{font:12px system-ui,sans-serif;fill:#1f2328}
                .t{font-size:16px;font-weight:600}.h{font-weight:600}.e{text-anchor:end}.m{text-anchor:middle}
                .c{font-size:11px}.p{fill:#fbfbfa}.g{stroke:#d8dbdf}.w{stroke:#1f2328}
                .l{fill:none;stroke:currentColor;stroke-width:2}.b{fill:currentColor;opacity:.15}
                .d{stroke:currentColor;stroke-width:6;stroke-linecap:round}.f{fill:currentColor}
                """ + light + """

                @media(prefers-color-scheme:dark){text{fill:#e6edf3}.p{fill:#1b1e23}.g{stroke:#3a3f47}.w{stroke:#e6edf3}
                """ + dark + "}";
    }

}
