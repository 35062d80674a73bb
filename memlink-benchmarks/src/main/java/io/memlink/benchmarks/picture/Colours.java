package io.memlink.benchmarks.picture;

import java.util.List;

/**
 * The colours of series, one for light and one for dark. A name that is known keeps its
 * colour from picture to picture; that of another one follows from its letters.
 */
enum Colours {

    BLUE("#0969da", "#58a6ff", List.of("memlink", "memlink-epoll", "memlink-cache", "starter")),

    GREY("#59636e", "#9198a1", List.of("raw", "raw-epoll", "plain")),

    ORANGE("#bc4c00", "#f0883e", List.of("blocking", "caching")),

    GREEN("#1a7f37", "#3fb950", List.of("folsom")),

    PURPLE("#8250df", "#bc8cff", List.of("xmemcached")),

    PINK("#bf3989", "#ff80c8", List.of("spymemcached")),

    TEAL("#0b7285", "#39c5cf", List.of("memlink-nio", "memlink-openssl")),

    YELLOW("#8a6100", "#d29922", List.of("raw-nio")),

    RED("#cf222e", "#ff7b72", List.of("redis-cache"));

    private final String light;

    private final String dark;

    private final List<String> names;

    Colours(String light, String dark, List<String> names) {
        this.light = light;
        this.dark = dark;
        this.names = names;
    }

    static Colours of(String series) {
        for (Colours colour : values()) {
            if (colour.names.contains(series)) {
                return colour;
            }
        }
        return values()[Math.floorMod(series.hashCode(), values().length)];
    }

    String light() {
        return this.light;
    }

    String dark() {
        return this.dark;
    }

}
