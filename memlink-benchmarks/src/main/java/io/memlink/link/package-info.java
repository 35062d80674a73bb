/**
 * What benchmarks need of the link floor.
 */
@NullMarked
package io.memlink.link;

import org.jspecify.annotations.NullMarked;
