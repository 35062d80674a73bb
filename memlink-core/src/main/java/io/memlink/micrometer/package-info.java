/**
 * Meters for Micrometer. Sits on top of {@link io.memlink}: nothing of the client imports
 * it, and an application without Micrometer never loads it.
 * <p>
 * Read {@link io.memlink.micrometer.MemlinkMeter} for what there is, then
 * {@link io.memlink.micrometer.MemlinkMetrics} for how it is measured.
 */
@NullMarked
package io.memlink.micrometer;

import org.jspecify.annotations.NullMarked;
