/**
 * What {@code scripts/benchmark} runs and draws: workloads that belong together, and the
 * picture of each. Read {@code Parts} first, then {@code Benchmark}.
 */
@NullMarked
package io.memlink.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
