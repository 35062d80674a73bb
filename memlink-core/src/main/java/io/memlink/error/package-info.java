/**
 * What can go wrong, and whether the server may have acted all the same. Knows nothing of
 * the other packages and imports none of them. Read {@link io.memlink.error.Outcome}
 * first, then {@link io.memlink.error.MemlinkException} and its closed set of children.
 */
@NullMarked
package io.memlink.error;

import org.jspecify.annotations.NullMarked;
