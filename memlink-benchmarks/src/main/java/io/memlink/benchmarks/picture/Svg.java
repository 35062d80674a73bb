package io.memlink.benchmarks.picture;

/** Text of an SVG as it grows. Confined to one thread. */
final class Svg {

    private final StringBuilder text = new StringBuilder();

    Svg add(Object... parts) {
        for (Object part : parts) {
            this.text.append(part);
        }
        return this;
    }

    void line(Object... parts) {
        add(parts).add("\n");
    }

    /** Adds words at a place; the class tells their size and where they are anchored. */
    void words(String styles, long x, long y, String words) {
        line("<text", styles.isEmpty() ? "" : " class='" + styles + "'", " x='", x, "' y='", y, "'>", escape(words),
                "</text>");
    }

    static String escape(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public String toString() {
        return this.text.toString();
    }

}
