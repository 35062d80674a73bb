/**
 * Small sabotages of Memlink, each of which breaks one promise, and the tests that have
 * to notice: what no test notices is a hole in the tests.
 * <p>
 * Read {@code Mutant} first, then {@code MutantsMain}, which tries them.
 */
@NullMarked
package io.memlink.mutants;

import org.jspecify.annotations.NullMarked;
