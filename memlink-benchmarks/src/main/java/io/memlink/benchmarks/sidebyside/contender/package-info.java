/**
 * The clients that are measured, each behind {@code Contender}, the shortest way to call
 * it. Knows no load.
 */
@NullMarked
package io.memlink.benchmarks.sidebyside.contender;

import org.jspecify.annotations.NullMarked;
