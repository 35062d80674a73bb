/**
 * What runs have measured, as a file of lines that {@code docs/performance.md} is drawn
 * from. Read {@code RecordedRun} first. Knows neither who measures nor who draws.
 */
@NullMarked
package io.memlink.benchmarks.recorded;

import org.jspecify.annotations.NullMarked;
