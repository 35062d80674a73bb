/**
 * Other clients under the faults of the soak, with a load that all of them can serve.
 * {@code Rivals} runs it, and says what is counted.
 */
@NullMarked
package io.memlink.benchmarks.soak.rivals;

import org.jspecify.annotations.NullMarked;
