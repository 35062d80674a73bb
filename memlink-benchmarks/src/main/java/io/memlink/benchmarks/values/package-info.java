/**
 * What a cached value costs to write and to read, beside other formats.
 */
@NullMarked
package io.memlink.benchmarks.values;

import org.jspecify.annotations.NullMarked;
