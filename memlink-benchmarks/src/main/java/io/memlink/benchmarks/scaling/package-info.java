/**
 * What happens with many backends and many clients: the program behind the page on
 * scaling. Start with {@link io.memlink.benchmarks.scaling.Scaling}.
 */
@NullMarked
package io.memlink.benchmarks.scaling;

import org.jspecify.annotations.NullMarked;
