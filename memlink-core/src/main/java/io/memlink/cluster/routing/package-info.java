/**
 * Requests on their way to the backend that owns their key, and the backends themselves.
 * Knows no values. Not exported.
 * <p>
 * Read {@code Router} first, then {@code Topology}, {@code Node} and {@code NodeWatch}.
 */
@NullMarked
package io.memlink.cluster.routing;

import org.jspecify.annotations.NullMarked;
