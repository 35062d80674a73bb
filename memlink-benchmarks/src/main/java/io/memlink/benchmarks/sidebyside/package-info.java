/**
 * Clients measured beside each other: {@link io.memlink.benchmarks.sidebyside.SideBySide}
 * starts the servers and, round by round, one JVM for each client, in which
 * {@code MeasuredClient} applies a load and counts what it costs.
 */
@NullMarked
package io.memlink.benchmarks.sidebyside;

import org.jspecify.annotations.NullMarked;
