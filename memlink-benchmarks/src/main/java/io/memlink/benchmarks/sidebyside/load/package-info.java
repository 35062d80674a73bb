/**
 * What clients are asked to do: workloads, the callers that carry them out, and the items
 * that they read and store. Read {@code Workload} first, then {@code Load}.
 */
@NullMarked
package io.memlink.benchmarks.sidebyside.load;

import org.jspecify.annotations.NullMarked;
