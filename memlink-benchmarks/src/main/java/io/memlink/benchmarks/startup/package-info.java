/**
 * What Memlink's starter adds to the start and the heap of a Spring Boot application.
 * Read {@code StartCost} first.
 */
@NullMarked
package io.memlink.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
