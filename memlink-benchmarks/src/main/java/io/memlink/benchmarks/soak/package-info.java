/**
 * A soak: clients and real servers, with faults between them that a seed chooses, and a
 * check of each answer. {@code scripts/soak} runs it.
 */
@NullMarked
package io.memlink.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
