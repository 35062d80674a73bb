package io.memlink.benchmarks.picture;

/** A way to draw a panel. Immutable. */
interface Chart {

    /** Returns how high it becomes, in pixels. */
    int height(Panel panel);

    /** Draws from the origin to the right and down. */
    void draw(Panel panel, Svg svg);

}
