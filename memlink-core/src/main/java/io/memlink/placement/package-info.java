/**
 * Which backend holds a key. Knows neither sockets nor health: keys never move because a
 * backend is unhealthy.
 * <p>
 * Read {@link io.memlink.placement.NodeLocator} first, then
 * {@link io.memlink.placement.Backend}.
 */
@NullMarked
package io.memlink.placement;

import org.jspecify.annotations.NullMarked;
