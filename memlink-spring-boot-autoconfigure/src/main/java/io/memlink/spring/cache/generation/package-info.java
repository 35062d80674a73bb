/**
 * The generation of a cache: the number by which a cache is cleared at once, across all
 * applications. Knows nothing of entries. Its type is public for the package above it,
 * not for applications.
 */
@NullMarked
package io.memlink.spring.cache.generation;

import org.jspecify.annotations.NullMarked;
