/**
 * Charts as SVG, small and without scripts, that can be read on light and dark pages.
 * Read {@code Picture} first. Knows nothing of benchmarks.
 */
@NullMarked
package io.memlink.benchmarks.picture;

import org.jspecify.annotations.NullMarked;
